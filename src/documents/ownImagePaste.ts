import * as vscode from 'vscode';
import { recipeName } from '../workspace/fileRecipe';
import { importEdits, linkEdit } from './linkInserter';
import { linkWriterFor } from './linkWriter';
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
    const edit = await this.#edit(document, range.start, transfer, token, range.isEmpty);
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
    const edit = await this.#edit(document, position, transfer, token, true);
    if (!edit) return undefined;
    const dropped = new vscode.DocumentDropEdit(edit.insertText, titleText(), ownImageKind);
    if (edit.additionalEdit) dropped.additionalEdit = edit.additionalEdit;
    return dropped;
  }

  /** @param mayBeElsewhere false where the text has to go exactly there */
  async #edit(
    document: vscode.TextDocument,
    position: vscode.Position,
    transfer: vscode.DataTransfer,
    token: vscode.CancellationToken,
    mayBeElsewhere: boolean,
  ): Promise<
    | { readonly insertText: string; readonly additionalEdit: vscode.WorkspaceEdit | undefined }
    | undefined
  > {
    const files = readUris(await transfer.get(uriListType)?.asString());
    if (files.length === 0 || !files.every(({ path }) => recipeName.test(path))) return undefined;
    const prompts = await Promise.all(files.map((file) => this.findPrompt(file)));
    const images = files.flatMap((uri, index) => {
      const altText = prompts[index];
      return altText === undefined ? [] : [{ uri, altText }];
    });
    if (images.length < files.length || token.isCancellationRequested) return undefined;
    const writer = await linkWriterFor(document);
    const place = { document, position, place: 'cursor' } as const;
    const change = linkEdit(place, images, writer);
    const others = importEdits(place, images, writer);
    const isHere = change.range.isEmpty && change.range.start.isEqual(position);
    const insertText = isHere
      ? change.newText
      : mayBeElsewhere
        ? ''
        : images.map(({ uri, altText }) => writer.link(position, uri, altText)).join(' ');
    // Such as in a paragraph of its own, below the line.
    const elsewhere = isHere || !mayBeElsewhere ? others : [change, ...others];
    if (elsewhere.length === 0) return { insertText, additionalEdit: undefined };
    const additionalEdit = new vscode.WorkspaceEdit();
    additionalEdit.set(document.uri, elsewhere);
    return { insertText, additionalEdit };
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
