/** Puts a prompt in the place of the one that is there, in a way that Undo takes back. @param caret where it goes then */
export function insertPrompt(
  control: HTMLTextAreaElement,
  prompt: string,
  caret: 'start' | 'end',
): void {
  const text = asInField(prompt);
  control.focus();
  if (control.value !== text) {
    control.select();
    // Deprecated, yet the only way to change a text so that Ctrl+Z takes it back.
    document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
    if (control.value !== text) {
      control.value = text;
      control.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  }
  const at = caret === 'start' ? 0 : text.length;
  control.setSelectionRange(at, at);
  control.scrollTop = caret === 'start' ? 0 : control.scrollHeight;
}

/** A text area has no carriage returns. */
export function asInField(prompt: string): string {
  return prompt.replace(/\r\n?/g, '\n');
}
