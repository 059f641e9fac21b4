import type { ImageSink, SavedFile, SaveTarget } from '../../src/generation/imageSink';
import type { GeneratedImage } from '../../src/imageModel/imageModel';

/** Keeps what it is given in memory, under numbered names. */
export class MemoryImageSink implements ImageSink {
  readonly saved: { text: string; target: SaveTarget }[] = [];
  failWith: Error | undefined;

  async save(image: GeneratedImage, target: SaveTarget): Promise<SavedFile> {
    if (this.failWith) throw this.failWith;
    this.saved.push({ text: new TextDecoder().decode(image.bytes), target });
    return { uri: `${target.folder}/${this.saved.length}.png` };
  }
}
