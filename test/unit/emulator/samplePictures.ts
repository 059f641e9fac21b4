import { createCanvas } from '../../emulator/picture/canvas';
import { encodePng } from '../../emulator/picture/encodePng';

/** A whole PNG, all of one colour. */
export function samplePng(
  width: number,
  height: number,
  [red, green, blue] = [200, 40, 40] as readonly [number, number, number],
): Buffer {
  const canvas = createCanvas(width, height);
  for (let offset = 0; offset < canvas.pixels.length; offset += 3) {
    canvas.pixels.set([red, green, blue], offset);
  }
  return encodePng(canvas);
}

/** A PNG whose header says that it can be transparent; nobody looks at its pixels. */
export function transparentPng(width: number, height: number): Buffer {
  const png = samplePng(width, height);
  png[25] = 6; // the colour type
  return png;
}

/** The header of a GIF. */
export function gifHeader(width: number, height: number): Buffer {
  const gif = Buffer.alloc(16);
  gif.write('GIF89a');
  gif.writeUInt16LE(width, 6);
  gif.writeUInt16LE(height, 8);
  return gif;
}

/** What goes into a body. */
export function dataUrl(bytes: Buffer, mediaType = 'image/png'): string {
  return `data:${mediaType};base64,${bytes.toString('base64')}`;
}
