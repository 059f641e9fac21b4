import type { GalleryStrings } from '../../shared/galleryProtocol';
import { h, icon, setAttribute, setText, textButton } from '../dom';

/** What stands in the place of no images. */
export interface GalleryEmpty {
  readonly element: HTMLElement;
  show(why: 'nothingYet' | 'noMatch' | undefined): void;
}

/** Makes it; `onClear` takes the filters away. */
export function createGalleryEmpty(strings: GalleryStrings, onClear: () => void): GalleryEmpty {
  const title = h('p', { class: 'empty-title' });
  const text = h('p', { class: 'empty-text' });
  const clear = textButton(strings.clearFilters, 'secondary', onClear);
  const element = h(
    'div',
    { class: 'empty gallery-empty', hidden: true },
    icon('picture', 'empty-icon'),
    title,
    text,
    clear,
  );
  return {
    element,
    show: (why) => {
      setAttribute(element, 'hidden', why === undefined);
      setAttribute(clear, 'hidden', why !== 'noMatch');
      setText(title, why === 'noMatch' ? strings.noMatchTitle : strings.emptyTitle);
      setText(text, why === 'noMatch' ? strings.noMatchText : strings.emptyText);
    },
  };
}
