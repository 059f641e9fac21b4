import * as vscode from 'vscode';
import { captureInsertionPoint, type InsertionPoint } from '../documents/insertionPoint';
import { type AltText, isInPlace, type JobLinks, jobContent } from '../documents/jobContent';
import { holdsLink, insertLinks } from '../documents/linkInserter';
import { showSpot } from '../documents/openSpot';
import type { LinkSpot, SavedImage } from '../generation/generationJob';

/** What can be done with a saved image, from a message or from the panel. */
export class ImageActions {
  /** The editor that had the focus last: while the panel is used, no text editor is the active one. */
  #lastEditor = vscode.window.activeTextEditor;
  readonly #subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
    if (editor) this.#lastEditor = editor;
  });

  dispose(): void {
    this.#subscription.dispose();
  }

  /** The document that a person is working on beside the panel. */
  get document(): vscode.Uri | undefined {
    return this.#editor()?.document.uri;
  }

  async open(image: SavedImage): Promise<void> {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(image.uri, true));
  }

  async reveal(image: SavedImage): Promise<void> {
    const uri = vscode.Uri.parse(image.uri, true);
    const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    await vscode.commands.executeCommand(inWorkspace ? 'revealInExplorer' : 'revealFileInOS', uri);
  }

  /** Copies the paths relative to the workspace, or the whole one for a file outside it, a line each. */
  async copyPaths(images: readonly SavedImage[]): Promise<void> {
    const paths = images.map(({ uri }) =>
      vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true), false),
    );
    await vscode.env.clipboard.writeText(paths.join('\n'));
    vscode.window.setStatusBarMessage(vscode.l10n.t('Path copied'), 3000);
  }

  /**
   * Links images at the cursor of the editor that was used last; those kept aside are given a place first.
   * @param parts of the delivery, where the texts around the images are to be inserted too
   */
  async insert(
    images: readonly SavedImage[],
    altText: AltText,
    parts?: readonly (string | number)[],
  ): Promise<void> {
    const editor = this.#editor();
    if (!editor) {
      await vscode.window.showInformationMessage(
        vscode.l10n.t(
          'Open the document that the image belongs to, place the cursor, and insert again.',
        ),
      );
      return;
    }
    await this.#insertAt(captureInsertionPoint(editor, 'cursor'), { images, altText, parts });
  }

  /**
   * Opens the document that waited for the images and links them there; at its cursor if the place is gone. As the
   * document is opened, its comment may become the links by itself.
   */
  async insertAt(spot: LinkSpot, links: JobLinks): Promise<void> {
    const point = await showSpot(spot);
    if (point) await this.#insertAt(point, links, true);
    else await this.insert(links.images, links.altText, links.parts);
  }

  async #insertAt(
    point: InsertionPoint,
    { images, altText, parts }: JobLinks,
    mayBeThere = false,
  ): Promise<void> {
    try {
      const placed = await this.findPlace(images);
      if (placed.length === 0) return;
      const isThere = async (): Promise<boolean> => mayBeThere && (await holdsLinks(point, placed));
      if (!point.replaces && (await isThere())) return;
      const outcome = await insertLinks(point, jobContent(placed, altText, parts));
      if (outcome === 'inserted' || (outcome === 'gone' && (await isThere()))) return;
      await vscode.window.showWarningMessage(
        vscode.l10n.t('The link could not be inserted: the document cannot be edited.'),
      );
    } finally {
      point.dispose();
    }
  }

  /**
   * Asks where to put the images that lie in Easel's own storage, and copies them there.
   * @returns those that lie where they belong, with their places; not the ones that the person left aside.
   */
  async findPlace(images: readonly SavedImage[]): Promise<readonly PlacedImage[]> {
    if (images.every(isInPlace)) return images;
    const save = vscode.l10n.t('Save As…');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        "The images folder could not be written to. The images are safe in Easel's own storage; choose where to put them.",
      ),
      save,
    );
    const placed: PlacedImage[] = [];
    for (const image of images) {
      if (isInPlace(image)) {
        placed.push(image);
      } else if (chosen === save) {
        const target = await saveAs(vscode.Uri.parse(image.uri, true));
        const { id, position } = image;
        if (target) placed.push({ id, position, uri: target.toString() });
      }
    }
    return placed;
  }

  #editor(): vscode.TextEditor | undefined {
    const last = this.#lastEditor;
    const { visibleTextEditors } = vscode.window;
    // The same document may be open twice: at another cursor, then.
    if (last && visibleTextEditors.includes(last)) return last;
    return visibleTextEditors.find(({ document }) => document === last?.document);
  }
}

/** An image that lies where a document may link it. */
type PlacedImage = Pick<SavedImage, 'id' | 'position' | 'uri'>;

async function holdsLinks(
  { document, position }: InsertionPoint,
  images: readonly PlacedImage[],
): Promise<boolean> {
  for (const { uri } of images) {
    if (!(await holdsLink(document, position, vscode.Uri.parse(uri, true)))) return false;
  }
  return true;
}

async function saveAs(image: vscode.Uri): Promise<vscode.Uri | undefined> {
  const name = image.path.slice(image.path.lastIndexOf('/') + 1);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog(
    folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {},
  );
  if (target) await vscode.workspace.fs.copy(image, target, { overwrite: true });
  return target;
}
