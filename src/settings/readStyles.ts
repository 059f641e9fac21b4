import * as z from 'zod/mini';
import { promptSlot } from '../imageModel/applyStyle';

/** What a style is made of: a text with `{prompt}` in it once, and what it wants to be left out. */
export interface StyleText {
  readonly name: string;
  readonly prompt: string;
  readonly negativePrompt?: string;
}

/** What is wrong with a style, or with all of them. */
export type StyleProblem =
  | { readonly rule: 'noJson' | 'noStyles' }
  | { readonly rule: 'tooMany'; readonly max: number }
  | { readonly rule: 'noText' | 'noSlot' | 'manySlots'; readonly name: string }
  | { readonly rule: 'tooLong'; readonly name: string; readonly max: number };

/** Styles that can be used, and what is wrong with the others. */
export interface ReadStyles {
  readonly styles: readonly StyleText[];
  readonly problems: readonly StyleProblem[];
}

/** Of one source. */
const maxStyles = 100;
/** In UTF-16 units, of a style's text and of its negative prompt. */
const maxStyleLength = 4000;
/** Ids of styles go over to the page, which takes them up to 200 units long. */
const maxNameLength = 150;

const fileSchema = z.looseObject({ styles: z.record(z.string(), z.unknown()) });
const styleSchema = z.union([
  z.string(),
  z.object({ prompt: z.string(), negativePrompt: z.optional(z.string()) }),
]);

/** The styles of a project's file. */
export function readStyleFile(text: string): ReadStyles {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { styles: [], problems: [{ rule: 'noJson' }] };
  }
  const parsed = z.safeParse(fileSchema, value);
  if (!parsed.success) return { styles: [], problems: [{ rule: 'noStyles' }] };
  return readStyles(parsed.data.styles);
}

/** The styles of an object that has them by name; one that is wrong leaves the others alone. */
export function readStyles(byName: Readonly<Record<string, unknown>>): ReadStyles {
  const entries = Object.entries(byName);
  const read = entries.slice(0, maxStyles).map(([name, value]) => readStyle(name, value));
  const tooMany = { rule: 'tooMany', max: maxStyles } as const;
  return {
    styles: read.flatMap((each) => ('rule' in each ? [] : [each])),
    problems: [
      ...read.flatMap((each) => ('rule' in each ? [each] : [])),
      ...(entries.length > maxStyles ? [tooMany] : []),
    ],
  };
}

function readStyle(name: string, value: unknown): StyleText | StyleProblem {
  const parsed = z.safeParse(styleSchema, value);
  if (!parsed.success || name.trim() === '') return { rule: 'noText', name };
  const { data } = parsed;
  const { prompt, negativePrompt = '' } = typeof data === 'string' ? { prompt: data } : data;
  if (name.length > maxNameLength) return { rule: 'tooLong', name, max: maxNameLength };
  if (Math.max(prompt.length, negativePrompt.length) > maxStyleLength) {
    return { rule: 'tooLong', name, max: maxStyleLength };
  }
  const slots = prompt.split(promptSlot).length - 1;
  if (slots !== 1) return { rule: slots === 0 ? 'noSlot' : 'manySlots', name };
  return { name, prompt, ...(negativePrompt.trim() && { negativePrompt: negativePrompt.trim() }) };
}

/** What the person and the style want left out. */
export function joinNegativePrompts(typed: string, ofStyle: string | undefined): string {
  return [typed, ofStyle].filter(Boolean).join(', ');
}
