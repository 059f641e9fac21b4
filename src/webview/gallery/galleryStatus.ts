import type { GalleryStrings } from '../../shared/galleryStrings';
import { h, icon, setAttribute, setText, textButton } from '../dom';
import { format } from '../text';

/** How many images there are, and what stands in the place of none. */
export interface GalleryStatus {
  /** Above the grid. */
  readonly line: HTMLElement;
  /** In the grid's place. */
  readonly empty: HTMLElement;
  countText(total: number): string;
  /** The line makes room for what is selected; a total of undefined is not known yet. */
  show(state: {
    readonly total: number | undefined;
    readonly isFiltered: boolean;
    readonly hasSelection: boolean;
  }): void;
}

/** Makes it; `onClear` takes the filters away. */
export function createGalleryStatus(
  strings: GalleryStrings,
  language: string,
  onClear: () => void,
): GalleryStatus {
  const number = new Intl.NumberFormat(language);
  const count = h('span', { class: 'gallery-count' });
  const clear = h('button', { type: 'button', class: 'link', hidden: true }, strings.clearFilters);
  clear.addEventListener('click', onClear);
  const line = h('div', { class: 'gallery-line' }, count, clear);
  const title = h('p', { class: 'empty-title' });
  const text = h('p', { class: 'empty-text' });
  const clearAll = textButton(strings.clearFilters, 'secondary', onClear);
  const empty = h(
    'div',
    { class: 'empty gallery-empty', hidden: true },
    icon('picture', 'empty-icon'),
    title,
    text,
    clearAll,
  );
  const countText = (total: number): string =>
    total === 1 ? strings.oneImage : format(strings.manyImages, number.format(total));
  return {
    line,
    empty,
    countText,
    show: ({ total, isFiltered, hasSelection }) => {
      setText(count, total === undefined ? strings.loading : countText(total));
      // Without images the other button does the same.
      setAttribute(clear, 'hidden', !isFiltered || total === 0);
      setAttribute(line, 'hidden', hasSelection || (total === 0 && !isFiltered));
      setAttribute(empty, 'hidden', total !== 0);
      setAttribute(clearAll, 'hidden', !isFiltered);
      setText(title, isFiltered ? strings.noMatchTitle : strings.emptyTitle);
      setText(text, isFiltered ? strings.noMatchText : strings.emptyText);
    },
  };
}
