import type { CompareMode, CompareStrings } from '../../shared/galleryStrings';
import { h, icon, iconButton, setText } from '../dom';
import type { IconName } from '../icons';
import { createToolbar } from '../toolbar';

/** In their order; each has an icon of its own name. */
const compareModes = [
  'sideBySide',
  'swipe',
  'onionSkin',
  'difference',
] as const satisfies readonly (CompareMode & IconName)[];

/** The modes as one row of radio buttons. */
export interface ModeControl {
  readonly element: HTMLElement;
  /** Checks it, without telling. */
  set(mode: CompareMode): void;
  focus(): void;
}

/** Makes the row; where it is narrow, only the icons are seen. */
export function createModeControl(
  strings: CompareStrings,
  onChange: (mode: CompareMode) => void,
): ModeControl {
  const inputs = compareModes.map((mode) => {
    const input = h('input', {
      type: 'radio',
      class: 'segment-input',
      name: 'compare-mode',
      value: mode,
      'aria-label': strings.modes[mode],
    });
    input.addEventListener('change', () => onChange(mode));
    return { mode, input };
  });
  const element = h(
    'div',
    { class: 'segments', role: 'radiogroup', 'aria-label': strings.mode },
    ...inputs.map(({ mode, input }) =>
      h(
        'label',
        { class: 'segment', title: strings.modes[mode] },
        input,
        icon(mode),
        h('span', { class: 'segment-text' }, strings.modes[mode]),
      ),
    ),
  );
  return {
    element,
    set: (mode) => {
      for (const each of inputs) each.input.checked = each.mode === mode;
    },
    focus: () => inputs.find(({ input }) => input.checked)?.input.focus(),
  };
}

/** What the buttons of the zoom do. */
export interface ZoomActions {
  zoomBy(steps: number): void;
  fit(): void;
  actualSize(): void;
}

/** The zoom as buttons, with the present one in percent. */
export interface ZoomControl {
  readonly element: HTMLElement;
  setText(text: string): void;
}

/** Makes the buttons: out, in, fit and actual size. */
export function createZoomControl(strings: CompareStrings, actions: ZoomActions): ZoomControl {
  const value = h('span', { class: 'zoom-value' });
  const toolbar = createToolbar(strings.zoom, [
    iconButton('remove', strings.zoomOut, () => actions.zoomBy(-1)),
    iconButton('add', strings.zoomIn, () => actions.zoomBy(1)),
    iconButton('fit', strings.fit, () => actions.fit()),
    iconButton('actualSize', strings.actualSize, () => actions.actualSize()),
  ]);
  return {
    element: h('div', { class: 'zoom' }, value, toolbar.element),
    setText: (text) => setText(value, text),
  };
}

/** A button that does something for as long as it is held, by pointer or key. */
export function createHoldButton(
  label: string,
  hint: string,
  onHold: (isHeld: boolean) => void,
): HTMLButtonElement {
  const button = h(
    'button',
    { type: 'button', class: 'button secondary hold', title: hint },
    icon('blink'),
    h('span', { class: 'segment-text' }, label),
  );
  button.setAttribute('aria-label', label);
  button.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    onHold(true);
  });
  button.addEventListener('lostpointercapture', () => onHold(false));
  button.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.repeat) onHold(true);
  });
  button.addEventListener('keyup', (event) => event.key === 'Enter' && onHold(false));
  button.addEventListener('blur', () => onHold(false));
  return button;
}
