import type { CompareStrings } from '../../shared/galleryStrings';
import { h, icon, setAttribute, setText } from '../dom';
import { format } from '../text';
import { createHoldButton } from './compareControls';
import type { ComparedPicture } from './comparedPicture';
import type { PairMode } from './pairPane';

/** The chosen two, in their order. */
export type Pair = readonly [ComparedPicture, ComparedPicture];

/** What stands below two images: which they are, and what a mode needs. */
export interface PairBar {
  readonly element: HTMLElement;
  show(pictures: readonly ComparedPicture[], pair: Pair, mode: PairMode): void;
  setResult(text: string): void;
}

/** What the bar tells. */
export interface PairBarActions {
  /** The picture at one end is to be another one. */
  choose(end: 0 | 1, imageId: string): void;
  setOpacity(share: number): void;
  blink(isOn: boolean): void;
}

/** Makes the bar; it starts with half of the second image. */
export function createPairBar(
  strings: CompareStrings,
  language: string,
  actions: PairBarActions,
): PairBar {
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const ends = [0, 1] as const;
  const [first, second] = ends.map((end) => createEnd(strings, end, actions.choose));
  const opacity = h('input', {
    type: 'range',
    class: 'compare-opacity',
    min: 0,
    max: 100,
    value: 50,
    'aria-label': strings.opacity,
  });
  const result = h('p', { class: 'compare-result' });
  let onTop = '';
  const describe = (): void => {
    const share = percent.format(opacity.valueAsNumber / 100);
    setAttribute(opacity, 'aria-valuetext', format(strings.opacityValue, onTop, share));
  };
  opacity.addEventListener('input', () => {
    describe();
    actions.setOpacity(opacity.valueAsNumber / 100);
  });
  const middle = h('div', { class: 'compare-middle' }, opacity, result);
  const blink = createHoldButton(strings.blink, strings.blinkHint, actions.blink);
  return {
    element: h('div', { class: 'compare-bar' }, first?.element, middle, second?.element, blink),
    show: (pictures, pair, mode) => {
      first?.show(pictures, pair[0]);
      second?.show(pictures, pair[1]);
      onTop = pair[1].image.label;
      describe();
      setAttribute(opacity, 'hidden', mode !== 'onionSkin');
      setAttribute(result, 'hidden', mode !== 'difference');
    },
    setResult: (text) => setText(result, text),
  };
}

interface End {
  readonly element: HTMLElement;
  show(pictures: readonly ComparedPicture[], chosen: ComparedPicture): void;
}

/** A list of the images, or where there are but two, the number of one. */
function createEnd(strings: CompareStrings, end: 0 | 1, choose: PairBarActions['choose']): End {
  const label = end === 0 ? strings.firstImage : strings.secondImage;
  const control = h('select', { class: 'input', 'aria-label': label });
  control.addEventListener('change', () => choose(end, control.value));
  const select = h('div', { class: 'select' }, control, icon('chevron'));
  const number = h('span', { class: 'compare-number', 'aria-hidden': 'true' });
  return {
    element: h('div', { class: 'compare-end' }, number, select),
    show: (pictures, chosen) => {
      const isChoice = pictures.length > 2;
      setAttribute(select, 'hidden', !isChoice);
      setAttribute(number, 'hidden', isChoice);
      setText(number, String(chosen.number));
      control.replaceChildren(
        ...pictures.map(({ image, number: at }) =>
          h('option', { value: image.id }, `${at} · ${image.label}`),
        ),
      );
      control.value = chosen.image.id;
    },
  };
}
