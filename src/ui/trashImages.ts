import * as vscode from 'vscode';
import type { History } from '../history/history';
import type { Thumbnails } from '../history/thumbnails';

/** What the trashing works with. */
export interface TrashServices {
  readonly history: Pick<History, 'forget'>;
  readonly thumbnails: Pick<Thumbnails, 'remove'>;
}

/** An image file; `id` is what the history knows it by, if it does. */
export interface TrashedImage {
  readonly id?: string | undefined;
  /** URI string. */
  readonly uri: string;
}

/**
 * Moves images to the trash and out of the history. Where a disk has no trash, as on most remote machines, it is asked
 * whether they may be deleted for good.
 * @param onGone called with the ids of those whose files are gone
 */
export async function trashImages(
  { history, thumbnails }: TrashServices,
  images: readonly TrashedImage[],
  onGone: (imageIds: string[]) => void,
): Promise<void> {
  const outcomes = await Promise.all(images.map((image) => remove(image, true)));
  const left = images.filter((_, at) => outcomes[at] === 'left');
  const gone = images.filter((_, at) => outcomes[at] === 'gone');
  if (left.length > 0 && (await mayDelete(left.length))) {
    const second = await Promise.all(left.map((image) => remove(image, false)));
    gone.push(...left.filter((_, at) => second[at] === 'gone'));
    const stuck = second.filter((outcome) => outcome === 'left').length;
    if (stuck > 0) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('Not deleted: {0}. The files may be read-only or in use.', stuck),
      );
    }
  }
  const ids = gone.flatMap(({ id }) => id ?? []);
  onGone(ids);
  await history.forget(ids);
  await thumbnails.remove(ids);
}

/**
 * Asks before images go.
 * @param isLinked false where no document links to them, as far as is known
 */
export async function mayTrash(images: readonly TrashedImage[], isLinked = true): Promise<boolean> {
  const [first] = images;
  if (!first) return false;
  const name = vscode.Uri.parse(first.uri, true).path.replace(/^.*\//, '');
  const move = vscode.l10n.t('Move to Trash');
  const answer = await vscode.window.showWarningMessage(
    images.length === 1
      ? vscode.l10n.t('Move "{0}" to the trash?', name)
      : vscode.l10n.t('Move {0} images to the trash?', images.length),
    {
      modal: true,
      ...(isLinked && { detail: brokenText(images.length) }),
    },
    move,
  );
  return answer === move;
}

function brokenText(count: number): string {
  return count === 1
    ? vscode.l10n.t('Documents that link to it will show a broken image.')
    : vscode.l10n.t('Documents that link to them will show broken images.');
}

/** A file that is not there is gone too. */
async function remove({ uri }: TrashedImage, useTrash: boolean): Promise<'gone' | 'left'> {
  const file = vscode.Uri.parse(uri, true);
  try {
    await vscode.workspace.fs.delete(file, { useTrash });
    return 'gone';
  } catch (error) {
    const isMissing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    return isMissing ? 'gone' : 'left';
  }
}

async function mayDelete(count: number): Promise<boolean> {
  const remove = vscode.l10n.t('Delete');
  const answer = await vscode.window.showWarningMessage(
    count === 1
      ? vscode.l10n.t('1 image could not be moved to the trash. Delete it for good?')
      : vscode.l10n.t('{0} images could not be moved to the trash. Delete them for good?', count),
    { modal: true },
    remove,
  );
  return answer === remove;
}
