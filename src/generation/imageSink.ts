import type { GeneratedImage } from '../imageModel/imageModel';
import type { SavedImage } from './generationJob';

/** What a file is named after and where it goes. */
export interface SaveTarget {
  /** URI string of the folder asked for; made if it is not there. */
  readonly folder: string;
  readonly prompt: string;
}

/** A file that the sink wrote. */
export type SavedFile = Pick<SavedImage, 'uri' | 'keptBecause'>;

/** Where downloaded images go; the port that the workspace implements. */
export interface ImageSink {
  /**
   * Writes one image under a free name. Where the folder cannot be written, the bytes go to Easel's own storage and
   * the result says why.
   * @throws ImageGenerationError of kind `storage` when not even that was possible.
   */
  save(image: GeneratedImage, target: SaveTarget): Promise<SavedFile>;
}
