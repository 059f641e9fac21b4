import type { PaletteColor } from '../imageModel/parameters';

/** Shares of equal size in percent, with two decimals, that make exactly 100. */
export function evenShares(count: number): readonly number[] {
  const least = Math.floor(10_000 / count);
  const rest = 10_000 - least * count;
  return Array.from({ length: count }, (_, index) => (least + (index < rest ? 1 : 0)) / 100);
}

/** The same colours with shares of equal size. */
export function withEvenShares(palette: readonly PaletteColor[]): readonly PaletteColor[] {
  const shares = evenShares(palette.length);
  return palette.map(({ hex }, index) => ({ hex, ratio: shares[index] ?? 0 }));
}

/** Whether nobody has weighed the colours. */
export function isEven(palette: readonly PaletteColor[]): boolean {
  const even = withEvenShares(palette);
  return palette.every(({ ratio }, index) => ratio === even[index]?.ratio);
}

/** Colours that differ, to begin with. */
const firstColors = ['#2b4c7e', '#e8a33d', '#f4efe6', '#5b8c5a', '#b5443a', '#3a3a44'];

/** One more colour; the first one brings as many as there must be. Shares that are even stay so, else it gets what is left. */
export function withAddedColor(
  palette: readonly PaletteColor[],
  min: number,
): readonly PaletteColor[] {
  const added = Math.max(1, min - palette.length);
  const isNew = palette.length === 0;
  const colors = Array.from({ length: isNew ? added : 1 }, (_, index) => {
    const hex = firstColors[(palette.length + index) % firstColors.length] ?? '#000000';
    return { hex, ratio: 0 };
  });
  const next = [...palette, ...colors];
  if (isNew || isEven(palette)) return withEvenShares(next);
  const sum = palette.reduce((total, { ratio }) => total + Math.round(ratio * 100), 0);
  return next.with(-1, {
    hex: colors[0]?.hex ?? '#000000',
    ratio: Math.max(0, 10_000 - sum) / 100,
  });
}

/** Without one of the colours. Shares that are even stay so. */
export function withoutColor(
  palette: readonly PaletteColor[],
  index: number,
): readonly PaletteColor[] {
  const next = palette.toSpliced(index, 1);
  return isEven(palette) ? withEvenShares(next) : next;
}
