/** Going through earlier prompts; undefined while the person's own text is there. */
export interface Browsing {
  /** In the list of earlier prompts. */
  readonly position: number;
  /** What was shown of it; where the text is another one, the person has changed it. */
  readonly shown: string;
  /** What was there before, to come back to. */
  readonly own: string;
}

/** The next text, and where one is then. */
export interface BrowsingStep {
  readonly browsing: Browsing | undefined;
  readonly text: string;
}

/** What an arrow key does; undefined where there is nothing further that way. */
export function browse(
  before: Browsing | undefined,
  { text, recent, direction }: BrowseMove,
): BrowsingStep | undefined {
  const current = isBrowsed(before, text) ? before : undefined;
  if (direction === 'newer') return current && newer(current, recent);
  const own = current?.own ?? text;
  const seen = current?.position ?? -1;
  // The newest may be what is in the field already.
  const position = recent.findIndex((prompt, at) => at > seen && prompt !== text);
  const shown = recent[position];
  return shown === undefined ? undefined : { browsing: { position, shown, own }, text: shown };
}

interface BrowseMove {
  /** In the field, as it is now. */
  readonly text: string;
  /** Newest first. */
  readonly recent: readonly string[];
  readonly direction: 'older' | 'newer';
}

function newer({ position, own }: Browsing, recent: readonly string[]): BrowsingStep {
  const next = position - 1;
  const shown = recent[next];
  if (shown === undefined || shown === own) return { browsing: undefined, text: own };
  return { browsing: { position: next, shown, own }, text: shown };
}

/** Whether the text is the earlier prompt that was put there, as it was. */
function isBrowsed(browsing: Browsing | undefined, text: string): boolean {
  return browsing?.shown === text;
}

/** Where the caret is. */
export interface Caret {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Whether an arrow key goes to another prompt, and does not move the caret. */
export function leavesText(
  key: 'ArrowUp' | 'ArrowDown',
  { text, start, end }: Caret,
  browsing: Browsing | undefined,
): boolean {
  if (start !== end) return false;
  const isOfBrowsing = isBrowsed(browsing, text);
  if (key === 'ArrowDown') return isOfBrowsing && !text.slice(end).includes('\n');
  if (text === '' || start === 0) return true;
  return isOfBrowsing && !text.slice(0, start).includes('\n');
}

/** Whether a text would be lost if another one took its place. @param known sent before, saved, or put there by Easel */
export function isUnsentText(text: string, known: ReadonlySet<string>): boolean {
  const trimmed = text.trim();
  return trimmed !== '' && !known.has(trimmed);
}
