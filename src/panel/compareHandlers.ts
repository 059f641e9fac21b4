import * as vscode from 'vscode';
import type { SavedImage } from '../generation/generationJob';
import type { ComparedImage } from '../shared/galleryProtocol';
import type { EarlierVersion, GitVersions, NoVersion } from './gitVersions';
import type { HandlersOf, PanelContext } from './panelContext';

/** Shows an image of the history beside its version in git, or says why there is none. */
export async function compareWithGit(context: PanelContext, image: SavedImage): Promise<void> {
  const { services, view } = context;
  const file = vscode.Uri.parse(image.uri, true);
  const images = await pairWithGit(services.versions, { file, id: image.id }, (uri) =>
    view.toWebviewUri(uri),
  );
  if (images) context.post({ type: 'compare', images });
}

/** An image file; the id is that of the history, where it is in there. */
interface ImageFile {
  readonly file: vscode.Uri;
  readonly id?: string;
}

/** What the page compares: the version in git, then the file as it is. Undefined after a message where there is none. */
export async function pairWithGit(
  versions: GitVersions,
  { file, id }: ImageFile,
  toWebviewUri: (uri: vscode.Uri) => vscode.Uri,
): Promise<readonly [ComparedImage, ComparedImage] | undefined> {
  const found = await versions.find(file);
  if (found.kind !== 'found') {
    await vscode.window.showInformationMessage(noVersionText(found.kind, nameOf(file)));
    return undefined;
  }
  const earlier = {
    id: found.commit.hash,
    src: toWebviewUri(found.file).toString(),
    label: versionLabel(found),
    size: found.size,
    isFile: false,
  };
  // What is not in the history has no id that the page could name it by later.
  const current = {
    id: id ?? crypto.randomUUID(),
    src: toWebviewUri(file).toString(),
    label: nameOf(file),
    size: found.currentSize,
    isFile: id !== undefined,
  };
  return [earlier, current];
}

/**
 * Puts all but the accepted image in the trash, after a question.
 * @param trashImages asks nothing more, and tells the page
 */
export function acceptHandlers(
  { jobs }: Pick<PanelContext, 'jobs'>,
  trashImages: (images: readonly SavedImage[]) => Promise<void>,
): HandlersOf<'acceptImage'> {
  return {
    acceptImage: async ({ keep, trash }) => {
      const kept = nameOf(vscode.Uri.parse(jobs.image(keep).uri, true));
      const others = trash.filter((id) => id !== keep).map((id) => jobs.image(id));
      if (others.length > 0 && (await confirms(kept, others))) await trashImages(others);
    },
  };
}

async function confirms(kept: string, [first, ...more]: readonly SavedImage[]): Promise<boolean> {
  if (!first) return false;
  const question =
    more.length === 0
      ? vscode.l10n.t(
          'Keep {0} and move {1} to the trash?',
          kept,
          nameOf(vscode.Uri.parse(first.uri, true)),
        )
      : vscode.l10n.t('Keep {0} and move {1} images to the trash?', kept, more.length + 1);
  const move = vscode.l10n.t('Move to Trash');
  return (await vscode.window.showWarningMessage(question, { modal: true }, move)) === move;
}

function noVersionText(reason: NoVersion, name: string): string {
  switch (reason) {
    case 'gitOff':
      return vscode.l10n.t("VS Code's Git support is off, or Git is not installed.");
    case 'noRepository':
      return vscode.l10n.t('{0} is not in a Git repository that VS Code has open.', name);
    case 'neverCommitted':
      return vscode.l10n.t('{0} has never been committed.', name);
    case 'allEqual':
      return vscode.l10n.t('{0} is the same in every commit.', name);
    case 'tooLarge':
      return vscode.l10n.t('{0} is larger than 64 MB, which is too large to compare.', name);
    case 'noImage':
      return vscode.l10n.t('The version of {0} in Git is not an image that can be shown.', name);
  }
}

/** As `HEAD · a1b2c3d · 3 days ago`. */
function versionLabel({ commit, isHead }: EarlierVersion): string {
  const { hash, authorDate } = commit;
  const age = authorDate && ageText(Date.now() - authorDate.getTime());
  return [isHead && 'HEAD', hash.slice(0, 7), age].filter(Boolean).join(' · ');
}

const minute = 60_000;
const day = 24 * 60 * minute;
const units = [
  ['year', 365 * day],
  ['month', 30 * day],
  ['week', 7 * day],
  ['day', day],
  ['hour', 60 * minute],
  ['minute', minute],
] as const;

function ageText(milliseconds: number): string {
  const format = new Intl.RelativeTimeFormat(vscode.env.language, { numeric: 'auto' });
  const unit = units.find(([, length]) => milliseconds >= length);
  return unit
    ? format.format(-Math.floor(milliseconds / unit[1]), unit[0])
    : format.format(0, 'second');
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
