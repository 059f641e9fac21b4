import { formatSize } from '../../imageModel/imageSize';
import type { CompareStrings } from '../../shared/galleryStrings';
import { h, setAttribute, setText, textButton } from '../dom';
import { format } from '../text';
import type { ComparedPicture } from './comparedPicture';

/** An image with its caption; beside others, its pane is above. */
export interface CompareItem {
  readonly element: HTMLLIElement;
  readonly pane: HTMLElement;
  readonly picture: ComparedPicture;
  /** Whether the pane has its listeners. */
  isListening: boolean;
  /** Whether the others could go to the trash. */
  setKeepable(isKeepable: boolean): void;
}

/** Makes the item, with its pane empty. */
export function createCompareItem(
  picture: ComparedPicture,
  strings: CompareStrings,
  keep: (imageId: string) => void,
): CompareItem {
  const { image, number } = picture;
  const pane = h('div', { class: 'compare-pane' });
  const size = h('span', { class: 'compare-size' }, formatSize(picture.size()));
  void picture.loaded.then(() => setText(size, formatSize(picture.size())));
  const button = textButton(strings.keep, 'secondary', () => keep(image.id));
  setAttribute(button, 'title', format(strings.keepHint, image.label, number));
  setAttribute(button, 'aria-label', `${strings.keep}: ${image.label}`);
  setAttribute(button, 'aria-keyshortcuts', number);
  const caption = h(
    'div',
    { class: 'compare-caption' },
    h('span', { class: 'compare-number', 'aria-hidden': 'true' }, String(number)),
    h('span', { class: 'compare-name', title: image.label }, h('bdi', {}, image.label)),
    size,
    button,
  );
  return {
    element: h('li', { class: 'compare-item' }, pane, caption),
    ...{ pane, picture, isListening: false },
    setKeepable: (isKeepable) => setAttribute(button, 'hidden', !isKeepable),
  };
}
