import type { GalleryImage, ImageAction, ImageDetails } from '../../shared/galleryProtocol';
import type { GalleryStrings } from '../../shared/galleryStrings';
import { h, icon, iconButton, setAttribute, setDisabled, setText, textButton } from '../dom';
import type { IconName } from '../icons';
import { alternativeText, format } from '../text';
import { createToolbar } from '../toolbar';
import { imageFacts } from './imageFacts';

/** All about one image: the picture, what it was made from, and what can be done with it. */
export interface DetailsPanel {
  readonly element: HTMLElement;
  readonly imageId: string | undefined;
  /** Opens at once with what the grid knows; the rest comes with `fill`. */
  open(image: Pick<GalleryImage, 'id' | 'fileName' | 'thumbnail' | 'isFavourite'>): void;
  fill(details: ImageDetails): void;
  setFavourite(isFavourite: boolean): void;
  /** Where there is no image before or after this one. */
  setEnds(isFirst: boolean, isLast: boolean): void;
  close(): void;
  focus(): void;
}

/** What the panel asks for. */
export interface DetailsActions {
  onAction(action: ImageAction, imageId: string): void;
  onFavourite(imageId: string, isFavourite: boolean): void;
  onCopyImage(src: string): void;
  /** To the next image, or for -1 the one before. */
  onStep(by: 1 | -1): void;
  onClose(): void;
}

/** Makes the panel, closed. */
export function createDetailsPanel(
  strings: GalleryStrings,
  language: string,
  actions: DetailsActions,
): DetailsPanel {
  let imageId: string | undefined;
  let src: string | undefined;
  let isFavourite = false;
  let shown = '';
  const act = (action: ImageAction): void => {
    if (imageId !== undefined) actions.onAction(action, imageId);
  };
  const iconAction = (name: IconName, label: string, action: ImageAction): HTMLButtonElement =>
    iconButton(name, label, () => act(action));

  const name = h('bdi');
  const heading = h('h2', { class: 'details-name' }, name);
  const previous = iconButton('left', strings.previous, () => actions.onStep(-1));
  const next = iconButton('right', strings.next, () => actions.onStep(1));
  const close = iconButton('close', strings.close, actions.onClose);
  const picture = h('img', { decoding: 'async', draggable: 'false', alt: '' });
  const gone = h(
    'p',
    { class: 'gone-notice', hidden: true },
    icon('gone', 'gone-icon'),
    strings.fileGone,
  );
  const openPicture = h('button', { type: 'button', class: 'picture' });
  openPicture.addEventListener('click', () => act('open'));
  const frame = h('div', { class: 'details-picture' }, picture, gone, openPicture);
  picture.addEventListener('error', () => setGone(true));
  picture.addEventListener('load', () => setGone(false));

  const favourite = iconButton('star', strings.addFavourite, () => {
    if (imageId !== undefined) actions.onFavourite(imageId, !isFavourite);
  });
  const copyImage = iconButton('copyPicture', strings.copyImage, () => {
    if (src !== undefined) actions.onCopyImage(src);
  });
  const toolbar = createToolbar(strings.details, [
    favourite,
    iconAction('reference', strings.useAsReference, 'useAsReference'),
    iconAction('git', strings.compareWithGit, 'compareWithGit'),
    copyImage,
    iconAction('markdown', strings.copyMarkdown, 'copyMarkdown'),
    iconAction('copy', strings.copyPath, 'copyPath'),
    iconAction('open', strings.open, 'open'),
    iconAction('reveal', strings.reveal, 'reveal'),
    iconAction('delete', strings.delete, 'delete'),
  ]);
  const useSeed = textButton(strings.useSeed, 'secondary', () => act('useSeed'));
  const remix = textButton(strings.remix, 'secondary', () => act('remix'));
  remix.title = strings.remixHint;
  const reuse = h(
    'div',
    { class: 'details-reuse', role: 'group', 'aria-label': strings.reuse },
    textButton(strings.usePrompt, 'secondary', () => act('usePrompt')),
    useSeed,
    textButton(strings.useAll, 'secondary', () => act('useAll')),
    remix,
  );
  const facts = h('div', { class: 'details-facts' });
  const insert = textButton(strings.insert, 'primary', () => act('insert'));
  const body = h(
    'div',
    { class: 'details-body' },
    frame,
    h('div', { class: 'details-actions' }, insert, toolbar.element),
    reuse,
    facts,
  );
  const element = h(
    'section',
    { class: 'details', 'aria-label': strings.details, tabindex: -1, hidden: true },
    h('div', { class: 'details-head' }, heading, previous, next, close),
    body,
  );
  element.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') actions.onClose();
    else if (event.shiftKey) return;
    else if (event.key === 'ArrowLeft') actions.onStep(-1);
    else if (event.key === 'ArrowRight') actions.onStep(1);
    else if (event.key === 'Delete') act('delete');
    else return;
    event.preventDefault();
  });

  const setGone = (isGone: boolean): void => {
    frame.classList.toggle('gone', isGone);
    setAttribute(gone, 'hidden', !isGone);
    setAttribute(openPicture, 'hidden', isGone);
  };
  const setFavourite = (value: boolean): void => {
    isFavourite = value;
    const label = value ? strings.removeFavourite : strings.addFavourite;
    setAttribute(favourite, 'aria-label', label);
    setAttribute(favourite, 'title', label);
    favourite.classList.toggle('on', value);
  };
  const setName = (fileName: string): void => {
    setText(name, fileName);
    setAttribute(heading, 'title', fileName);
    setAttribute(openPicture, 'aria-label', format(strings.openImage, fileName));
    setAttribute(toolbar.element, 'aria-label', format(strings.imageActions, fileName));
  };
  return {
    element,
    get imageId() {
      return imageId;
    },
    open: (image) => {
      const isOther = image.id !== imageId;
      imageId = image.id;
      setName(image.fileName);
      setFavourite(image.isFavourite);
      setAttribute(element, 'hidden', false);
      if (!isOther) return;
      src = undefined;
      setGone(false);
      setAttribute(picture, 'src', image.thumbnail);
      picture.alt = '';
      shown = '';
      facts.replaceChildren();
      setAttribute(reuse, 'hidden', true);
      body.scrollTop = 0;
    },
    fill: (details) => {
      imageId = details.id;
      src = details.src;
      setName(details.fileName);
      setFavourite(details.isFavourite);
      setAttribute(element, 'hidden', false);
      frame.style.setProperty('--width', String(details.size.width || 1));
      frame.style.setProperty('--height', String(details.size.height || 1));
      setAttribute(picture, 'src', details.src);
      setAttribute(frame, 'hidden', details.src === undefined);
      picture.alt = alternativeText(details.prompt);
      setDisabled(copyImage, details.src === undefined);
      setAttribute(useSeed, 'hidden', details.seed === undefined);
      setAttribute(reuse, 'hidden', false);
      const key = JSON.stringify(details);
      if (key === shown) return; // a text that is being selected would be lost
      shown = key;
      facts.replaceChildren(...imageFacts(details, strings, language));
    },
    setFavourite,
    setEnds: (isFirst, isLast) => {
      setDisabled(previous, isFirst);
      setDisabled(next, isLast);
    },
    close: () => {
      imageId = undefined;
      picture.removeAttribute('src');
      setAttribute(element, 'hidden', true);
    },
    focus: () => element.focus({ preventScroll: true }),
  };
}
