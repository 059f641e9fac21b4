import * as vscode from 'vscode';
import type { SavedImage } from '../generation/generationJob';

/** Says where images were saved; there is at least one. */
export function savedText(images: readonly Pick<SavedImage, 'uri'>[]): string {
  const [first] = images;
  const name = first ? vscode.workspace.asRelativePath(vscode.Uri.parse(first.uri, true)) : '';
  return images.length === 1
    ? vscode.l10n.t('Saved {0}', name)
    : vscode.l10n.t('Saved {0} images, the first as {1}', images.length, name);
}
