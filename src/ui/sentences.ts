import * as vscode from 'vscode';

// Latin and Chinese text end and join their sentences in different ways, and both meet here: the service speaks English,
// also to those who read the rest in Chinese.

/** The text with a full stop of its own script, unless it has an end already. */
export function endSentence(text: string): string {
  if (/[.!?…。！？][)"'”’）」』]?$/.test(text)) return text;
  return /[\p{Script=Han}”’）」』》】]$/u.test(text) ? `${text}。` : `${text}.`;
}

/** One paragraph; no space follows a Chinese full stop. */
export function joinSentences(sentences: readonly string[]): string {
  return sentences.reduce(
    (text, next) => text + (/(?:^|[。！？])$/.test(text) ? '' : ' ') + next,
    '',
  );
}

/** `A, B, and C`, as the language of the texts writes it. */
export function listText(items: readonly string[], language = textLanguage()): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
}

/** `A, B, or C`, as the language of the texts writes it. */
export function alternativesText(items: readonly string[]): string {
  return new Intl.ListFormat(textLanguage(), { type: 'disjunction' }).format(items);
}

/** English where there are no texts in the language of VS Code. */
function textLanguage(): string {
  return vscode.l10n.bundle ? vscode.env.language : 'en';
}
