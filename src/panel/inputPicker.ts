import * as vscode from 'vscode';
import type { SavedImage } from '../generation/generationJob';
import type { ImageFormat, ImageRule, InputImage } from '../imageModel/inputImage';

interface PickerItem extends vscode.QuickPickItem {
  readonly choose?: () => Promise<readonly InputImage[]>;
}

const extensions: Readonly<Record<ImageFormat, readonly string[]>> = {
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  webp: ['webp'],
  bmp: ['bmp'],
  gif: ['gif'],
  tiff: ['tif', 'tiff'],
};

const maxHistory = 30;
const maxFiles = 200;

/** Lets the person choose input images: of the history, of the workspace, any file, or an address. Empty when cancelled. */
export async function pickInputs(
  history: readonly SavedImage[],
  rule: ImageRule,
): Promise<readonly InputImage[]> {
  const recent = history.slice(0, maxHistory).map(({ uri }) => toItem(vscode.Uri.parse(uri, true)));
  const known = new Set(history.map(({ uri }) => uri));
  const endings = rule.formats.flatMap((format) => extensions[format]);
  const files = findFiles(endings).then((found) =>
    found.filter((uri) => !known.has(uri.toString())).map(toItem),
  );
  const first: readonly PickerItem[] = [
    {
      label: `$(folder-opened) ${vscode.l10n.t('Choose a File…')}`,
      alwaysShow: true,
      choose: () => chooseFiles(endings, rule.max > 1),
    },
    {
      label: `$(globe) ${vscode.l10n.t('Web Address…')}`,
      alwaysShow: true,
      choose: askForAddress,
    },
  ];
  const picked = await vscode.window.showQuickPick<PickerItem>(
    files.then((found) => [
      ...first,
      ...withTitle(vscode.l10n.t('Made with Easel'), recent),
      ...withTitle(vscode.l10n.t('In the workspace'), found),
    ]),
    { matchOnDescription: true, placeHolder: vscode.l10n.t('Choose an input image') },
  );
  return (await picked?.choose?.()) ?? [];
}

function withTitle(label: string, items: readonly PickerItem[]): readonly PickerItem[] {
  return items.length > 0 ? [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items] : [];
}

function toItem(uri: vscode.Uri): PickerItem {
  const path = vscode.workspace.asRelativePath(uri);
  const slash = path.lastIndexOf('/');
  return {
    label: path.slice(slash + 1),
    description: slash < 0 ? '' : path.slice(0, slash),
    iconPath: uri,
    choose: async () => [{ uri: uri.toString() }],
  };
}

async function findFiles(endings: readonly string[]): Promise<readonly vscode.Uri[]> {
  const any = [...endings, ...endings.map((ending) => ending.toUpperCase())].join(',');
  return vscode.workspace.findFiles(`**/*.{${any}}`, '**/node_modules/**', maxFiles);
}

async function chooseFiles(
  endings: readonly string[],
  canSelectMany: boolean,
): Promise<readonly InputImage[]> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany,
    filters: { [vscode.l10n.t('Images')]: [...endings] },
    openLabel: vscode.l10n.t('Use Image'),
    ...(folder && { defaultUri: folder }),
  });
  return (chosen ?? []).map((uri) => ({ uri: uri.toString() }));
}

async function askForAddress(): Promise<readonly InputImage[]> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Web address of an image'),
    prompt: vscode.l10n.t('The service fetches it from there, so it must be public.'),
    placeHolder: 'https://',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === '' || isWebAddress(text)
        ? undefined
        : vscode.l10n.t('This is not an address that begins with https://'),
  });
  return typed && isWebAddress(typed) ? [{ uri: typed.trim() }] : [];
}

function isWebAddress(text: string): boolean {
  const address = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  return address?.protocol === 'https:' && address.hostname.includes('.');
}
