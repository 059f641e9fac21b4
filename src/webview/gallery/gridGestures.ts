import type { GalleryImage } from '../../shared/galleryProtocol';
import { imagesMediaType } from '../../shared/imagesMediaType';
import type { GalleryGrid } from './galleryGrid';
import { commandOf, type GridCommand } from './galleryKeys';

/** What is done to the grid with the pointer and the keyboard. */
export interface GridGestures {
  readonly isMac: boolean;
  count(): number;
  active(): number;
  at(index: number): GalleryImage | undefined;
  onFocus(index: number): void;
  /** False for one that has nothing to do, and is somebody else's. */
  onCommand(command: GridCommand): boolean;
  onClick(index: number, how: 'only' | 'toggle' | 'extend'): void;
  onOpen(index: number): void;
  /** The images that are dragged with this one. */
  dragged(image: GalleryImage): readonly GalleryImage[];
}

/** Listens to the cells of a grid. */
export function listenToGrid(grid: GalleryGrid, gestures: GridGestures): void {
  const { list } = grid;
  list.addEventListener('focusin', ({ target }) => {
    const index = indexOf(target);
    if (index !== undefined) gestures.onFocus(index);
  });
  list.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const command = commandOf(event, {
      index: gestures.active(),
      count: gestures.count(),
      columns: grid.layout().columns,
      pageRows: grid.pageRows(),
      isMac: gestures.isMac,
    });
    if (command && gestures.onCommand(command)) event.preventDefault();
  });
  list.addEventListener('click', (event) => {
    const index = indexOf(event.target);
    if (index === undefined) return;
    const isToggling = gestures.isMac ? event.metaKey : event.ctrlKey;
    if (event.shiftKey) gestures.onClick(index, 'extend');
    else gestures.onClick(index, isToggling || isOnCheck(event.target) ? 'toggle' : 'only');
  });
  list.addEventListener('dblclick', (event) => {
    const index = indexOf(event.target);
    const isPlain = !(event.shiftKey || event.ctrlKey || event.metaKey);
    if (index !== undefined && isPlain && !isOnCheck(event.target)) gestures.onOpen(index);
  });
  list.addEventListener('dragstart', (event) => {
    const image = gestures.at(indexOf(event.target) ?? -1);
    if (!image || !event.dataTransfer) return;
    const images = gestures.dragged(image);
    const ids = JSON.stringify({ imageIds: images.map(({ id }) => id) });
    event.dataTransfer.setData(imagesMediaType, ids);
    event.dataTransfer.effectAllowed = 'copy';
  });
}

function indexOf(target: EventTarget | null): number | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('.cell') : null;
  return cell?.dataset.index === undefined ? undefined : Number(cell.dataset.index);
}

function isOnCheck(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.cell-check') !== null;
}
