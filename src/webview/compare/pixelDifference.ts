/** Compared at a time: a few milliseconds of work. */
const pixelsAtOnce = 1 << 18;

/**
 * The share of pixels that are not the same in two pictures of one size, from 0 to 1; the page stays responsive meanwhile.
 * @throws the signal's reason, and the browser's error for a picture that is not shown or may not be read
 */
export async function differingShare(
  first: HTMLImageElement,
  second: HTMLImageElement,
  signal: AbortSignal,
): Promise<number> {
  const bitmaps: ImageBitmap[] = [];
  try {
    // Decoded once: a picture that is drawn piece by piece may be decoded for each of them.
    for (const picture of [first, second]) bitmaps.push(await createImageBitmap(picture));
    return await compare(bitmaps, signal);
  } finally {
    for (const bitmap of bitmaps) bitmap.close();
  }
}

async function compare(
  [first, second]: readonly ImageBitmap[],
  signal: AbortSignal,
): Promise<number> {
  if (!first || !second) return 0;
  const { width, height } = first;
  const rows = Math.max(1, Math.floor(pixelsAtOnce / width));
  const canvas = new OffscreenCanvas(width, rows);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  let differing = 0;
  for (let top = 0; top < height; top += rows) {
    await nextTask();
    signal.throwIfAborted();
    const count = Math.min(rows, height - top);
    const read = (bitmap: ImageBitmap): Uint32Array => {
      context.clearRect(0, 0, width, count);
      context.drawImage(bitmap, 0, -top);
      return new Uint32Array(context.getImageData(0, 0, width, count).data.buffer);
    };
    const pixels = read(first);
    const others = read(second);
    for (let index = 0; index < pixels.length; index++) {
      if (pixels[index] !== others[index]) differing++;
    }
  }
  return differing / (width * height);
}

/** Lets clicks, keys and frames go first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
