import * as vscode from 'vscode';

/** Both of VS Code's providers in one. */
export type OwnImageProvider = vscode.DocumentPasteEditProvider & vscode.DocumentDropEditProvider;

/** What VS Code's Explorer and other programs put files into a drag and on the clipboard as. */
export const uriListType = 'text/uri-list';

/** At the same place as VS Code's own for Markdown, which would have no alternative text. */
const anyDocument: vscode.DocumentSelector = [{ language: 'markdown' }, { language: '*' }];

/** Nothing is loaded before files are pasted or dropped into a text. */
export function registerOwnImagePaste(load: () => OwnImageProvider): vscode.Disposable {
  const kind = vscode.DocumentDropOrPasteEditKind.Empty.append('easel', 'image');
  const provider: OwnImageProvider = {
    provideDocumentPasteEdits: (...given) => load().provideDocumentPasteEdits?.(...given),
    provideDocumentDropEdits: (...given) => load().provideDocumentDropEdits(...given),
  };
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerDocumentPasteEditProvider(anyDocument, provider, {
      pasteMimeTypes: [uriListType],
      providedPasteEditKinds: [kind],
    }),
    languages.registerDocumentDropEditProvider(anyDocument, provider, {
      dropMimeTypes: [uriListType],
      providedDropEditKinds: [kind],
    }),
  );
}
