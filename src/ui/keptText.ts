import * as vscode from 'vscode';

/** Says that images lie in Easel's own storage. */
export function keptText(): string {
  return vscode.l10n.t(
    "The images folder could not be written to; the images are in Easel's own storage.",
  );
}
