import type { ImageSize } from '../imageModel/imageModel';
import { formatSize } from '../imageModel/imageSize';
import type { ImageAction } from '../shared/galleryProtocol';
import type { PanelStrings } from '../shared/pageStrings';
import type { PanelImage } from '../shared/panelProtocol';
import { h, icon, iconButton, setAttribute } from './dom';
import { offerImage } from './offeredImage';
import { alternativeText, format } from './text';
import { createToolbar } from './toolbar';

/** A finished image in the list. */
export interface ImageTile {
  readonly element: HTMLLIElement;
  /** Asks again for a picture whose file was gone; does nothing for one that is there. */
  reload(): void;
}

const copiedMs = 1500;

/** A tile that keeps the place of an image which is not there yet. */
export function createPlaceholder(size: ImageSize): HTMLLIElement {
  const tile = h('li', { class: 'tile waiting', 'aria-hidden': 'true' });
  const frame = h('div', { class: 'frame' }, icon('picture', 'waiting-icon'));
  // A space as high as the line that will stand there.
  tile.append(frame, h('div', { class: 'caption' }, '\u00a0'));
  setShape(tile, size);
  return tile;
}

/** A finished image: opens on a click or Enter, and has its actions in a toolbar with one tab stop. Says so when its file is gone. */
export function createImageTile(
  image: PanelImage,
  prompt: string,
  strings: PanelStrings,
  onAction: (action: ImageAction, imageId: string) => void,
): ImageTile {
  const act = (action: ImageAction): void => onAction(action, image.id);
  const picture = h('img', {
    src: image.src,
    alt: alternativeText(prompt),
    width: image.size.width,
    height: image.size.height,
    loading: 'lazy',
    decoding: 'async',
    draggable: 'false',
  });
  const open = h('button', {
    type: 'button',
    class: 'picture',
    'aria-label': format(strings.openImage, image.fileName),
  });
  open.addEventListener('click', () => act('open'));
  const copy = iconButton('copy', strings.copyPath, () => {
    act('copyPath');
    copy.replaceChildren(icon('check'));
    setTimeout(() => copy.replaceChildren(icon('copy')), copiedMs);
  });
  const buttons = [
    iconButton('insert', strings.insert, () => act('insert')),
    iconButton('reference', strings.useAsReference, () => act('useAsReference')),
    iconButton('open', strings.open, () => act('open')),
    copy,
    iconButton('reveal', strings.reveal, () => act('reveal')),
  ];
  const toolbar = createToolbar(format(strings.imageActions, image.fileName), buttons);
  const notice = h(
    'p',
    { class: 'gone-notice', hidden: true },
    icon('gone', 'gone-icon'),
    strings.fileGone,
  );
  const tile = h(
    'li',
    { class: 'tile' },
    h('div', { class: 'frame' }, picture, notice, open, toolbar.element),
    h(
      'div',
      { class: 'caption' },
      h('span', { class: 'file-name', title: image.fileName }, image.fileName),
      h('span', { class: 'pixels' }, formatSize(image.size)),
    ),
  );
  setShape(tile, image.size);
  offerImage(tile, image);

  let isGone = false;
  const setGone = (next: boolean): void => {
    if (next === isGone) return;
    isGone = next;
    const hadFocus = tile.contains(document.activeElement);
    tile.classList.toggle('gone', isGone);
    setAttribute(notice, 'hidden', !isGone);
    setAttribute(open, 'hidden', isGone);
    toolbar.setButtons(isGone ? [copy] : buttons);
    if (hadFocus) copy.focus();
  };
  picture.addEventListener('error', () => setGone(true));
  picture.addEventListener('load', () => setGone(false));
  return {
    element: tile,
    reload: () => {
      if (isGone) picture.src = image.src;
    },
  };
}

function setShape(tile: HTMLElement, { width, height }: ImageSize): void {
  tile.style.setProperty('--width', String(width));
  tile.style.setProperty('--height', String(height));
}
