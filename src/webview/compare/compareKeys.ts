/** What the keys of the comparison do. */
export interface KeyActions {
  zoomBy(steps: number): void;
  fit(): void;
  /** In steps, to where the images go. */
  moveBy(x: number, y: number): void;
  /** By number, from 1. */
  keep(number: number): void;
  blink(isOn: boolean): void;
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Listens to the keys, wherever the focus is; what a list, a slider or a row of buttons needs is left to it. */
export function listenToKeys(element: HTMLElement, actions: KeyActions): void {
  element.addEventListener('keydown', (event) => {
    const { key, target, repeat } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(target instanceof Element) || target.matches('select')) return;
    const act = actionOf(key, target, actions);
    if (!act) return;
    event.preventDefault();
    // A held key zooms and moves on, but does not accept twice.
    if (!repeat || key in moves || key === '+' || key === '-') act();
  });
  element.addEventListener('keyup', ({ key }) => key === ' ' && actions.blink(false));
}

function actionOf(key: string, target: Element, actions: KeyActions): (() => void) | undefined {
  const move = moves[key];
  if (move) return target.matches('input') ? undefined : () => actions.moveBy(...move);
  switch (key) {
    case '+':
    case '=':
      return () => actions.zoomBy(1);
    case '-':
      return () => actions.zoomBy(-1);
    case '0':
      return () => actions.fit();
    case ' ':
      return target.matches('button:not(.hold)') ? undefined : () => actions.blink(true);
    default:
      return /^[1-4]$/.test(key) ? () => actions.keep(Number(key)) : undefined;
  }
}
