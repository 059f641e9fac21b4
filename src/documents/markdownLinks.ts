import * as vscode from 'vscode';
import { altTextFromPrompt } from './altText';
import { linkFormatFor } from './linkFormats';
import { linkTarget } from './linkTarget';

/**
 * Links to images in Markdown, a line each, as they are right in this document; without one, from the root of the
 * image's workspace folder.
 */
export function markdownLinks(
  images: readonly { readonly uri: vscode.Uri; readonly altText: string }[],
  document: vscode.Uri | undefined,
): string {
  const format = linkFormatFor('markdown', '');
  return images
    .map(({ uri, altText }) => {
      const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
      const from = document ?? (root && vscode.Uri.joinPath(root, 'document'));
      return format.link(linkTarget(format, from, '', uri), altTextFromPrompt(altText));
    })
    .join('\n');
}
