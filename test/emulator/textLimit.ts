import type { TextLimit } from './models/modelRow';

/** The part of a text that is read; `warn` hears of it when there is more. */
export function cutText(
  name: string,
  text: string,
  limit: TextLimit | undefined,
  warn: (warning: string) => void,
): string {
  if (!limit) return text;
  let length = 0;
  let end = 0;
  for (const character of text) {
    // Of tokens only the rule of thumb is known: one a Chinese character, or one in four Latin letters.
    length += limit.unit === 'characters' || /[\u2e80-\uffef]/.test(character) ? 1 : 0.25;
    if (length > limit.max) {
      warn(`${name} is longer than ${limit.max} ${limit.unit} and was cut`);
      return text.slice(0, end);
    }
    end += character.length;
  }
  return text;
}
