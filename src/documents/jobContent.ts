import * as vscode from 'vscode';
import type { SavedImage } from '../generation/generationJob';
import type { InsertedPart } from './linkInserter';

/**
 * What a job puts into a document: its images and, where the model wrote around them, the texts in their order.
 * @param parts as the service delivered them
 */
export function jobContent(
  images: readonly Pick<SavedImage, 'uri' | 'position'>[],
  altText: string,
  parts: readonly (string | number)[] = images.map(({ position }) => position),
): readonly InsertedPart[] {
  return parts.flatMap((part): readonly InsertedPart[] => {
    if (typeof part === 'string') return part.trim() === '' ? [] : [part];
    return images
      .filter(({ position }) => position === part)
      .map(({ uri }) => ({ uri: vscode.Uri.parse(uri, true), altText }));
  });
}
