import type { ImageSize } from './imageModel';

/** Reads `1024*1024`, also with `x`, `X` or `×` between the numbers and with spaces; undefined if it is none of these. */
export function parseSize(text: string): ImageSize | undefined {
  const match = /^\s*(\d{1,5})\s*[*xX×]\s*(\d{1,5})\s*$/.exec(text);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** For people: `1024 × 768`. */
export function formatSize({ width, height }: ImageSize): string {
  return `${width} × ${height}`;
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

export function sameSize(a: ImageSize, b: ImageSize): boolean {
  return a.width === b.width && a.height === b.height;
}
