/** Milliseconds to wait after the given number of failures: 1, 2, 4, 8 s …, plus up to a quarter by chance. */
export function backOffMs(failures: number, random: () => number, maxMs = 60_000): number {
  const base = Math.min(1_000 * 2 ** (failures - 1), maxMs);
  return Math.round(base * (1 + random() / 4));
}
