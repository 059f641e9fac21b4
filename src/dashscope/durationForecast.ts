/** A part of a forecast: a normal distribution of the logarithm of a task's milliseconds. */
export interface Bell {
  readonly mean: number;
  readonly deviation: number;
  /** Its part of all tasks; those of a forecast add up to 1. */
  readonly share: number;
}

/** A way to read the past: a duration so many tasks back weighs half, and how far it is trusted before anything is known. */
interface View {
  readonly halfLife: number;
  readonly trust: number;
}

const views: readonly View[] = [
  { halfLife: 20, trust: 0.7 },
  { halfLife: 4, trust: 0.2 },
  { halfLife: 1, trust: 0.1 },
];
/** The width of the bell around each past duration, in spreads of all: wider suits one hump, narrower cold and warm starts. */
const bellWidth = 0.55;
/** What earlier forecasts of a view are worth halves over so many tasks, so that a change of the service shows soon. */
const scoreHalfLife = 12;
/** The spread that is taken for granted, and how many observations it counts for. */
const priorDeviation = 0.45;
const priorWeight = 4;
/** No view is ruled out by a single surprise: a part of the tasks takes any time around the usual one. */
const surpriseShare = 0.05;
/** Of the logarithm: two thirds of the surprises are within a factor of e. */
export const surpriseDeviation = 1;
const leastShare = 0.002;
const leastBelief = 0.02;

/**
 * What the next task may take, from the durations of earlier ones, oldest first. A long and a short memory are mixed,
 * each as far as it would have foretold the durations that came: the long one is better until the service changes.
 * @param durationsMs at least one, each above 0
 */
export function forecastDuration(durationsMs: readonly number[]): readonly Bell[] {
  const logs = durationsMs.map(Math.log);
  const scores = views.map((view) => Math.log(view.trust) + scoreOf(view, logs));
  const best = Math.max(...scores);
  const beliefs = scores.map((score) => Math.exp(score - best));
  const believed = sum(beliefs);
  const bells = views.flatMap((view, index) => {
    const belief = (beliefs[index] ?? 0) / believed;
    if (belief < leastBelief) return [];
    return viewed(view, logs).map((bell) => ({ ...bell, share: bell.share * belief }));
  });
  const total = sum(bells.map(({ share }) => share));
  return bells.map((bell) => ({ ...bell, share: bell.share / total }));
}

/** The part of tasks that end before a moment, the logarithm of its milliseconds. */
export function endedBefore(bells: readonly Bell[], logMs: number): number {
  let ended = 0;
  for (const { mean, deviation, share } of bells) {
    ended += share * normalBelow((logMs - mean) / deviation);
  }
  return ended;
}

/** The moment, as a logarithm of milliseconds, before which that part of the tasks ends. */
export function momentOf(bells: readonly Bell[], part: number): number {
  let low = Math.min(...bells.map(({ mean, deviation }) => mean - 5 * deviation));
  let high = Math.max(...bells.map(({ mean, deviation }) => mean + 5 * deviation));
  while (high - low > 0.0001) {
    const middle = (low + high) / 2;
    if (endedBefore(bells, middle) < part) low = middle;
    else high = middle;
  }
  return high;
}

/** How well the view foretold each duration from those before it; a logarithm. */
function scoreOf(view: View, logs: readonly number[]): number {
  let score = 0;
  for (let count = 1; count < logs.length; count += 1) {
    const next = logs[count] ?? 0;
    const past = logs.slice(0, count);
    const foretold = densityAt(viewed(view, past), next);
    const surprise = normalDensity((next - mean(past)) / surpriseDeviation) / surpriseDeviation;
    const worth = 2 ** ((count + 1 - logs.length) / scoreHalfLife);
    score += worth * Math.log((1 - surpriseShare) * foretold + surpriseShare * surprise);
  }
  return score;
}

/** The forecast of one view. The bells are drawn towards the mean so that they spread as much as the durations do. */
function viewed({ halfLife }: View, logs: readonly number[]): readonly Bell[] {
  const weights = logs.map((_, index) => 2 ** ((index + 1 - logs.length) / halfLife));
  const total = sum(weights);
  const shares = weights.map((weight) => weight / total);
  const centre = sum(logs.map((log, index) => log * (shares[index] ?? 0)));
  const variance = sum(logs.map((log, index) => (log - centre) ** 2 * (shares[index] ?? 0)));
  // Weighted observations tell as much as so many equal ones.
  const count = 1 / sum(shares.map((share) => share ** 2));
  const likely =
    (priorWeight * priorDeviation ** 2 + count * variance) / (priorWeight + Math.max(0, count - 1));
  const spread = likely * (1 + 1 / count);
  // Few durations lie closer together than the next ones will: then the bells are wider.
  const missing = spread - (1 - bellWidth ** 2) * variance;
  const deviation = Math.sqrt(Math.max(bellWidth ** 2 * spread, missing));
  const drawn = Math.sqrt(1 - bellWidth ** 2);
  return logs
    .map((log, index) => ({
      mean: centre + drawn * (log - centre),
      deviation,
      share: shares[index] ?? 0,
    }))
    .filter(({ share }) => share > leastShare);
}

function densityAt(bells: readonly Bell[], log: number): number {
  return sum(
    bells.map(
      ({ mean, deviation, share }) => (share * normalDensity((log - mean) / deviation)) / deviation,
    ),
  );
}

function normalDensity(deviations: number): number {
  return Math.exp(-(deviations ** 2) / 2) / Math.sqrt(2 * Math.PI);
}

/** Abramowitz and Stegun 7.1.26, right to 1e-7. */
export function normalBelow(deviations: number): number {
  const x = Math.abs(deviations) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const above = (series * Math.exp(-x * x)) / 2;
  return deviations < 0 ? above : 1 - above;
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
