import * as vscode from 'vscode';
import { altTextFromPrompt } from './altText';
import { linkFormatFor } from './linkFormats';
import { linkTarget } from './linkTarget';
import { siteOf } from './site';

/**
 * Links to images in Markdown, a line each, as they are right in this document; without one, from the root of the
 * image's workspace folder.
 */
export async function markdownLinks(
  images: readonly { readonly uri: vscode.Uri; readonly altText: string }[],
  document: vscode.Uri | undefined,
): Promise<string> {
  const format = linkFormatFor('markdown', '');
  const site = document && (await siteOf(document));
  return images
    .map(({ uri, altText }) => {
      const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
      const from = document ?? (root && vscode.Uri.joinPath(root, 'document'));
      return format.link(linkTarget(format, from, '', uri, site), altTextFromPrompt(altText));
    })
    .join('\n');
}
