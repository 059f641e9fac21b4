import { groupBy } from '../util/groupBy';

/** A link in a text; what is equal looks the same. */
export interface MatchedLink {
  readonly source: string;
  /** In UTF-16 units from the start of the text. */
  readonly start: number;
}

/**
 * Finds links of an earlier text in the text as it is now: equal ones keep their order. Where there are more or fewer of
 * them than before, those that are nearest belong together. Undefined for those that are gone.
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

function pairs<Now extends MatchedLink>(
  wanted: readonly MatchedLink[],
  found: readonly Now[],
): readonly (readonly [MatchedLink, Now])[] {
  if (wanted.length === found.length) {
    return wanted.flatMap((link, index) => {
      const same = found[index];
      return same ? [[link, same] as const] : [];
    });
  }
  const all = wanted.flatMap((link) => found.map((each) => [link, each] as const));
  const distance = ([a, b]: (typeof all)[number]): number => Math.abs(a.start - b.start);
  const used = new Set<MatchedLink>();
  return all
    .sort((a, b) => distance(a) - distance(b))
    .filter(([a, b]) => {
      if (used.has(a) || used.has(b)) return false;
      used.add(a).add(b);
      return true;
    });
}
