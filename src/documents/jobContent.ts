import * as vscode from 'vscode';
import type { GenerationJob, SavedImage } from '../generation/generationJob';
import { shownPrompt } from '../imageModel/shownPrompt';
import type { InsertedPart } from './linkInserter';

/** The prompt, or that of each image by its id. */
export type AltText = string | ((imageId: string) => string);

/** What a job has to link. */
export interface JobLinks {
  readonly images: readonly SavedImage[];
  readonly altText: AltText;
  /** Texts and positions of images, where the model wrote both. */
  readonly parts: readonly (string | number)[] | undefined;
}

/** What a job has saved so far, with what the model wrote around it. */
export function linksOf({ request, state }: Pick<GenerationJob, 'request' | 'state'>): JobLinks {
  const altText = shownPrompt(request);
  if (state.status === 'cancelled') return { images: [], altText, parts: undefined };
  return { images: state.images, altText, parts: state.delivery?.parts };
}

/** False for an image that lies in Easel's own storage. */
export function isInPlace({ keptBecause }: Pick<SavedImage, 'keptBecause'>): boolean {
  return keptBecause === undefined;
}

/**
 * What a job puts into a document: its images and, where the model wrote around them, the texts in their order.
 * @param parts as the service delivered them
 */
export function jobContent(
  images: readonly Pick<SavedImage, 'id' | 'uri' | 'position'>[],
  altText: AltText,
  parts?: readonly (string | number)[],
): readonly InsertedPart[] {
  const toPart = ({ id, uri }: Pick<SavedImage, 'id' | 'uri'>): InsertedPart => ({
    uri: vscode.Uri.parse(uri, true),
    altText: typeof altText === 'string' ? altText : altText(id),
  });
  if (!parts) return images.map(toPart);
  return parts.flatMap((part): readonly InsertedPart[] => {
    if (typeof part === 'string') return part.trim() === '' ? [] : [part];
    return images.filter(({ position }) => position === part).map(toPart);
  });
}
