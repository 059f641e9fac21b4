import type { PanelStrings } from '../shared/pageStrings';

/** Puts the values in the places of `{0}`, `{1}`. */
export function format(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (place, index) => String(values[Number(index)] ?? place));
}

/** Time in whole seconds, as `12 s` or `1 min 05 s`; a clock that runs behind counts as zero. */
export function formatElapsed(
  milliseconds: number,
  strings: Pick<PanelStrings, 'seconds' | 'minutesSeconds'>,
  language: string,
): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const number = new Intl.NumberFormat(language);
  if (seconds < 60) return format(strings.seconds, number.format(seconds));
  const twoDigits = new Intl.NumberFormat(language, { minimumIntegerDigits: 2 });
  return format(
    strings.minutesSeconds,
    number.format(Math.floor(seconds / 60)),
    twoDigits.format(seconds % 60),
  );
}

/** A description of a picture: screen readers cannot skip inside one, so a long prompt is cut. */
export function alternativeText(prompt: string, max = 250): string {
  const characters = [...prompt.trim()];
  return characters.length > max ? `${characters.slice(0, max).join('')}…` : characters.join('');
}
