import { graphemes } from '../util/graphemes';

const maxGraphemes = 120;

/**
 * The alternative text of an image made from a prompt: one line of at most 120 graphemes, the last one an ellipsis where
 * more was cut. Invisible characters that reorder text go, since they would also reorder the markup around the image.
 */
export function altTextFromPrompt(prompt: string): string {
  const line = prompt
    .toWellFormed()
    .replace(/[\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const kept = Array.from(graphemes(line), ({ segment }) => segment);
  if (kept.length <= maxGraphemes) return line;
  return `${kept
    .slice(0, maxGraphemes - 1)
    .join('')
    .trimEnd()}…`;
}
