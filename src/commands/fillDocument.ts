import * as vscode from 'vscode';
import { documentsBelow, isNotebookFile, maxDocuments } from '../documents/fillSources';
import { fileUriOf } from '../documents/insertionPoint';
import type { FillTarget } from '../panel/fill/fillDesk';
import type { StudioPanel } from '../panel/studioPanel';

/**
 * Opens the Studio with a plan of the images that documents lack: those that are selected in the Explorer, also in
 * folders; without arguments, as from the palette, the one that is being edited.
 */
export async function fillDocument(
  panel: Pick<StudioPanel, 'planFill' | 'showFill' | 'showPlan' | 'isFilling'>,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  if (panel.isFilling) {
    await panel.showPlan();
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Images of another plan are still being made. Wait for them, or stop it.'),
    );
    return;
  }
  const many: readonly unknown[] = Array.isArray(selected) ? selected : [];
  const uris = (many.length > 0 ? many : [clicked ?? activeDocument()]).filter(
    (uri) => uri instanceof vscode.Uri,
  );
  const [first] = uris;
  if (!first) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Open the document whose images are missing, then run this again.'),
    );
    return;
  }
  const target = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Looking for missing images'),
    },
    () => targetOf(uris, first),
  );
  const items = await panel.planFill(target);
  if (items.length > 0) return panel.showFill(target, items);
  const isUnread = target.documents.length > 0 && target.documents.every(isNotebookFile);
  await vscode.window.showInformationMessage(
    isUnread
      ? vscode.l10n.t('Open the notebook whose images are missing, then run this again.')
      : vscode.l10n.t('No image is missing in {0}.', target.title),
  );
}

function activeDocument(): vscode.Uri | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor) return fileUriOf(editor.document);
  // While a window is loading, its tabs are known before its editors.
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText) return input.uri;
  // Beside the Studio, which has the focus.
  const [beside] = vscode.window.visibleTextEditors;
  return input instanceof vscode.TabInputWebview && beside ? fileUriOf(beside.document) : undefined;
}

async function targetOf(uris: readonly vscode.Uri[], first: vscode.Uri): Promise<FillTarget> {
  const found = await Promise.all(uris.map(documentsAt));
  const documents = new Map(
    found.flatMap((each) => each.documents).map((uri) => [uri.toString(), uri]),
  );
  const isCut = found.some((each) => each.isCut);
  const names = vscode.workspace.asRelativePath(first);
  return {
    title: uris.length === 1 ? names : vscode.l10n.t('{0} and others', names),
    documents: [...documents.values()],
    ...(isCut && {
      limitText: vscode.l10n.t(
        'Only the first {0} documents of the folder were looked at.',
        maxDocuments,
      ),
    }),
  };
}

async function documentsAt(
  uri: vscode.Uri,
): Promise<{ documents: readonly vscode.Uri[]; isCut: boolean }> {
  // Its file is JSON; what is written there are its cells.
  const notebook = vscode.workspace.notebookDocuments.find(
    (each) => each.uri.toString() === uri.toString(),
  );
  if (notebook) {
    return { documents: notebook.getCells().map(({ document }) => document.uri), isCut: false };
  }
  const isFolder = await vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => false,
  );
  return isFolder ? documentsBelow(uri) : { documents: [uri], isCut: false };
}
