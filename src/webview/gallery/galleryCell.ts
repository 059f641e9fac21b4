import type { GalleryImage } from '../../shared/galleryProtocol';
import type { GalleryStrings } from '../../shared/galleryStrings';
import { h, icon, setAttribute } from '../dom';
import { alternativeText, format } from '../text';

/** How a cell stands in the grid. */
interface CellState {
  readonly index: number;
  readonly count: number;
  /** From the start of the grid, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly isSelected: boolean;
  /** The one that the Tab key reaches. */
  readonly isActive: boolean;
  /** JSON for VS Code's context menu. */
  readonly context: string | undefined;
  /** Made by the page, where the host has none. */
  readonly canvas: HTMLCanvasElement | undefined;
  readonly isGone: boolean;
}

/** A cell of the grid; one cell shows one image after another. */
export interface GalleryCell {
  readonly element: HTMLElement;
  /** Undefined is an image that is not loaded yet. */
  show(image: GalleryImage | undefined, state: CellState): void;
}

/** Makes an empty cell; `onBroken` tells that the thumbnail cannot be shown. */
export function createGalleryCell(
  strings: GalleryStrings,
  onBroken: (image: GalleryImage) => void,
): GalleryCell {
  const picture = h('img', { alt: '', draggable: 'false', decoding: 'async' });
  const stage = h('span', { class: 'cell-picture' });
  const gone = h('span', { class: 'cell-gone' }, icon('gone', 'gone-icon'));
  const star = h('span', { class: 'cell-star' }, icon('star'));
  const check = h('span', { class: 'cell-check' }, icon('check'));
  const element = h('div', { class: 'cell', role: 'option' }, stage, check, star);
  let shown: GalleryImage | undefined;
  picture.addEventListener('load', () => picture.classList.add('loaded'));
  picture.addEventListener('error', () => {
    if (shown && picture.hasAttribute('src')) onBroken(shown);
  });

  const showPicture = (image: GalleryImage | undefined, state: CellState): void => {
    const { thumbnail } = image ?? {};
    const wanted = state.isGone ? gone : (state.canvas ?? (thumbnail ? picture : undefined));
    if (wanted !== picture) picture.removeAttribute('src');
    else if (picture.getAttribute('src') !== thumbnail) {
      // The picture before must not stand for this one.
      picture.classList.remove('loaded');
      setAttribute(picture, 'src', thumbnail);
    }
    if (stage.firstChild !== (wanted ?? null)) stage.replaceChildren(...(wanted ? [wanted] : []));
  };
  return {
    element,
    show: (image, state) => {
      const { index, count, x, y, side, isSelected, isActive, context } = state;
      setStyle(element, 'transform', `translate(${x}px, ${y}px)`);
      setStyle(element, 'width', `${side}px`);
      setStyle(element, 'height', `${side}px`);
      setAttribute(element, 'tabindex', isActive ? 0 : -1);
      setAttribute(element, 'aria-posinset', index + 1);
      setAttribute(element, 'aria-setsize', count);
      setAttribute(element, 'aria-selected', String(isSelected));
      setAttribute(element, 'data-index', index);
      setAttribute(element, 'data-vscode-context', context);
      setAttribute(element, 'draggable', image ? 'true' : undefined);
      element.classList.toggle('favourite', image?.isFavourite ?? false);
      element.classList.toggle('unknown', !image);
      if (image !== shown) {
        setAttribute(element, 'data-image', image?.id);
        setAttribute(element, 'title', image && (image.prompt || image.fileName));
        setAttribute(element, 'aria-label', image ? cellLabel(image, strings) : strings.loading);
      }
      shown = image;
      showPicture(image, state);
    },
  };
}

function setStyle(element: HTMLElement, name: string, value: string): void {
  if (element.style.getPropertyValue(name) !== value) element.style.setProperty(name, value);
}

function cellLabel(image: GalleryImage, strings: GalleryStrings): string {
  const name = [alternativeText(image.prompt, 120) || image.fileName, image.modelLabel]
    .filter(Boolean)
    .join(', ');
  return image.isFavourite ? format(strings.favourite, name) : name;
}
