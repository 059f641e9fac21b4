/** One replacement in a document; VS Code's TextDocumentContentChangeEvent fits. */
interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * Where an offset is after changes, which are applied in their order. Text that is inserted exactly at the offset lands
 * behind it: a person who writes on where the command was given finds the image before the new words. In a text that is
 * replaced around it, the offset keeps its distance from the start, or goes to the end of a shorter text, so that it
 * stays about where it was when a formatter or a reload from disk replaces everything.
 * @param isStart the offset is the start of a text, which moves on when something is inserted in front of it
 */
export function trackOffset(
  offset: number,
  changes: readonly TextChange[],
  isStart = false,
): number {
  return changes.reduce((at, { rangeOffset, rangeLength, text }) => {
    if (isStart && at === rangeOffset && rangeLength === 0) return at + text.length;
    if (at <= rangeOffset) return at;
    if (at >= rangeOffset + rangeLength) return at + text.length - rangeLength;
    return Math.min(at, rangeOffset + text.length);
  }, offset);
}
