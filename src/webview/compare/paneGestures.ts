interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the pointer does on a pane; points are in pixels from its corner. */
export interface PaneActions {
  /** The button goes down. */
  press(at: Point): void;
  /** It moves while the button is down. */
  drag(by: Point, at: Point): void;
  /** The wheel with Ctrl, or two fingers on a trackpad. */
  zoom(factor: number, at: Point): void;
  /** The wheel alone. False leaves it to the page. */
  scroll(by: Point): boolean;
  doubleClick(at: Point): void;
}

/** How much a pixel of the wheel zooms. */
const zoomPerPixel = 0.0025;
/** A wheel that counts lines, not pixels. */
const pixelsPerLine = 24;

/** Listens to the pointer and the wheel. */
export function listenToPane(pane: HTMLElement, actions: PaneActions): void {
  const point = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = pane.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  let last: Point | undefined;
  pane.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    pane.setPointerCapture(event.pointerId);
    last = point(event);
    actions.press(last);
  });
  pane.addEventListener('pointermove', (event) => {
    if (!last || !pane.hasPointerCapture(event.pointerId)) return;
    const at = point(event);
    actions.drag({ x: at.x - last.x, y: at.y - last.y }, at);
    last = at;
  });
  pane.addEventListener('lostpointercapture', () => {
    last = undefined;
  });
  pane.addEventListener('dblclick', (event) => actions.doubleClick(point(event)));
  pane.addEventListener(
    'wheel',
    (event) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : pixelsPerLine;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        actions.zoom(Math.exp(-event.deltaY * unit * zoomPerPixel), point(event));
      } else if (actions.scroll({ x: -event.deltaX * unit, y: -event.deltaY * unit })) {
        event.preventDefault();
      }
    },
    { passive: false },
  );
}
