import type { ImageSize } from '../imageModel/imageModel';
import type { FoundImage } from './historyJob';

/** Which images of the history are wanted; what is absent does not matter. */
export interface HistoryFilter {
  /** Words that all have to be in the prompt, the file name or the model's name, in any order and case. */
  readonly text?: string | undefined;
  readonly modelId?: string | undefined;
  /** Milliseconds since the epoch: started then or later. */
  readonly since?: number | undefined;
  readonly shape?: 'landscape' | 'portrait' | 'square' | undefined;
  /** Made in this workspace; of no name, in a window without one. */
  readonly madeIn?: { readonly workspace: string | undefined } | undefined;
  readonly isFavourite?: boolean | undefined;
}

/** The words of a text that is looked for, as {@link searchText} has them. */
export function searchWords(text: string): readonly string[] {
  return foldCase(text).split(/\s+/).filter(Boolean);
}

/** Everything that words are looked for in. */
export function searchText({ job, image }: FoundImage, modelLabel: string): string {
  const { prompt, modelId } = job.request;
  return foldCase([prompt, fileNameOf(image.uri), modelLabel, modelId].join('\n'));
}

/** Nearly square images count as square: sides that differ by less than 3 %. */
export function shapeOf({ width, height }: ImageSize): NonNullable<HistoryFilter['shape']> {
  if (Math.abs(width / height - 1) < 0.03) return 'square';
  return width > height ? 'landscape' : 'portrait';
}

/** The file name at the end of a URI, as people read it. */
export function fileNameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a bare percent sign
  }
}

/** Also full width letters and digits become plain ones. */
function foldCase(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
