/** Red, green and blue, 0 to 255 each; fractions are kept until the colour is written. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Three bytes a pixel, row by row from the top. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

export function createCanvas(width: number, height: number): Canvas {
  return { width, height, pixels: new Uint8Array(width * height * 3) };
}

/** `share` 0 is all `from`, 1 all `to`. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

/** The colour at `position` (0 to 1) of evenly spaced stops. */
export function gradient(stops: readonly Colour[], position: number): Colour {
  const scaled = Math.min(1, Math.max(0, position)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(scaled));
  const from = stops[index] ?? [0, 0, 0];
  return mix(from, stops[index + 1] ?? from, scaled - index);
}

/** Lays a colour over one pixel; `alpha` is 0 to 1, and points outside are left out. */
export function blend(
  { width, height, pixels }: Canvas,
  x: number,
  y: number,
  colour: Colour,
  alpha: number,
): void {
  if (x < 0 || y < 0 || x >= width || y >= height || alpha <= 0) return;
  const offset = (y * width + x) * 3;
  for (let channel = 0; channel < 3; channel++) {
    const under = pixels[offset + channel] ?? 0;
    pixels[offset + channel] = under + ((colour[channel] ?? 0) - under) * Math.min(1, alpha) + 0.5;
  }
}

/** A disc with a soft edge of `softness` pixels. */
export function fillDisc(
  canvas: Canvas,
  centreX: number,
  centreY: number,
  radius: number,
  colour: Colour,
  alpha = 1,
  softness = 1,
): void {
  const reach = radius + softness;
  for (let y = Math.floor(centreY - reach); y <= centreY + reach; y++) {
    for (let x = Math.floor(centreX - reach); x <= centreX + reach; x++) {
      const outside = Math.hypot(x + 0.5 - centreX, y + 0.5 - centreY) - radius;
      blend(canvas, x, y, colour, alpha * Math.min(1, 0.5 - outside / softness));
    }
  }
}
