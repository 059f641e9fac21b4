import type { Measurement } from './figure';
import { pollingFigures } from './polling';

/**
 * The learning schedule after 30 observed jobs beside the official SDK's, for log-normal durations: computed, so without
 * samples of its own.
 */
export function simulatedPolling(): readonly Measurement[] {
  const figures = pollingFigures();
  return figures.flatMap(({ figure, value, unit, goal, medianMs, sigma }) => {
    if (goal === undefined) return [];
    const beside = figures.find(
      (other) =>
        other.figure === figure.replace('Easel', 'SDK') &&
        other.medianMs === medianMs &&
        other.sigma === sigma,
    );
    return [
      {
        figure: `${figure}, tasks of ${medianMs / 1000} s (sigma ${sigma})`,
        unit,
        samples: [value],
        ...(beside && { ratio: value / beside.value }),
        goals: [{ of: 'value', is: 'atMost', limit: goal }],
      } satisfies Measurement,
    ];
  });
}
