import type { ComparedImage } from '../../shared/galleryProtocol';
import type { CompareMode, CompareStrings } from '../../shared/galleryStrings';
import type { PageMessage } from '../../shared/pageMessage';
import { h, iconButton } from '../dom';
import { createModeControl, createZoomControl } from './compareControls';
import { type ComparedPicture, createComparedPicture } from './comparedPicture';
import { listenToKeys } from './compareKeys';
import { createCompareStage } from './compareStage';
import { differenceText } from './differenceText';
import { createPairBar, type Pair } from './pairBar';

/** Shows two to four images over the page. */
export interface CompareView {
  /** To be put into the body. */
  readonly element: HTMLDialogElement;
  /** Opens with two to four images, the focus inside; closing gives it back. With fewer it does nothing. */
  show(images: readonly ComparedImage[]): void;
  /** These are gone: they leave the comparison, and with fewer than two left it closes. */
  remove(imageIds: readonly string[]): void;
}

/** What the view works with. */
export interface CompareViewParts {
  readonly strings: CompareStrings;
  post(message: PageMessage): void;
  /** Reads a text aloud. */
  announce(text: string): void;
}

const most = 4;

/** Makes the view, closed. */
export function createCompareView({ strings, post, announce }: CompareViewParts): CompareView {
  const language = document.documentElement.lang;
  let pictures: readonly ComparedPicture[] = [];
  let pair: Pair | undefined;
  let mode: CompareMode = 'sideBySide';
  let counting = new AbortController();

  const modes = createModeControl(strings, (chosen) => {
    mode = chosen;
    render();
  });
  const bar = createPairBar(strings, language, {
    choose: (end, imageId) => {
      const chosen = pictures.find(({ image }) => image.id === imageId);
      if (!pair || !chosen) return;
      const [first, second] = pair;
      // The one at the other end gives way: it takes the place of the one that goes.
      if (end === 0) pair = [chosen, chosen === second ? first : second];
      else pair = [chosen === first ? second : first, chosen];
      render();
    },
    setOpacity: (share) => stage.pairPane.setOpacity(share),
    blink: (isOn) => blink(isOn),
  });
  const keep = (imageId: string): void => {
    const files = pictures.map(({ image }) => image).filter(({ isFile }) => isFile);
    const trash = files.map(({ id }) => id).filter((id) => id !== imageId);
    if (trash.length === 0 || trash.length === files.length) return;
    post({ type: 'acceptImage', keep: imageId, trash });
  };
  const stage = createCompareStage(
    { strings, language, bar: bar.element },
    { keep, zoomText: (text) => zoom.setText(text) },
  );
  const zoom = createZoomControl(strings, stage);
  const close = iconButton('close', strings.close, () => element.close());
  close.classList.add('compare-close');
  const element = h(
    'dialog',
    { class: 'compare', 'aria-labelledby': 'compare-title' },
    h(
      'div',
      { class: 'compare-head' },
      h('h2', { id: 'compare-title' }, strings.title),
      modes.element,
      zoom.element,
      close,
    ),
    stage.element,
  );
  element.addEventListener('close', () => {
    counting.abort();
    for (const picture of pictures) picture.release();
    pictures = [];
    pair = undefined;
  });
  listenToKeys(element, {
    zoomBy: stage.zoomBy,
    fit: stage.fit,
    moveBy: stage.moveBy,
    keep: (number) => {
      const picture = pictures.find((each) => each.number === number);
      if (picture) keep(picture.image.id);
    },
    blink: (isOn) => blink(isOn),
  });
  // A key that is let go while another window has the focus is not heard of.
  window.addEventListener('blur', () => blink(false));

  function blink(isOn: boolean): void {
    if (mode !== 'sideBySide') stage.pairPane.blink(isOn);
  }

  function render(): void {
    if (!pair) return;
    modes.set(mode);
    if (mode !== 'sideBySide') bar.show(pictures, pair, mode);
    stage.show({ pictures, pair, mode });
    counting.abort();
    if (mode === 'difference') void showDifference(pair);
  }

  async function showDifference(compared: Pair): Promise<void> {
    counting = new AbortController();
    bar.setResult(strings.comparing);
    const { signal } = counting;
    const text = await differenceText(compared, { strings, language, signal });
    if (text === undefined || signal.aborted) return;
    bar.setResult(text);
    announce(text);
  }

  /** Takes as many as there are; keeps of the pair what is still there. */
  function use(next: readonly ComparedPicture[]): void {
    pictures = next;
    const kept = pair?.filter((picture) => next.includes(picture)) ?? [];
    const [first, second] = [...kept, ...next.filter((picture) => !kept.includes(picture))];
    pair = first && second ? [first, second] : undefined;
  }

  return {
    element,
    show: (images) => {
      if (images.length < 2) return;
      for (const picture of pictures) picture.release();
      use(
        images
          .slice(0, most)
          .map((image, index) => createComparedPicture(image, index + 1, strings.notShown)),
      );
      const isOpen = element.open;
      // The other modes show two at a time.
      if (pictures.length > 2) mode = 'sideBySide';
      if (!isOpen) element.showModal();
      render();
      for (const picture of pictures) void picture.loaded.then(() => stage.layOut());
      if (!isOpen) modes.focus();
    },
    remove: (imageIds) => {
      const gone = pictures.filter(({ image }) => imageIds.includes(image.id));
      if (gone.length === 0) return;
      const rest = pictures.filter((picture) => !gone.includes(picture));
      if (rest.length < 2) {
        element.close();
        return;
      }
      const hadFocus = element.contains(document.activeElement);
      for (const picture of gone) picture.release();
      use(rest);
      render();
      // It was on a button of one that is gone.
      if (hadFocus && !element.contains(document.activeElement)) stage.element.focus();
    },
  };
}
