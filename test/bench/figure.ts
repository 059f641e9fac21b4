/** What a figure should be; it is printed, and never fails anything. */
interface Goal {
  readonly of: 'value' | 'ratio';
  readonly is: 'below' | 'atMost' | 'atLeast';
  readonly limit: number;
}

/** A measurement before it is judged. */
export interface Measurement {
  readonly figure: string;
  readonly unit: string;
  /** In the order in which they were measured; the value is their median. */
  readonly samples: readonly number[];
  /** To what was measured beside it in the same run. */
  readonly ratio?: number;
  /** All of them have to be met; none where the figure only explains another one. */
  readonly goals?: readonly Goal[];
}

/** One figure as it is printed, in a line of JSON. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio: number | null;
  readonly goal: string | null;
  readonly passed: boolean | null;
  readonly samples: readonly number[];
}

export function toFigure({ figure, unit, samples, ratio, goals = [] }: Measurement): Figure {
  const value = median(samples);
  const isMet = ({ of, is, limit }: Goal): boolean => {
    const actual = of === 'value' ? value : (ratio ?? Number.NaN);
    if (is === 'below') return actual < limit;
    return is === 'atMost' ? actual <= limit : actual >= limit;
  };
  const words = goals.map(
    ({ of, is, limit }) => `${of === 'ratio' ? 'ratio ' : ''}${signs[is]} ${limit}`,
  );
  return {
    figure,
    value: rounded(value),
    unit,
    ratio: ratio === undefined ? null : rounded(ratio),
    goal: words.length > 0 ? words.join(', ') : null,
    passed: goals.length > 0 ? goals.every(isMet) : null,
    samples: samples.map(rounded),
  };
}

const signs = { below: '<', atMost: '≤', atLeast: '≥' } as const;

/** The one in the middle, or the mean of the two there. @throws Error without any */
function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  const upper = sorted[Math.floor(sorted.length / 2)];
  if (lower === undefined || upper === undefined) throw new Error('nothing was measured');
  return (lower + upper) / 2;
}

/** By pairs: what was measured in turns has met the same machine. */
export function medianRatio(samples: readonly number[], beside: readonly number[]): number {
  return median(samples.map((sample, index) => sample / (beside[index] ?? Number.NaN)));
}

function rounded(value: number): number {
  return Number(value.toFixed(Math.abs(value) < 10 ? 3 : 1));
}

/** Milliseconds on the clock that all processes of the machine share; only differences mean something. */
export function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The figures as a table for people. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ figure, value, unit, ratio, goal, passed }) => [
    figure,
    `${value} ${unit}`,
    ratio === null ? '' : `${ratio}`,
    goal ?? '',
    passed === null ? '' : passed ? 'met' : 'MISSED',
  ]);
  const all = [['figure', 'value', 'ratio', 'goal', ''], ...rows];
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
