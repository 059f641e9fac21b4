import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { droppedLinks } from '../documents/droppedLinks';
import type { InsertedPart } from '../documents/linkInserter';
import { maxSelected } from '../shared/galleryProtocol';
import { imagesMediaType } from '../shared/imagesMediaType';
import { idSchema } from '../shared/panelProtocol';

/** What the page puts into a drag. */
const dragSchema = z.object({ imageIds: z.array(idSchema).check(z.maxLength(maxSelected)) });

/** Where an image is that was dropped, and what it was made from; undefined for an id that is not of a finished image. */
export type FindDropped = (imageId: string) => Exclude<InsertedPart, string> | undefined;

const kind = vscode.DocumentDropOrPasteEditKind.Empty.append('easel', 'image');

/** Links images that are dragged from the Studio into any document, where they are dropped. */
export function registerImageDrop(find: FindDropped): vscode.Disposable {
  return vscode.languages.registerDocumentDropEditProvider('*', new ImageDrop(find), {
    dropMimeTypes: [imagesMediaType],
    providedDropEditKinds: [kind],
  });
}

/** Writes the links as the document's language has them. */
export class ImageDrop implements vscode.DocumentDropEditProvider {
  constructor(private readonly find: FindDropped) {}

  async provideDocumentDropEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    transfer: vscode.DataTransfer,
  ): Promise<vscode.DocumentDropEdit | undefined> {
    const text = await transfer.get(imagesMediaType)?.asString();
    const images = readIds(text).flatMap((id) => this.find(id) ?? []);
    if (images.length === 0) return undefined;
    const { insertText, additionalEdit } = await droppedLinks(document, position, images);
    const title = vscode.l10n.t('Insert Image Link');
    const edit = new vscode.DocumentDropEdit(insertText, title, kind);
    if (additionalEdit) edit.additionalEdit = additionalEdit;
    return edit;
  }
}

function readIds(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  try {
    return z.safeParse(dragSchema, JSON.parse(text)).data?.imageIds ?? [];
  } catch {
    return [];
  }
}
