import type { ImageRequest } from './imageModel';

/** The prompt as the person typed it, by which a request is shown and its files are named. */
export function shownPrompt({ prompt, typed }: Pick<ImageRequest, 'prompt' | 'typed'>): string {
  return typed?.prompt ?? prompt;
}
