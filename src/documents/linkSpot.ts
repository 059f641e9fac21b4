import type { LinkSpot, ReplacedText } from '../generation/generationJob';
import { locateText, surroundings } from './replacedText';

/** A place in a document that is open; InsertionPoint fits. */
interface DocumentPlace {
  readonly document: { readonly uri: { toString(): string }; getText(): string };
  readonly offset: number;
  readonly place: LinkSpot['place'];
  readonly replaces?: ReplacedText | undefined;
}

/** So much text on each side tells a place from the others, in UTF-16 units. */
const contextLength = 200;
/** Where the text around has changed, so much of it, beside blanks, still tells the place. */
const enoughContext = 12;

/** The place as it can be written down. */
export function spotOf(
  { document, offset: tracked, place, replaces }: DocumentPlace,
  linked: Iterable<string>,
): LinkSpot {
  const text = document.getText();
  const found = replaces && locateText(text, replaces.text, tracked);
  const offset = found ?? tracked;
  const { before, after } = surroundings(text, offset, found === undefined ? undefined : replaces);
  return {
    document: document.uri.toString(),
    offset,
    place,
    ...(replaces && { replaces: found === undefined ? removed(replaces) : replaces }),
    before: before.slice(-contextLength),
    after: after.slice(0, contextLength),
    linked: [...linked],
  };
}

function removed({ waiting, ...replaces }: ReplacedText): ReplacedText {
  return waiting ? { ...replaces, waiting: { ...waiting, wasRemoved: true } } : replaces;
}

/** Where the place is now; undefined when the text around it is gone, or is there more than once. */
export function findSpot(
  document: { getText(): string },
  { offset, before, after }: Pick<LinkSpot, 'offset' | 'before' | 'after'>,
): number | undefined {
  const text = document.getText();
  // Of an empty document that is no longer empty nothing is known.
  if (before === '' && after === '') return text.trim() === '' ? 0 : undefined;
  const isUnmoved = text.startsWith(before, offset - before.length) && offset >= before.length;
  if (isUnmoved && text.startsWith(after, offset)) return offset;
  return findAround(text, before, after) ?? findBeside(text, before, after);
}

/** Whole contexts first, then shorter ones, which changes further away do not touch. */
function findAround(text: string, before: string, after: string): number | undefined {
  for (let length = contextLength; length > 0; length = Math.floor(length / 2)) {
    const left = before.slice(-length);
    const right = after.slice(0, length);
    const isWhole = length === contextLength;
    if (!isWhole && !isEnough(left + right)) return undefined;
    if ((left + right).trim() === '') return undefined;
    const found = text.indexOf(left + right);
    if (found < 0) continue;
    // A shorter one would be there as often.
    return isOnly(text, left + right, found) ? found + left.length : undefined;
  }
  return undefined;
}

/** One side alone: somebody has written on at the other one. */
function findBeside(text: string, before: string, after: string): number | undefined {
  for (let length = contextLength; length > 0; length = Math.floor(length / 2)) {
    const left = before.slice(-length);
    const right = after.slice(0, length);
    for (const [side, distance] of [
      [left, left.length],
      [right, 0],
    ] as const) {
      const found = isEnough(side) ? text.indexOf(side) : -1;
      if (found >= 0 && isOnly(text, side, found)) return found + distance;
    }
  }
  return undefined;
}

function isEnough(context: string): boolean {
  return context.trim().length >= enoughContext;
}

function isOnly(text: string, part: string, found: number): boolean {
  return text.indexOf(part, found + 1) < 0;
}
