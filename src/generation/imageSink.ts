import type { DownloadedImage } from '../imageModel/imageModel';
import type { JobFile, SavedImage } from './generationJob';

/** What a file is named after and where it goes. */
export interface SaveTarget {
  /** URI string of the folder asked for; made if it is not there. */
  readonly folder: string;
  readonly prompt: string;
  /** Goes before the prompt. */
  readonly file?: JobFile | undefined;
  /** URI string that an earlier try had chosen: where a file with these bytes lies there, it is the image. */
  readonly chosen?: string | undefined;
  /** Awaited with the URI string that was chosen, before a file appears there. */
  readonly onChosen: (uri: string) => Promise<void>;
}

/** A file that the sink wrote. */
export type SavedFile = Pick<SavedImage, 'uri' | 'keptBecause'>;

/** An image that lies where it belongs already. */
export type FoundImage = SavedFile & Pick<SavedImage, 'mediaType' | 'size'>;

/** Where downloaded images go; the port that the workspace implements. */
export interface ImageSink {
  /**
   * The image that an earlier try has put under the name that it had chosen: a whole image lies there, and the file that
   * it was fetched into is gone. Undefined where that is not so.
   */
  find(chosen: string, file: string): Promise<FoundImage | undefined>;
  /**
   * Puts one image under a free name, whole or not at all, and takes its file away. Where the folder cannot be written,
   * the image goes to Easel's own storage and the result says why.
   * @throws ImageGenerationError of kind `storage` when not even that was possible; the file is still there then.
   */
  save(image: DownloadedImage, target: SaveTarget): Promise<SavedFile>;
}
