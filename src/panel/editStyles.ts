import * as vscode from 'vscode';
import { styleFilePath } from '../settings/styles';

/** Opens the project's style file; where there is none, makes one with an example first. */
export async function editStyles(): Promise<void> {
  const { isTrusted, workspaceFolders = [] } = vscode.workspace;
  if (workspaceFolders.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Project styles are kept in a folder. Open one first.'),
    );
    return;
  }
  if (!isTrusted) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Project styles are not used until you trust this workspace.'),
    );
  }
  const folder =
    workspaceFolders.length > 1
      ? await vscode.window.showWorkspaceFolderPick()
      : workspaceFolders[0];
  if (!folder) return;
  const file = vscode.Uri.joinPath(folder.uri, ...styleFilePath);
  if (isTrusted) await writeUnlessThere(file);
  await vscode.window.showTextDocument(file, { viewColumn: columnBeside() });
}

async function writeUnlessThere(file: vscode.Uri): Promise<void> {
  const { fs } = vscode.workspace;
  const isThere = await fs.stat(file).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const example = {
    styles: {
      [vscode.l10n.t('Project Style')]: vscode.l10n.t(
        '{prompt}, clean vector illustration, two colors, white background',
      ),
    },
  };
  await fs.writeFile(file, new TextEncoder().encode(`${JSON.stringify(example, null, 2)}\n`));
}

/** Not over the panel. */
function columnBeside(): vscode.ViewColumn {
  const isAlone = vscode.window.tabGroups.all.length < 2;
  return isAlone ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
}
