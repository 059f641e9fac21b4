import * as vscode from 'vscode';
import type { ImageLink } from './imageLink';
import { findImageLinks } from './imageLinks';
import { fileUriOf } from './insertionPoint';
import { findMissingImages, mayMake } from './linkedFile';
import { siteOf } from './site';

/** Of a document and a link in it, as the commands take them. */
interface LinkArgument {
  /** URI string. */
  readonly document: string;
  /** In UTF-16 units from the start of the document. */
  readonly offset: number;
}

/**
 * Offers to make the images that the links of a range lack, whether or not somebody has complained of the links. Nothing
 * is paid for by choosing one: each asks first.
 */
export async function imageCodeActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  diagnostics: readonly vscode.Diagnostic[],
  token: vscode.CancellationToken,
): Promise<vscode.CodeAction[]> {
  if (token.isCancellationRequested) return [];
  const touched = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  const text = document.getText();
  const links = findImageLinks(text, document.languageId, document.fileName, touched);
  if (links.length === 0 || token.isCancellationRequested) return [];
  const site = await siteOf(fileUriOf(document));
  if (token.isCancellationRequested) return [];
  const missing = await findMissingImages(document, links, site);
  const first = missing.find(({ file }) => !file || mayMake(file, document.uri));
  if (!first || token.isCancellationRequested) return [];
  const { start } = first.link;
  const argument: LinkArgument = { document: document.uri.toString(), offset: start };
  const complaints = diagnostics.filter((each) => isAbout(document, each, first.link));
  const fix = (title: string, command: string, value: unknown): vscode.CodeAction => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { title, command, arguments: [value] };
    action.diagnostics = complaints;
    return action;
  };
  return [
    fix(vscode.l10n.t('Generate This Image…'), 'easel.generateForLink', argument),
    fix(vscode.l10n.t('Insert Placeholder Image'), 'easel.insertPlaceholder', argument),
    fix(vscode.l10n.t('Generate All Missing Images…'), 'easel.fillDocument', document.uri),
  ];
}

/** VS Code's own, of Markdown, mark the path of the link. */
function isAbout(
  document: vscode.TextDocument,
  { range }: vscode.Diagnostic,
  { start, end, targetStart, targetEnd }: ImageLink,
): boolean {
  const from = document.offsetAt(range.start);
  const to = document.offsetAt(range.end);
  return (from >= start && to <= end) || (from >= targetStart && to <= targetEnd);
}
