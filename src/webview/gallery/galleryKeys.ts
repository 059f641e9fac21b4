/** What a key does in the grid. */
export type GridCommand =
  | { readonly type: 'move'; readonly to: number; readonly isExtending: boolean }
  | {
      readonly type: 'toggle' | 'selectAll' | 'clear' | 'details' | 'delete' | 'favourite';
    };

/** As much of a keyboard event as counts. */
export interface GridKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Where the focus is in the grid, and how large that is. */
export interface GridPlace {
  readonly index: number;
  readonly count: number;
  readonly columns: number;
  /** Rows of a page. */
  readonly pageRows: number;
  readonly isMac: boolean;
}

/** The command of a key; undefined for one that is not the grid's. */
export function commandOf(event: GridKey, place: GridPlace): GridCommand | undefined {
  const isCommand = place.isMac ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.altKey) return undefined;
  if (isCommand && !event.shiftKey) {
    if (key === 'a') return { type: 'selectAll' };
    if (key === 'Backspace' && place.isMac) return { type: 'delete' };
  }
  if (key === 'Home' || key === 'End' || !(event.ctrlKey || event.metaKey)) {
    const to = destination(key, place);
    if (to !== undefined) {
      return {
        type: 'move',
        to: Math.max(0, Math.min(place.count - 1, to)),
        isExtending: event.shiftKey,
      };
    }
  }
  if (event.ctrlKey || event.metaKey) return undefined;
  if (event.shiftKey) return undefined;
  switch (key) {
    case ' ':
      return { type: 'toggle' };
    case 'Escape':
      return { type: 'clear' };
    case 'Enter':
      return { type: 'details' };
    case 'Delete':
      return { type: 'delete' };
    case 'f':
      return { type: 'favourite' };
  }
  return undefined;
}

function destination(key: string, place: GridPlace): number | undefined {
  const { index, count, columns, pageRows } = place;
  const down = (rows: number): number => {
    const next = index + rows * columns;
    if (next < 0) return index % columns;
    if (next < count) return next;
    // The last row may have no cell below this one.
    const isInLastRow = Math.floor(index / columns) === Math.floor((count - 1) / columns);
    return isInLastRow ? index : count - 1;
  };
  switch (key) {
    case 'ArrowRight':
      return index + 1;
    case 'ArrowLeft':
      return index - 1;
    case 'ArrowDown':
      return down(1);
    case 'ArrowUp':
      return index < columns ? index : index - columns;
    case 'PageDown':
      return down(pageRows);
    case 'PageUp':
      return down(-pageRows);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
  }
  return undefined;
}
