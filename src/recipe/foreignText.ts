import { maxPromptLength } from './recipeText';

/** Of what another program calls things, and what it says of them. */
const maxNameLength = 100;
const maxValueLength = 1000;
const maxOthers = 60;

/** A prompt of another program; undefined where it is no text, or too long to be one. */
export function foreignPrompt(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > maxPromptLength) return undefined;
  return value.trim();
}

/** A name or a short text of another program, cut where it is long; undefined where it is none. */
export function foreignName(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return value.trim().slice(0, maxValueLength);
}

/** A seed of another program; numbers that a double does not hold exactly are no seeds. */
export function foreignSeed(value: unknown): number | undefined {
  const seed = typeof value === 'string' && /^\d{1,16}$/.test(value.trim()) ? Number(value) : value;
  return Number.isSafeInteger(seed) && typeof seed === 'number' && seed >= 0 ? seed : undefined;
}

/** What else there is, as text; what is neither text, number nor yes and no is left out. */
export function foreignOthers(entries: Iterable<readonly [string, unknown]>): {
  readonly other?: Readonly<Record<string, string>>;
} {
  const other: [string, string][] = [];
  for (const [name, value] of entries) {
    if (other.length >= maxOthers) break;
    const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
    const text = isPlain ? foreignName(String(value)) : undefined;
    if (text && name && name.length <= maxNameLength) other.push([name, text]);
  }
  return other.length > 0 ? { other: Object.fromEntries(other) } : {};
}

/** Whether a value of JSON is an object with fields. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
