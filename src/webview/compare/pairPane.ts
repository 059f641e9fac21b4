import type { CompareMode, CompareStrings } from '../../shared/galleryStrings';
import { h, icon, setAttribute } from '../dom';
import { format } from '../text';
import type { ComparedPicture } from './comparedPicture';
import { placeImage, type Zoom } from './zoom';

/** A mode that shows two images in one place. */
export type PairMode = Exclude<CompareMode, 'sideBySide'>;

/** Two images, one on the other. */
export interface PairPane {
  readonly element: HTMLElement;
  show(first: ComparedPicture, second: ComparedPicture, mode: PairMode): void;
  place(zoom: Zoom): void;
  /** From 0 to 1: what shows of the second image in the onion skin. */
  setOpacity(share: number): void;
  /** Puts the divider at a point of the pane, in pixels from its left edge. */
  divideAt(x: number): void;
  /** Shows only the image of which less is seen now, until it is called with false. */
  blink(isOn: boolean): void;
}

const smallStep = 0.01;
const largeStep = 0.1;

/** Makes the pane; what it shows comes with `show`. */
export function createPairPane(strings: CompareStrings, language: string): PairPane {
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const divider = h(
    'div',
    {
      class: 'compare-divider',
      role: 'slider',
      tabindex: 0,
      'aria-label': strings.divider,
      'aria-orientation': 'horizontal',
      'aria-valuemin': 0,
      'aria-valuemax': 100,
    },
    h('span', { class: 'compare-grip' }, icon('swipe')),
  );
  const element = h('div', { class: 'compare-pane pair' });
  let shown: readonly [ComparedPicture, ComparedPicture] | undefined;
  let mode: PairMode = 'swipe';
  let divided = 0.5;
  let opacity = 0.5;
  /** The index of the image that is shown alone. */
  let alone: 0 | 1 | undefined;
  /** Where the images are, in pixels of the pane. */
  let seen = { left: 0, width: 1 };

  const update = (): void => {
    if (!shown) return;
    const [first, second] = shown;
    const isSwipe = mode === 'swipe' && alone === undefined;
    const x = seen.left + divided * seen.width;
    setAttribute(divider, 'hidden', !isSwipe);
    divider.style.left = `${x}px`;
    const share = percent.format(divided);
    setAttribute(divider, 'aria-valuenow', Math.round(divided * 100));
    setAttribute(
      divider,
      'aria-valuetext',
      format(strings.dividerValue, first.image.label, share, second.image.label),
    );
    const right = element.clientWidth - x;
    first.layer.style.clipPath = isSwipe ? `inset(0 ${right}px 0 0)` : '';
    second.layer.style.clipPath = isSwipe ? `inset(0 0 0 ${x}px)` : '';
    second.layer.style.opacity = mode === 'onionSkin' && alone === undefined ? `${opacity}` : '';
    element.dataset.mode = alone === undefined ? mode : 'alone';
    first.layer.classList.toggle('unseen', alone === 1);
    second.layer.classList.toggle('unseen', alone === 0);
  };
  const divide = (share: number): void => {
    divided = Math.min(1, Math.max(0, share));
    update();
  };
  const divideAt = (x: number): void => divide((x - seen.left) / seen.width);
  divider.addEventListener('keydown', (event) => {
    const next = dividerKeys(event, divided);
    if (next === undefined) return;
    event.preventDefault();
    divide(next);
  });
  const follow = (event: PointerEvent): void => {
    if (divider.hasPointerCapture(event.pointerId)) {
      divideAt(event.clientX - element.getBoundingClientRect().left);
    }
  };
  divider.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    // The pane would move the images.
    event.stopPropagation();
    divider.setPointerCapture(event.pointerId);
  });
  divider.addEventListener('pointermove', follow);

  return {
    element,
    show: (first, second, nextMode) => {
      shown = [first, second];
      mode = nextMode;
      alone = undefined;
      element.replaceChildren(first.layer, second.layer, divider);
      update();
    },
    place: (zoom) => {
      if (!shown) return;
      const pane = { width: element.clientWidth, height: element.clientHeight };
      const places = shown.map((each) => {
        each.place(pane, zoom);
        return placeImage(pane, each.size(), zoom);
      });
      const left = Math.max(0, Math.min(...places.map((place) => place.left)));
      const right = Math.max(...places.map((place) => place.left + place.width));
      seen = { left, width: Math.max(1, Math.min(pane.width, right) - left) };
      update();
    },
    setOpacity: (share) => {
      opacity = share;
      update();
    },
    divideAt,
    blink: (isOn) => {
      const ofSecond = mode === 'swipe' ? 1 - divided : mode === 'onionSkin' ? opacity : 0;
      alone = isOn ? (ofSecond > 0.5 ? 0 : 1) : undefined;
      update();
    },
  };
}

function dividerKeys({ key, shiftKey }: KeyboardEvent, at: number): number | undefined {
  const step = shiftKey ? largeStep : smallStep;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return at - step;
    case 'ArrowRight':
    case 'ArrowUp':
      return at + step;
    case 'PageDown':
      return at - largeStep;
    case 'PageUp':
      return at + largeStep;
    case 'Home':
      return 0;
    case 'End':
      return 1;
    default:
      return undefined;
  }
}
