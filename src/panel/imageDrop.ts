import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { type InsertedPart, linkEdit } from '../documents/linkInserter';
import { maxSelected } from '../shared/galleryProtocol';
import { imagesMediaType } from '../shared/imagesMediaType';
import { idSchema } from '../shared/panelProtocol';

/** What the page puts into a drag. */
const dragSchema = z.object({ imageIds: z.array(idSchema).check(z.maxLength(maxSelected)) });

/**
 * Links images that are dragged from the Studio into a document, where they are dropped and as its language writes it.
 * @param find the image of an id; undefined for one that is not Easel's or has no place of its own yet
 */
export function registerImageDrop(
  find: (imageId: string) => Exclude<InsertedPart, string> | undefined,
): vscode.Disposable {
  const kind = vscode.DocumentDropOrPasteEditKind.Empty.append('easel', 'image');
  return vscode.languages.registerDocumentDropEditProvider(
    '*',
    {
      provideDocumentDropEdits: async (document, position, transfer) => {
        const text = await transfer.get(imagesMediaType)?.asString();
        const images = readIds(text).flatMap((id) => find(id) ?? []);
        if (images.length === 0) return undefined;
        const change = linkEdit({ document, position, place: 'cursor' }, images);
        const edit = new vscode.DocumentDropEdit('', vscode.l10n.t('Insert Image Link'), kind);
        if (change.range.isEmpty && change.range.start.isEqual(position)) {
          edit.insertText = change.newText;
        } else {
          edit.additionalEdit = new vscode.WorkspaceEdit();
          edit.additionalEdit.set(document.uri, [change]);
        }
        return edit;
      },
    },
    { dropMimeTypes: [imagesMediaType], providedDropEditKinds: [kind] },
  );
}

function readIds(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  try {
    return z.safeParse(dragSchema, JSON.parse(text)).data?.imageIds ?? [];
  } catch {
    return [];
  }
}
