import type { ImageSize, RequestedSize } from './imageModel';
import type { InputImage } from './inputImage';
import type { NamedSize, SizeBounds, SizeRule } from './modelDescriptor';

const names: readonly RequestedSize[] = ['1K', '2K', '4K', 'auto'];

/** Reads `1024*1024`, also with `x`, `X` or `×` between the numbers and with spaces, and `2K`; undefined if it is none of these. */
export function parseSize(text: string): RequestedSize | undefined {
  const named = names.find((name) => name === text.trim() || name === text.trim().toUpperCase());
  if (named) return named;
  const match = /^\s*(\d{1,5})\s*[*xX×]\s*(\d{1,5})\s*$/.exec(text);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** For people: `1024 × 768`, `2K`, or empty for `auto`. */
export function formatSize(size: RequestedSize): string {
  if (size === 'auto') return '';
  return typeof size === 'string' ? size : `${size.width} × ${size.height}`;
}

const commonRatios: readonly (readonly [number, number])[] = [
  [1, 1],
  [16, 9],
  [9, 16],
  [4, 3],
  [3, 4],
  [3, 2],
  [2, 3],
];

/** The usual name of the ratio, such as `16:9`, when within 3 % of it. */
export function ratioName({ width, height }: ImageSize): string | undefined {
  const found = commonRatios.find(([w, h]) => Math.abs(width / height / (w / h) - 1) < 0.03);
  return found && `${found[0]}:${found[1]}`;
}

export function sameSize(a: RequestedSize, b: RequestedSize): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.width === b.width && a.height === b.height;
}

/** The named area of a rule; undefined for pixels and for a name that the rule does not have. */
export function namedSize(rule: SizeRule, size: RequestedSize): NamedSize | undefined {
  if (typeof size !== 'string' || rule.kind !== 'free') return undefined;
  return rule.named?.find(({ name }) => name === size);
}

/**
 * Pixels of about that area in the shape of the last input image, or a square where that is not known; within the
 * rule's sides and ratios (1:8 to 8:1 where it has none, as the documents of the newer models say), and in its steps.
 */
export function fitArea(
  area: number,
  rule: SizeBounds & { readonly step?: number },
  images: readonly InputImage[] = [],
): ImageSize {
  const { minSide = 1, maxSide = Number.POSITIVE_INFINITY, step = 16 } = rule;
  const { minRatio = 1 / 8, maxRatio = 8 } = rule;
  const { width, height } = images.at(-1)?.size ?? { width: 1, height: 1 };
  const ratio = Math.min(maxRatio, Math.max(minRatio, width / height || 1));
  const round = (side: number): number =>
    Math.max(step, Math.floor(Math.min(maxSide, Math.max(minSide, side)) / step) * step);
  const size = { width: round(Math.sqrt(area * ratio)), height: round(Math.sqrt(area / ratio)) };
  // Rounding may have made a long shape longer than it may be.
  while (size.width / size.height > maxRatio) size.width -= step;
  while (size.width / size.height < minRatio) size.height -= step;
  return size;
}

/** The size as it is sent: of a name that the service does not know, the pixels. */
export function sentSize(
  rule: SizeRule,
  size: RequestedSize,
  images: readonly InputImage[] = [],
): RequestedSize {
  const named = namedSize(rule, size);
  return named && !named.isOnWire && rule.kind === 'free'
    ? fitArea(named.area, rule, images)
    : size;
}
