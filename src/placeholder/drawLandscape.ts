import type { IndexedImage } from './indexedImage';
import { colourIndex, shades } from './placeholderColours';

/** So many samples across and down a pixel of an edge. */
const samples = 4;

/** The usual sign for a picture, two mountains and a sun, in the lower part of the image. */
export function drawLandscape(image: IndexedImage, seed: number): void {
  const { width, height } = image.size;
  const isMirrored = (seed >>> 8) % 2 === 1;
  const shift = (((seed >>> 9) % 16) / 16 - 0.5) * 0.12;
  const unit = Math.min(width, height * 1.6);
  const mirrored = (x: number): number => (isMirrored ? width - x : x);
  // The larger mountain and the smaller one: where their tops are and how far they reach down to each side.
  const peaks = [
    { x: mirrored(width / 2 + (shift - 0.16) * unit), y: height * 0.36, slope: 0.95 },
    { x: mirrored(width / 2 + (shift + 0.26) * unit), y: height * 0.58, slope: 0.8 },
  ];
  const skyline = (x: number): number =>
    Math.min(height * 0.9, ...peaks.map((peak) => peak.y + Math.abs(x - peak.x) * peak.slope));
  for (let x = 0; x < width; x++) {
    const edges = Array.from({ length: samples }, (_, at) => skyline(x + (at + 0.5) / samples));
    const top = Math.floor(Math.min(...edges));
    const full = Math.ceil(Math.max(...edges));
    for (let y = top; y < full; y++) {
      const covered = edges.reduce((sum, edge) => sum + Math.min(1, Math.max(0, y + 1 - edge)), 0);
      setShade(image, x, y, covered / samples);
    }
    for (let y = full; y < height; y++) image.pixels[y * width + x] = colourIndex.picture;
  }
  drawSun(image, mirrored(width / 2 + (shift + 0.24) * unit), height * 0.26, unit * 0.075);
}

function drawSun(image: IndexedImage, centreX: number, centreY: number, radius: number): void {
  for (let y = Math.floor(centreY - radius); y <= centreY + radius; y++) {
    for (let x = Math.floor(centreX - radius); x <= centreX + radius; x++) {
      const distance = Math.hypot(x + 0.5 - centreX, y + 0.5 - centreY);
      // Close enough to the part of the pixel that the circle covers.
      setShade(image, x, y, Math.min(1, Math.max(0, radius - distance + 0.5)));
    }
  }
}

/** Makes a pixel the picture's colour to a part of 0 to 1, unless it is more of it already. */
function setShade({ size, pixels }: IndexedImage, x: number, y: number, part: number): void {
  if (x < 0 || y < 0 || x >= size.width || y >= size.height) return;
  const at = y * size.width + x;
  pixels[at] = Math.max(pixels[at] ?? 0, Math.round(part * (shades - 1)));
}
