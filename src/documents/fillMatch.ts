import { groupBy } from '../util/groupBy';

/** A link in a text; what is equal looks the same. */
export interface MatchedLink {
  readonly source: string;
  /** In UTF-16 units from the start of the text. */
  readonly start: number;
}

/**
 * Finds links of an earlier text in the text as it is now: equal ones keep their order. Where there are more or fewer of
 * them than before, those belong together that have moved least. Undefined for those that are gone.
 */
export function matchLinks<Now extends MatchedLink>(
  before: readonly MatchedLink[],
  now: readonly Now[],
): readonly (Now | undefined)[] {
  const candidates = groupBy(now, ({ source }) => source);
  const matches = new Map<MatchedLink, Now>();
  for (const [source, wanted] of groupBy(before, (link) => link.source)) {
    for (const [link, found] of pairs(wanted, candidates.get(source) ?? [])) {
      matches.set(link, found);
    }
  }
  return before.map((link) => matches.get(link));
}

/** So many comparisons are made; of more, the first ones belong together. */
const maxComparisons = 20_000_000;

function pairs<Now extends MatchedLink>(
  wanted: readonly MatchedLink[],
  found: readonly Now[],
): readonly (readonly [MatchedLink, Now])[] {
  const inOrder = <T extends MatchedLink>(links: readonly T[]): readonly T[] =>
    [...links].sort((a, b) => a.start - b.start);
  const before = inOrder(wanted);
  const now = inOrder(found);
  const isFewer = before.length <= now.length;
  const [few, many] = isFewer ? [before, now] : [now, before];
  return nearest(few, many).flatMap((other, index) => {
    const link = before[isFewer ? index : other];
    const same = now[isFewer ? other : index];
    return link && same ? [[link, same] as const] : [];
  });
}

/**
 * For each of the few the one of the many that belongs to it, so that the order is kept and they have moved as little as
 * possible together. Row by row: what it costs to match so many of the few, with so many of the many left out.
 */
function nearest(few: readonly MatchedLink[], many: readonly MatchedLink[]): readonly number[] {
  const columns = many.length - few.length + 1;
  if (columns === 1 || few.length * columns > maxComparisons) return few.map((_, index) => index);
  const costs = new Float64Array(columns);
  /** Whether the one before in the row was better, so that this one is left out. */
  const isLeftOut = new Uint8Array(few.length * columns);
  few.forEach(({ start }, row) => {
    for (let column = 0; column < columns; column++) {
      const own = (costs[column] ?? 0) + Math.abs(start - (many[row + column]?.start ?? 0));
      const left = column === 0 ? Number.POSITIVE_INFINITY : (costs[column - 1] ?? 0);
      costs[column] = Math.min(own, left);
      if (left < own) isLeftOut[row * columns + column] = 1;
    }
  });
  const found: number[] = [];
  let column = columns - 1;
  for (let row = few.length - 1; row >= 0; row--) {
    while (isLeftOut[row * columns + column] === 1) column--;
    found[row] = row + column;
  }
  return found;
}
