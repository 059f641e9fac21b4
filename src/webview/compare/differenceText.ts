import { formatSize } from '../../imageModel/imageSize';
import type { CompareStrings } from '../../shared/galleryStrings';
import { format } from '../text';
import type { Pair } from './pairBar';
import { differingShare } from './pixelDifference';

/** The least share that is written as a number. */
const least = 0.001;

/** How much two pictures differ, in words; undefined when the signal came first. */
export async function differenceText(
  [first, second]: Pair,
  { strings, language, signal }: DifferenceOptions,
): Promise<string | undefined> {
  const areShown = await Promise.all([first.loaded, second.loaded]);
  if (signal.aborted) return undefined;
  if (!areShown.every(Boolean)) return strings.notComparable;
  const sizes = [formatSize(first.size()), formatSize(second.size())] as const;
  if (sizes[0] !== sizes[1]) return format(strings.sizesDiffer, ...sizes);
  try {
    const share = await differingShare(first.picture, second.picture, signal);
    return shareText(share, strings, language);
  } catch {
    return signal.aborted ? undefined : strings.notComparable;
  }
}

interface DifferenceOptions {
  readonly strings: CompareStrings;
  readonly language: string;
  readonly signal: AbortSignal;
}

/** Only none is `identical`, and only all are 100 percent. */
function shareText(share: number, strings: CompareStrings, language: string): string {
  if (share === 0) return strings.identical;
  const number = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  if (share < least) return format(strings.fewDiffer, number.format(least));
  return format(strings.differ, number.format(share < 1 ? Math.min(share, 1 - least) : 1));
}
