/** Where the cells of a grid of squares are; all in CSS pixels. */
export interface GridLayout {
  readonly columns: number;
  /** The side of a cell. */
  readonly side: number;
  /** From one cell's start to the next one's. */
  readonly step: number;
  readonly rows: number;
  /** Of all rows. */
  readonly height: number;
}

/** Indexes, both included; `last` is before `first` where there are none. */
export interface IndexRange {
  readonly first: number;
  readonly last: number;
}

const gap = 6;

/** Lays out so many cells in this width: two or more in a row, larger ones where there is room. */
export function gridLayout(width: number, count: number): GridLayout {
  const leastSide = Math.min(168, Math.max(106, 106 + (width - 300) * 0.06));
  const columns = Math.max(1, Math.floor((width + gap) / (leastSide + gap)));
  const side = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns));
  const step = side + gap;
  const rows = Math.ceil(count / columns);
  return { columns, side, step, rows, height: Math.max(0, rows * step - gap) };
}

/** The cells of the rows in view, and of so many rows above and below. */
export function cellsInView(
  layout: GridLayout,
  count: number,
  view: { readonly top: number; readonly height: number; readonly extraRows: number },
): IndexRange {
  const { columns, step, rows } = layout;
  const firstRow = Math.max(0, Math.floor(view.top / step) - view.extraRows);
  const lastRow = Math.min(rows - 1, Math.floor((view.top + view.height) / step) + view.extraRows);
  return { first: firstRow * columns, last: Math.min(count, (lastRow + 1) * columns) - 1 };
}

/** How far to scroll so that a cell is wholly in view; as it is where it is already. */
export function scrollTopFor(
  { columns, step, side }: GridLayout,
  index: number,
  view: { readonly top: number; readonly height: number },
): number {
  const top = Math.floor(index / columns) * step;
  if (top < view.top) return top;
  return Math.max(view.top, top + side - view.height);
}
