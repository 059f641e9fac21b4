/** Where the typed prompt goes in a style's text. */
export const promptSlot = '{prompt}';

/** The style's text with the typed prompt in its slot. */
export function applyStyle({ prompt }: { readonly prompt: string }, typed: string): string {
  // Not `replace`, to which a `$` in the prompt would mean something.
  return prompt.split(promptSlot).join(typed).trim();
}
