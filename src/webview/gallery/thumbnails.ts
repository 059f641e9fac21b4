import type { GalleryImage } from '../../shared/galleryProtocol';
import { maxThumbnailBytes } from './galleryLimits';

/** Small pictures of images that have none yet, made one at a time. */
export interface Thumbnails {
  /** The picture, where it was made lately. */
  of(imageId: string): HTMLCanvasElement | undefined;
  /** Whether the file could not be read. */
  isGone(imageId: string): boolean;
  /** The images in view that need one; those that were asked for before and are not among them wait no longer. */
  want(images: readonly GalleryImage[]): void;
  /** Tries again what was gone. */
  retry(): void;
}

/** On the longer side. */
const maxSide = 320;
/** As pictures take much memory unpacked. */
const maxKept = 80;
/** What only flies past is not made. */
const settleMs = 250;
const qualities = [0.8, 0.6, 0.4];

/** Makes small pictures; each is handed to `onBytes` once, and `onChange` says that one is made or gone. */
export function createThumbnails(parts: {
  onBytes(imageId: string, bytes: Uint8Array<ArrayBuffer>): void;
  onChange(imageId: string): void;
}): Thumbnails {
  const made = new Map<string, HTMLCanvasElement>();
  const gone = new Set<string>();
  const sent = new Set<string>();
  let waiting: readonly GalleryImage[] = [];
  let timer: number | undefined;
  let isBusy = false;

  const needs = ({ id, src }: GalleryImage): boolean =>
    src !== undefined && !made.has(id) && !gone.has(id);
  const keep = (id: string, canvas: HTMLCanvasElement): void => {
    made.set(id, canvas);
    const [oldest] = made.keys();
    if (made.size > maxKept && oldest !== undefined) made.delete(oldest);
  };
  const make = async ({ id, src = '' }: GalleryImage): Promise<void> => {
    const canvas = await smallPicture(src);
    if (!canvas) {
      gone.add(id);
      return parts.onChange(id);
    }
    keep(id, canvas);
    parts.onChange(id);
    if (sent.has(id)) return;
    sent.add(id);
    const bytes = await encode(canvas);
    if (bytes) parts.onBytes(id, bytes);
  };
  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    for (let next = waiting.find(needs); next; next = waiting.find(needs)) await make(next);
    isBusy = false;
  };
  return {
    of: (imageId) => made.get(imageId),
    isGone: (imageId) => gone.has(imageId),
    want: (images) => {
      waiting = images.filter(needs);
      clearTimeout(timer);
      if (waiting.length > 0) timer = window.setTimeout(() => void work(), settleMs);
    },
    retry: () => gone.clear(),
  };
}

/** Undefined for a file that is not there or is no picture. */
async function smallPicture(src: string): Promise<HTMLCanvasElement | undefined> {
  const image = new Image();
  // Else the canvas could not be read.
  image.crossOrigin = 'anonymous';
  image.src = src;
  try {
    await image.decode();
    const { naturalWidth, naturalHeight } = image;
    const scale = Math.min(1, maxSide / Math.max(naturalWidth, naturalHeight));
    const width = Math.max(1, Math.round(naturalWidth * scale));
    const height = Math.max(1, Math.round(naturalHeight * scale));
    // Scales away from the page's thread, unlike a canvas.
    const bitmap = await createImageBitmap(image, {
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: 'high',
    });
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    return canvas;
  } catch {
    return undefined;
  }
}

/** Undefined for a picture that stays too large. */
async function encode(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer> | undefined> {
  for (const quality of qualities) {
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/webp', quality);
    });
    if (blob && blob.size <= maxThumbnailBytes) return new Uint8Array(await blob.arrayBuffer());
  }
  return undefined;
}
