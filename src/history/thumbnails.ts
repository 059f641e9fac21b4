import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { whenFree } from '../journal/atomicFile';
import { listFolder } from '../journal/recordFiles';
import { decodeImageHeader, type ImageHeader } from '../util/imageHeader';

/** Of one thumbnail. */
const maxBytes = 100_000;
/** In pixels, of each side. */
const maxSide = 2048;

const extensions: Readonly<Record<ImageHeader['mediaType'], string>> = {
  'image/webp': 'webp',
  'image/png': 'png',
  'image/jpeg': 'jpg',
};

/** The small pictures of the images of the history, each made once; a file each, which all windows share. */
export class Thumbnails {
  /** In the given storage. */
  readonly folder: string;
  readonly #windowId: string;
  /** Names by image; undefined until the folder was listed. */
  #names: Map<string, string> | undefined;
  #listing: Promise<void> | undefined;
  #counter = 0;

  constructor(storage: string, windowId: string) {
    this.folder = path.join(storage, 'thumbnails');
    this.#windowId = windowId;
  }

  /** Lists the folder, once; before that, it is as if there were none. */
  load(): Promise<void> {
    this.#listing ??= this.#list();
    return this.#listing;
  }

  has(imageId: string): boolean {
    return this.#names?.has(imageId) ?? false;
  }

  /** Of the file; undefined where there is none. */
  path(imageId: string): string | undefined {
    const name = this.#names?.get(imageId);
    return name === undefined ? undefined : path.join(this.folder, name);
  }

  /**
   * Keeps a picture; anything but a small WebP, PNG or JPEG, and what is for no image, is refused.
   * @returns whether it was kept @throws where the disk fails
   */
  async keep(imageId: string, bytes: Uint8Array): Promise<boolean> {
    const header = bytes.length <= maxBytes ? decodeImageHeader(bytes) : undefined;
    if (!header || !isImageId(imageId)) return false;
    if (Math.max(header.size.width, header.size.height) > maxSide) return false;
    await this.load();
    const name = `${imageId}.${extensions[header.mediaType]}`;
    await this.#write(name, bytes);
    const before = this.#names?.get(imageId);
    this.#names?.set(imageId, name);
    if (before !== undefined && before !== name) await this.#delete(before);
    return true;
  }

  async remove(imageIds: readonly string[]): Promise<void> {
    await this.load();
    for (const id of imageIds) {
      const name = this.#names?.get(id);
      if (name === undefined) continue;
      this.#names?.delete(id);
      await this.#delete(name);
    }
  }

  async #list(): Promise<void> {
    const names = await listFolder(this.folder).catch(() => []);
    this.#names = new Map(
      names.flatMap((name) => {
        const [, id, extension] = /^([\w-]+)\.(\w+)$/.exec(name) ?? [];
        const isOurs = id && isImageId(id) && Object.values(extensions).includes(extension ?? '');
        return isOurs ? [[id, name]] : [];
      }),
    );
  }

  /** Whoever reads it sees a whole picture. */
  async #write(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    this.#counter += 1;
    const temporary = path.join(this.folder, `${name}.${this.#windowId}.${this.#counter}.tmp`);
    try {
      await writeFile(temporary, bytes, { flag: 'wx', mode: 0o600 });
      await whenFree(() => rename(temporary, path.join(this.folder, name)));
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
  }

  async #delete(name: string): Promise<void> {
    await rm(path.join(this.folder, name), { force: true }).catch(() => {}); // It is only in the way of nothing.
  }
}

/** `<jobId>-<position>`; what could leave the folder, or means a device on Windows, is none. */
function isImageId(text: string): boolean {
  return /^[\w-]{1,90}-\d{1,6}$/.test(text);
}
