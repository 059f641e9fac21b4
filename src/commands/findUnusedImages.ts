import * as vscode from 'vscode';
import {
  findUnused,
  type OwnImage,
  type UnusedImagesOptions,
  withoutMention,
} from '../documents/unusedImages';
import { fileNameOf } from '../history/historyFilter';
import { formatSize } from '../imageModel/imageSize';
import { mayTrash, type TrashServices, trashImages } from '../ui/trashImages';
import { TextsUnread } from '../workspace/textFiles';

/** What the command is built from. */
export type FindUnusedImagesOptions = UnusedImagesOptions & TrashServices;

interface ImageItem extends vscode.QuickPickItem {
  readonly image: OwnImage;
}

/** Lists the images that Easel has made and no document mentions; those that are ticked go to the trash. */
export async function findUnusedImages(options: FindUnusedImagesOptions): Promise<void> {
  const title = vscode.l10n.t('Looking for unused images');
  const unused = await search(title, (token, report) => findUnused(options, token, report));
  if (!unused) return;
  if (unused.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Every image that Easel made in this workspace is used.'),
    );
    return;
  }
  const chosen = await pick(unused);
  if (chosen.length === 0 || !(await mayTrash(chosen, false))) return;
  // Somebody may have linked one since.
  const still = await search(title, (token, report) => withoutMention(chosen, token, report));
  if (!still) return;
  await trashImages(options, still, () => {});
  const linked = chosen.length - still.length;
  if (linked > 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Kept, because a document mentions them by now: {0}.', linked),
    );
  }
}

type Search<T> = (
  token: vscode.CancellationToken,
  report: (done: number, total: number) => void,
) => Promise<T>;

/** Undefined when the person cancelled it, or a text may have been missed: then they are told. */
async function search<T>(title: string, run: Search<T>): Promise<T | undefined> {
  try {
    return await withPercentage(title, run);
  } catch (error) {
    if (error instanceof vscode.CancellationError) return undefined;
    if (!(error instanceof TextsUnread)) throw error;
    await vscode.window.showWarningMessage(unreadMessage(error.file));
    return undefined;
  }
}

function unreadMessage(file: vscode.Uri | undefined): string {
  if (!file) {
    return vscode.l10n.t(
      'Which images are unused cannot be told: no files were found in this workspace.',
    );
  }
  return vscode.l10n.t(
    'Which images are unused cannot be told, because a file could not be read: {0}. To leave it out, add it to the setting "search.exclude".',
    vscode.workspace.asRelativePath(file),
  );
}

async function withPercentage<T>(title: string, run: Search<T>): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, token) => {
      let shown = 0;
      return run(token, (done, total) => {
        const percent = Math.floor((done / total) * 100);
        if (percent === shown) return;
        progress.report({ increment: percent - shown });
        shown = percent;
      });
    },
  );
}

/** The images that were ticked; none when the list was left. */
function pick(images: readonly OwnImage[]): Promise<readonly OwnImage[]> {
  const list = vscode.window.createQuickPick<ImageItem>();
  const open: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('open-preview'),
    tooltip: vscode.l10n.t('Open Image'),
  };
  list.title = vscode.l10n.t('Unused Images');
  list.placeholder = vscode.l10n.t('Tick the images that go to the trash');
  list.canSelectMany = true;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.ignoreFocusOut = true;
  list.items = images.map((image) => itemOf(image, [open]));
  return new Promise((resolve) => {
    list.onDidTriggerItemButton(({ item }) => {
      const uri = vscode.Uri.parse(item.image.uri, true);
      void vscode.commands.executeCommand('vscode.open', uri, { preserveFocus: true });
    });
    list.onDidAccept(() => {
      resolve(list.selectedItems.map(({ image }) => image));
      list.dispose();
    });
    list.onDidHide(() => {
      resolve([]);
      list.dispose();
    });
    list.show();
  });
}

function itemOf(image: OwnImage, buttons: readonly vscode.QuickInputButton[]): ImageItem {
  const uri = vscode.Uri.parse(image.uri, true);
  const path = vscode.workspace.asRelativePath(uri);
  const pixels = image.size && formatSize(image.size);
  const prompt = image.prompt.replace(/\s+/g, ' ').trim().slice(0, 200);
  return {
    label: fileNameOf(image.uri),
    description: path.slice(0, Math.max(0, path.lastIndexOf('/'))),
    detail: [pixels, byteText(image.byteLength), prompt].filter(Boolean).join(' · '),
    iconPath: uri,
    buttons,
    image,
  };
}

function byteText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
