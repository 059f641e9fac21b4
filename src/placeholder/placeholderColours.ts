import type { Colour } from './indexedImage';

/** So many hues, far enough apart that two beside each other are told apart. */
const hues = 12;
/** From the background to the picture on it; those between smooth the edges of the picture. */
export const shades = 5;

/** The colours of a placeholder: `shades` from the background to the picture, then these. */
export const colourIndex = { background: 0, picture: shades - 1, border: 5, text: 6 } as const;

/** The palette of a placeholder. Text has a contrast of at least 7 against everything below it. */
export function placeholderPalette(seed: number): readonly Colour[] {
  const hue = ((seed % hues) * 2 * Math.PI) / hues;
  const background = { lightness: 0.95, chroma: 0.025 };
  const picture = { lightness: 0.885, chroma: 0.055 };
  const between = Array.from({ length: shades }, (_, index) => {
    const part = index / (shades - 1);
    const { lightness, chroma } = background;
    return oklch(
      lightness + (picture.lightness - lightness) * part,
      chroma + (picture.chroma - chroma) * part,
      hue,
    );
  });
  return [...between, oklch(0.76, 0.06, hue), oklch(0.36, 0.06, hue)];
}

/** A number from a text, always the same: FNV-1a. */
export function textSeed(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // The low bits alone follow the last character too closely.
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** From Oklab, where equal lightness looks equally light in every hue; `hue` in radians. */
function oklch(lightness: number, chroma: number, hue: number): Colour {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    channel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function channel(linear: number): number {
  const bounded = Math.min(1, Math.max(0, linear));
  const curved = bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * bounded ** (1 / 2.4) - 0.055;
  return Math.round(curved * 255);
}
