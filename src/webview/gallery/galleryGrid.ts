import type { GalleryImage } from '../../shared/galleryProtocol';
import type { GalleryStrings } from '../../shared/galleryStrings';
import { h, setAttribute } from '../dom';
import { setChildren } from '../setChildren';
import { createGalleryCell, type GalleryCell } from './galleryCell';
import {
  cellsInView,
  type GridLayout,
  gridLayout,
  type IndexRange,
  scrollTopFor,
} from './gridLayout';
import type { Thumbnails } from './thumbnails';

/** What the grid shows; read anew for each drawing. */
export interface GridModel {
  readonly strings: GalleryStrings;
  readonly thumbnails: Thumbnails;
  count(): number;
  at(index: number): GalleryImage | undefined;
  active(): number;
  isSelected(imageId: string): boolean;
  contextOf(image: GalleryImage): string;
  /** What is in view, and some more. */
  onView(range: IndexRange): void;
}

/** A grid of which only the rows in view are in the document. */
export interface GalleryGrid {
  /** It scrolls. */
  readonly element: HTMLElement;
  readonly list: HTMLElement;
  layout(): GridLayout;
  /** Rows that fit into the view, one at least. */
  pageRows(): number;
  /** Draws before the next frame, however often it is called. */
  invalidate(): void;
  draw(): void;
  hasFocus(): boolean;
  focusActive(): void;
  reveal(index: number): void;
  /** Puts the row of an index at the top, or the start for 0. */
  scrollToIndex(index: number): void;
  firstInView(): number;
}

const extraRows = 2;
const maxSpare = 40;

/** Makes the grid. */
export function createGalleryGrid(model: GridModel): GalleryGrid {
  const { strings, thumbnails } = model;
  const list = h('div', {
    class: 'cells',
    role: 'listbox',
    'aria-label': strings.title,
    'aria-multiselectable': 'true',
  });
  // Has its width also while the list, which would be one of nothing, is hidden.
  const space = h('div', {}, list);
  const element = h('div', { class: 'gallery-scroll' }, space);
  /** By what they show: the id of an image, or the place of an unknown one. */
  let cells = new Map<string, GalleryCell>();
  const spare: GalleryCell[] = [];
  const broken = new Set<string>();
  let frame: number | undefined;
  let isScrolling = false;
  /** Reading it forces the browser to lay out, so it is read when it changes. */
  let width = 0;
  let height = 0;

  const layout = (): GridLayout => gridLayout(width, model.count());
  const view = (top: number) => ({ top, height, extraRows });
  const wantThumbnails = (images: readonly (GalleryImage | undefined)[]): void => {
    thumbnails.want(
      images
        .filter((image) => image !== undefined)
        .filter(({ id, thumbnail }) => !thumbnail || broken.has(id)),
    );
  };
  const takeCell = (): GalleryCell =>
    spare.pop() ??
    createGalleryCell(strings, ({ id }) => {
      broken.add(id);
      invalidate();
    });

  const draw = (): void => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    if (width === 0) return;
    const count = model.count();
    const grid = layout();
    list.style.height = `${grid.height}px`;
    setAttribute(list, 'hidden', count === 0);
    const range = cellsInView(grid, count, view(element.scrollTop));
    model.onView(range);

    const indexes = indexesOf(range, model.active(), count);
    const keys = new Map<string, number>();
    for (const index of indexes) {
      const id = model.at(index)?.id;
      // While pages are asked for again, an image may be in the old one and in the new one.
      keys.set(id === undefined || keys.has(id) ? `#${index}` : id, index);
    }
    const next = new Map<string, GalleryCell>();
    const kept = new Set<GalleryCell>();
    for (const [key, index] of keys) {
      const cell = cells.get(key) ?? cells.get(`#${index}`);
      if (!cell || kept.has(cell)) continue;
      next.set(key, cell);
      kept.add(cell);
    }
    const hadFocus = list.contains(document.activeElement);
    const free = [...cells.values()].filter((cell) => !kept.has(cell));
    cells = new Map();
    for (const [key, index] of keys) {
      const cell = next.get(key) ?? free.pop() ?? takeCell();
      cells.set(key, cell);
      showCell(cell, index, key.startsWith('#') ? undefined : model.at(index), grid, count);
    }
    for (const cell of free) cell.element.remove();
    spare.push(...free.slice(0, maxSpare - spare.length));
    putIntoDocument();
    if (hadFocus && list.querySelector('[tabindex="0"]') !== document.activeElement) focusActive();
    wantThumbnails(indexes.map(model.at));
  };
  const putIntoDocument = (): void => {
    const elements = [...cells.values()].map((cell) => cell.element);
    // To move elements costs time, which there is when the scrolling has ended.
    if (isScrolling) list.append(...elements.filter((each) => !each.isConnected));
    else setChildren(list, elements);
  };
  const showCell = (
    cell: GalleryCell,
    index: number,
    image: GalleryImage | undefined,
    { columns, step, side }: GridLayout,
    count: number,
  ): void => {
    const needsOwn = image && (!image.thumbnail || broken.has(image.id));
    cell.show(image, {
      index,
      count,
      x: (index % columns) * step,
      y: Math.floor(index / columns) * step,
      side,
      isSelected: image !== undefined && model.isSelected(image.id),
      isActive: index === model.active(),
      context: image && model.contextOf(image),
      canvas: needsOwn ? thumbnails.of(image.id) : undefined,
      isGone: needsOwn ? thumbnails.isGone(image.id) : false,
    });
  };
  const invalidate = (): void => {
    frame ??= requestAnimationFrame(draw);
  };
  const focusActive = (): void => {
    list.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  };
  const firstInView = (): number => {
    const { columns, step } = layout();
    return Math.round(element.scrollTop / step) * columns;
  };
  const scrollToIndex = (index: number): void => {
    const { columns, step, height: whole } = layout();
    list.style.height = `${whole}px`;
    element.scrollTop = Math.floor(index / columns) * step;
  };

  const setScrolling = ({ type }: Event): void => {
    isScrolling = type === 'scroll';
    invalidate();
  };
  element.addEventListener('scroll', setScrolling, { passive: true });
  element.addEventListener('scrollend', setScrolling);
  new ResizeObserver(() => {
    // Hidden because there is nothing to show; the next answer is asked for with the width that it will have.
    if (space.clientWidth === 0) return;
    const first = firstInView();
    const before = layout().columns;
    width = space.clientWidth;
    height = element.clientHeight;
    if (width > 0 && before !== layout().columns && first > 0) scrollToIndex(first);
    invalidate();
  }).observe(element);
  return {
    element,
    list,
    layout,
    pageRows: () => Math.max(1, Math.floor(height / layout().step)),
    invalidate,
    draw,
    hasFocus: () => list.contains(document.activeElement),
    focusActive,
    reveal: (index) => {
      element.scrollTop = scrollTopFor(layout(), index, { top: element.scrollTop, height });
    },
    scrollToIndex,
    firstInView,
  };
}

/** The active one is there too, wherever it is, so that the focus has a place. In order. */
function indexesOf({ first, last }: IndexRange, active: number, count: number): number[] {
  const indexes: number[] = [];
  for (let index = first; index <= last; index++) indexes.push(index);
  if (active >= 0 && active < count && (active < first || active > last)) indexes.push(active);
  return indexes.sort((a, b) => a - b);
}
