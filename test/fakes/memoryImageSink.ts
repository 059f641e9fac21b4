import type { FoundImage, ImageSink, SavedFile, SaveTarget } from '../../src/generation/imageSink';
import type { DownloadedImage } from '../../src/imageModel/imageModel';

/** Remembers what it is given, under numbered names. */
export class MemoryImageSink implements ImageSink {
  /** The path that the image was fetched into, and where it was to go. */
  readonly saved: { file: string; folder: string; prompt: string; chosen?: string | undefined }[] =
    [];
  /** Images that lie in their places already, by URI string. */
  readonly lying = new Map<string, FoundImage>();
  failWith: Error | undefined;

  async find(chosen: string): Promise<FoundImage | undefined> {
    return this.lying.get(chosen);
  }

  async save({ file }: DownloadedImage, target: SaveTarget): Promise<SavedFile> {
    if (this.failWith) throw this.failWith;
    const { folder, prompt, chosen } = target;
    const uri = chosen ?? `${folder}/${this.saved.length + 1}.png`;
    if (chosen === undefined) await target.onChosen(uri);
    this.saved.push({ file, folder, prompt, ...(chosen !== undefined && { chosen }) });
    return { uri };
  }
}
