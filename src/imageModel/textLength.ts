import type { TextLimit } from './modelDescriptor';

/**
 * Length as the service counts it. Characters: every letter, ideograph, digit or symbol is one (Qwen-Image API
 * reference, `text`). Tokens cannot be counted without the model; the estimate is the one of Model Studio's billing
 * page: a token is about one Chinese character, or three to four Latin letters.
 */
export function textLength(text: string, unit: TextLimit['unit']): number {
  const characters = [...text];
  if (unit === 'characters') return characters.length;
  const wide = characters.filter((character) =>
    /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character),
  ).length;
  return wide + Math.ceil((characters.length - wide) / 4);
}
