import * as vscode from 'vscode';
import { recipeName } from '../workspace/fileRecipe';
import { type DroppedLinks, droppedLinks } from './droppedLinks';
import { type OwnImageProvider, uriListType } from './registerOwnImagePaste';

/** What an image was made from; undefined for one that Easel has not made. */
export type FindPrompt = (image: vscode.Uri) => Promise<string | undefined>;

const ownImageKind = vscode.DocumentDropOrPasteEditKind.Empty.append('easel', 'image');

/** More files at once are no illustration. */
const maxFiles = 100;

/**
 * Links Easel's own images that are pasted or dropped as files, each with what it was made from as its alternative text.
 * Where one of the files is not Easel's, they are left to VS Code and other extensions.
 */
export class OwnImagePaste implements OwnImageProvider {
  constructor(private readonly findPrompt: FindPrompt) {}

  async provideDocumentPasteEdits(
    document: vscode.TextDocument,
    [range]: readonly vscode.Range[],
    transfer: vscode.DataTransfer,
    _context: vscode.DocumentPasteEditContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentPasteEdit[] | undefined> {
    // A selection is replaced, and what is left of its line is where the link goes.
    if (!range) return undefined;
    const edit = await this.#links(document, range.start, transfer, token, range.isEmpty);
    if (!edit) return undefined;
    const pasted = new vscode.DocumentPasteEdit(edit.insertText, titleText(), ownImageKind);
    if (edit.additionalEdit) pasted.additionalEdit = edit.additionalEdit;
    return [pasted];
  }

  async provideDocumentDropEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    transfer: vscode.DataTransfer,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentDropEdit | undefined> {
    const edit = await this.#links(document, position, transfer, token, true);
    if (!edit) return undefined;
    const dropped = new vscode.DocumentDropEdit(edit.insertText, titleText(), ownImageKind);
    if (edit.additionalEdit) dropped.additionalEdit = edit.additionalEdit;
    return dropped;
  }

  async #links(
    document: vscode.TextDocument,
    position: vscode.Position,
    transfer: vscode.DataTransfer,
    token: vscode.CancellationToken,
    mayBeElsewhere: boolean,
  ): Promise<DroppedLinks | undefined> {
    const files = readUris(await transfer.get(uriListType)?.asString());
    if (files.length === 0 || !files.every(({ path }) => recipeName.test(path))) return undefined;
    const prompts = await Promise.all(files.map((file) => this.findPrompt(file)));
    const images = files.flatMap((uri, index) => {
      const altText = prompts[index];
      return altText === undefined ? [] : [{ uri, altText }];
    });
    if (images.length < files.length || token.isCancellationRequested) return undefined;
    return droppedLinks(document, position, images, mayBeElsewhere);
  }
}

function titleText(): string {
  return vscode.l10n.t('Insert Image Link');
}

/** One a line; lines with a `#` are comments. */
function readUris(list: string | undefined): readonly vscode.Uri[] {
  const lines = (list ?? '').split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length > maxFiles) return [];
  try {
    return lines.map((line) => vscode.Uri.parse(line.trim(), true)).map(ofThisHost);
  } catch {
    return [];
  }
}

/** A window names the files of a remote host in its own way; this host, which runs beside them, has no other name for them. */
function ofThisHost(uri: vscode.Uri): vscode.Uri {
  return uri.scheme === 'vscode-remote' ? vscode.Uri.file(uri.path) : uri;
}
