import * as vscode from 'vscode';

/** What Easel offers on links to images. */
export interface ImageLinkFeatures {
  codeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    diagnostics: readonly vscode.Diagnostic[],
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]>;
  hover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined>;
}

/** Something that could be a link to an image, or ask for one, in any language; the scanner knows better. */
const perhapsImage =
  /!\[|\[\[|<img|image|figure|includegraphics|url\(|src\s*=|\btodo\b|cover|banner|thumbnail|hero|\.(?:png|jpe?g|webp)/i;
/** In a selection that is longer, nobody looks for a lightbulb. */
const maxLines = 200;
/** What is no text of a person's own. */
const otherSchemes = new Set(['output', 'git', 'vscode-scm', 'debug', 'easel-details']);

/** Nothing is loaded before the cursor or the mouse is on a line that may have an image. */
export function registerImageActions(load: () => ImageLinkFeatures): vscode.Disposable {
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerCodeActionsProvider(
      '*',
      {
        provideCodeActions: (document, range, { diagnostics }, token) =>
          mayHaveImage(document, range)
            ? load().codeActions(document, range, diagnostics, token)
            : undefined,
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    languages.registerHoverProvider('*', {
      provideHover: (document, position, token) =>
        mayHaveImage(document, new vscode.Range(position, position))
          ? load().hover(document, position, token)
          : undefined,
    }),
  );
}

function mayHaveImage(document: vscode.TextDocument, { start, end }: vscode.Range): boolean {
  if (otherSchemes.has(document.uri.scheme) || end.line - start.line > maxLines) return false;
  for (let line = start.line; line <= end.line; line++) {
    if (perhapsImage.test(document.lineAt(line).text)) return true;
  }
  return false;
}
