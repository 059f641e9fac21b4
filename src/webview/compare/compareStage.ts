import type { ImageSize } from '../../imageModel/imageModel';
import type { CompareMode, CompareStrings } from '../../shared/galleryStrings';
import { h } from '../dom';
import { setChildren } from '../setChildren';
import type { ComparedPicture } from './comparedPicture';
import { type CompareItem, createCompareItem } from './compareItem';
import type { Pair } from './pairBar';
import { createPairPane, type PairPane } from './pairPane';
import { listenToPane } from './paneGestures';
import { actualFactor, bestColumns, canMove, fitScale, fitted, moveBy, zoomAt } from './zoom';

/** What is shown, and how. */
interface Shown {
  readonly pictures: readonly ComparedPicture[];
  readonly pair: Pair;
  readonly mode: CompareMode;
}

/** The images in their panes, with one zoom for all. */
export interface CompareStage {
  readonly element: HTMLElement;
  readonly pairPane: PairPane;
  show(shown: Shown): void;
  /** Lays everything out anew, as when a picture has come. */
  layOut(): void;
  zoomBy(steps: number): void;
  fit(): void;
  actualSize(): void;
  /** In steps of the arrow keys. */
  moveBy(x: number, y: number): void;
}

/** How much a press of a key or a button zooms. */
const zoomStep = 1.25;
/** In pixels. */
const moveStep = 48;
/** About a caption of two lines. */
const captionHeight = 44;

/** Makes the stage; the bar stands below the two images of a pair. */
export function createCompareStage(
  { strings, language, bar }: { strings: CompareStrings; language: string; bar: HTMLElement },
  on: { keep(imageId: string): void; zoomText(text: string): void },
): CompareStage {
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const pairPane = createPairPane(strings, language);
  const list = h('ul', { class: 'compare-items' });
  const element = h(
    'div',
    {
      class: 'compare-stage',
      role: 'group',
      tabindex: 0,
      'aria-label': strings.stage,
      'aria-description': strings.stageHint,
    },
    pairPane.element,
    bar,
    list,
  );
  let items: readonly CompareItem[] = [];
  let shown: Shown | undefined;
  let zoom = fitted;

  const isPair = (): boolean => shown?.mode !== 'sideBySide';
  /** The pane that the zoom is reckoned in: all are about of one size. */
  const pane = (): ImageSize =>
    insideOf(isPair() ? pairPane.element : (items[0]?.pane ?? pairPane.element));
  /** Of images of several sizes the largest, in whose pixels the zoom is said. */
  const largest = (): ImageSize => {
    const seen = (isPair() ? shown?.pair : shown?.pictures) ?? [];
    const sizes = seen.map((picture) => picture.size());
    return sizes.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a), {
      width: 1,
      height: 1,
    });
  };
  const frame = () => {
    const [room, image] = [pane(), largest()];
    return { pane: room, image, actual: actualFactor(room, image, devicePixelRatio) };
  };
  const layOut = (): void => {
    if (!shown) return;
    const { pictures, mode } = shown;
    if (mode === 'sideBySide') {
      const area = { width: list.clientWidth, height: list.clientHeight };
      const columns = bestColumns(area, largest(), pictures.length, captionHeight);
      list.style.setProperty('--columns', String(columns));
      for (const item of items) item.picture.place(insideOf(item.pane), zoom);
    } else {
      pairPane.place(zoom);
    }
    const { pane: room, image } = frame();
    const scale = fitScale(room, image) * zoom.factor * devicePixelRatio;
    on.zoomText(percent.format(scale));
    element.classList.toggle('movable', canMove(room, image, zoom));
  };
  const change = (next: typeof zoom): void => {
    zoom = next;
    layOut();
  };
  const middle = () => ({ x: pane().width / 2, y: pane().height / 2 });
  const zoomTo = (factor: number, at = middle()): void => change(zoomAt(zoom, factor, at, frame()));
  const isMovable = (): boolean => canMove(pane(), largest(), zoom);

  const listen = (to: HTMLElement): void => {
    const isSwipe = (): boolean => to === pairPane.element && shown?.mode === 'swipe';
    listenToPane(to, {
      press: ({ x }) => isSwipe() && !isMovable() && pairPane.divideAt(x),
      drag: (by, { x }) => {
        if (isMovable()) change(moveBy(zoom, by, frame()));
        else if (isSwipe()) pairPane.divideAt(x);
      },
      zoom: (factor, at) => zoomTo(zoom.factor * factor, at),
      scroll: (by) => {
        if (isMovable()) change(moveBy(zoom, by, frame()));
        return isMovable();
      },
      doubleClick: (at) => {
        if (isSwipe() && !isMovable()) return;
        if (isMovable()) change(fitted);
        else zoomTo(frame().actual, at);
      },
    });
  };
  listen(pairPane.element);
  const observer = new ResizeObserver(layOut);
  for (const each of [list, pairPane.element]) observer.observe(each);

  return {
    element,
    pairPane,
    show: (next) => {
      const before = shown?.pictures;
      shown = next;
      element.dataset.mode = next.mode;
      if (before !== next.pictures) {
        for (const { pane: old } of items) observer.unobserve(old);
        items = createItems(next.pictures, strings, on.keep, items);
        setChildren(
          list,
          items.map((item) => item.element),
        );
        for (const item of items) {
          if (!item.isListening) listen(item.pane);
          item.isListening = true;
          observer.observe(item.pane);
        }
        if (!before || before.every((picture) => !next.pictures.includes(picture))) zoom = fitted;
      }
      const { mode } = next;
      for (const { pane: own, picture } of items) {
        picture.layer.remove();
        if (mode !== 'sideBySide') continue;
        plain(picture.layer);
        own.append(picture.layer);
      }
      if (mode !== 'sideBySide') pairPane.show(...next.pair, mode);
      layOut();
    },
    layOut,
    zoomBy: (steps) => zoomTo(zoom.factor * zoomStep ** steps),
    fit: () => change(fitted),
    actualSize: () => zoomTo(frame().actual),
    moveBy: (x, y) => change(moveBy(zoom, { x: x * moveStep, y: y * moveStep }, frame())),
  };
}

/** Items that are there already stay, so that the focus does. */
function createItems(
  pictures: readonly ComparedPicture[],
  strings: CompareStrings,
  keep: (imageId: string) => void,
  known: readonly CompareItem[],
): readonly CompareItem[] {
  const files = pictures.filter(({ image }) => image.isFile);
  return pictures.map((picture) => {
    const item =
      known.find((each) => each.picture === picture) ?? createCompareItem(picture, strings, keep);
    item.setKeepable(picture.image.isFile && files.length > 1);
    return item;
  });
}

/** Never empty, so that one can divide by it. */
function insideOf({ clientWidth, clientHeight }: HTMLElement): ImageSize {
  return { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) };
}

/** As it is without another one on it or below. */
function plain(layer: HTMLElement): void {
  layer.style.clipPath = '';
  layer.style.opacity = '';
  layer.classList.remove('unseen');
}
