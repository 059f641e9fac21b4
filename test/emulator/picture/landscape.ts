import { blend, type Canvas, type Colour, fillDisc, gradient, mix } from './canvas';
import { createNoise, createRandom, hashText, layeredNoise, type Random } from './random';
import { type Theme, themes } from './themes';

type Noise = (x: number, y?: number) => number;

/** Everything that the parts of one painting share. */
interface Scene {
  readonly canvas: Canvas;
  readonly theme: Theme;
  readonly random: Random;
  readonly noise: Noise;
  /** The shorter side: lengths are parts of it, so that every shape of picture looks alike. */
  readonly unit: number;
  readonly lightX: number;
  readonly lightY: number;
  /** The row at which a lake begins, if there is one. */
  readonly shore: number | undefined;
}

/**
 * Fills the canvas with sky, mountains, hills and perhaps a lake, as prompt and seed have it.
 * Returns the colour of the nearest hills, the darkest of all.
 */
export function paintLandscape(canvas: Canvas, prompt: string, seed: number): Colour {
  const random = createRandom(hashText(`${prompt}\n${seed}`));
  const theme = chooseTheme(prompt, random);
  const { width, height } = canvas;
  const unit = Math.min(width, height);
  const scene: Scene = {
    canvas,
    theme,
    random,
    noise: createNoise(random),
    unit,
    lightX: width * (0.18 + 0.64 * random()),
    lightY: height * (0.14 + 0.2 * random()),
    shore: random() < 0.6 ? Math.round(height * (0.62 + 0.06 * random())) : undefined,
  };
  paintSky(scene);
  if (theme.stars) scatterStars(scene);
  paintLight(scene);
  paintClouds(scene);
  const layers = theme.hills.length;
  for (let layer = 0; layer < layers; layer++) {
    if (scene.shore !== undefined && layer === 3) paintLake(scene, scene.shore);
    paintHills(scene, layer / (layers - 1));
    if (layer === 1) paintBirds(scene);
  }
  if (theme.snow) scatterFlakes(scene, [255, 255, 255]);
  if (theme.blossoms) scatterFlakes(scene, theme.blossoms);
  return gradient(theme.hills, 1);
}

function chooseTheme(prompt: string, random: Random): Theme {
  const drawn = themes[Math.floor(random() * themes.length)];
  const theme = themes.find(({ words }) => words.test(prompt)) ?? drawn;
  if (!theme) throw new Error('there are no themes');
  return theme;
}

/** A grain of less than one step of brightness, which keeps smooth areas from showing bands. */
const grain = Uint8Array.from(
  { length: 4096 },
  (() => {
    const random = createRandom(1);
    return () => random() * 255;
  })(),
);

function grainAt(x: number, y: number): number {
  return (grain[((y & 63) << 6) | (x & 63)] ?? 0) / 255;
}

function paintSky({ canvas, theme, unit, lightX, lightY }: Scene): void {
  const { width, height, pixels } = canvas;
  const reach = (theme.glow * unit) ** 2;
  for (let y = 0; y < height; y++) {
    const [red, green, blue] = gradient(theme.sky, y / (height * 0.72));
    const [lightRed, lightGreen, lightBlue] = theme.light;
    let offset = y * width * 3;
    for (let x = 0; x < width; x++) {
      const distance = (x - lightX) ** 2 + (y - lightY) ** 2;
      const glow = reach / (reach + distance);
      const share = 0.7 * glow * Math.sqrt(glow);
      const rest = grainAt(x, y);
      pixels[offset++] = red + (lightRed - red) * share + rest;
      pixels[offset++] = green + (lightGreen - green) * share + rest;
      pixels[offset++] = blue + (lightBlue - blue) * share + rest;
    }
  }
}

function scatterStars({ canvas, random, unit }: Scene): void {
  for (let count = 0; count < 260; count++) {
    const radius = unit * (0.0006 + 0.0016 * random() ** 4);
    const x = canvas.width * random();
    const y = canvas.height * 0.62 * random() ** 1.3;
    fillDisc(canvas, x, y, radius, [255, 250, 235], 0.35 + 0.65 * random(), 1.5 + radius);
  }
}

function paintLight({ canvas, theme, unit, lightX, lightY, random }: Scene): void {
  const radius = unit * (0.045 + 0.04 * random());
  fillDisc(canvas, lightX, lightY, radius, theme.light, 0.35, radius * 0.8);
  fillDisc(canvas, lightX, lightY, radius, theme.light, 0.97, 2);
}

/** Clouds are worked out at an eighth of the size and stretched: they are soft anyway. */
function paintClouds({ canvas, theme, noise, unit, random }: Scene): void {
  const step = 8;
  const columns = Math.ceil(canvas.width / step) + 2;
  const lines = Math.ceil((canvas.height * 0.66) / step) + 1;
  const drift = random() * 100;
  const density = new Float32Array(columns * (lines + 1));
  for (let line = 0; line < lines; line++) {
    const height = (line * step) / canvas.height;
    const fade = Math.min(1, height * 6) * Math.min(1, (0.66 - height) * 4);
    for (let column = 0; column < columns; column++) {
      const x = ((column * step) / unit) * 2.2 + drift;
      const y = ((line * step) / unit) * 7 + drift;
      const value = layeredNoise(noise, x, y, 5) - (0.72 - 0.3 * theme.clouds);
      density[line * columns + column] = Math.max(0, Math.min(1, value * 5)) * fade;
    }
  }
  const white = mix(theme.light, [255, 255, 255], 0.4);
  const last = (lines - 1) * step;
  for (let y = 0; y < Math.min(last, canvas.height); y++) {
    const line = Math.floor(y / step);
    const down = (y % step) / step;
    for (let x = 0; x < canvas.width; x++) {
      const index = line * columns + Math.floor(x / step);
      const across = (x % step) / step;
      const upper = lerp(density[index], density[index + 1], across);
      const lower = lerp(density[index + columns], density[index + columns + 1], across);
      const alpha = upper + (lower - upper) * down;
      if (alpha > 0.004) blend(canvas, x, y, white, alpha * 0.7);
    }
  }
}

function lerp(from = 0, to = 0, share = 0): number {
  return from + (to - from) * share;
}

/** One row of hills; `nearness` 0 is the farthest. */
function paintHills(scene: Scene, nearness: number): void {
  const { canvas, theme, unit } = scene;
  const { width, height, pixels } = canvas;
  const rise = unit * (0.36 - 0.27 * nearness) * Math.min(1.5, Math.max(1, height / width));
  const base = height * (scene.shore === undefined ? 0.6 : 0.63) + height * 0.3 * nearness;
  const ridge = drawRidge(scene, nearness, base, rise);
  const snowLine = nearness < 0.6 ? snowDepths(scene, ridge, nearness) : undefined;
  const colour = gradient(theme.hills, nearness);
  const foot = mix(colour, theme.mist, 0.8 * (1 - nearness) + 0.08);
  const snow = mix(theme.mist, [255, 255, 255], 0.6);
  const top = Math.max(0, Math.floor(ridge.reduce((least, y) => Math.min(least, y), height)));
  for (let y = top; y < height; y++) {
    const mist = Math.max(0, Math.min(1, (y - base + rise * 0.7) / (rise + unit * 0.12)));
    const ground = mix(colour, foot, mist * (2 - mist));
    for (let x = 0; x < width; x++) {
      const below = y + 1 - (ridge[x] ?? 0);
      if (below <= 0) continue;
      const white = snowLine ? Math.max(0, Math.min(1, ((snowLine[x] ?? 0) - below) / 2)) : 0;
      const cover = Math.min(1, below);
      const rest = grainAt(x, y);
      const offset = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const bare = ground[channel] ?? 0;
        const over = bare + ((snow[channel] ?? 0) - bare) * white;
        const under = pixels[offset + channel] ?? 0;
        pixels[offset + channel] = under + (over - under) * cover + rest;
      }
    }
  }
}

/** The height of the hills at each column. */
function drawRidge(
  { canvas, noise, random, unit }: Scene,
  nearness: number,
  base: number,
  rise: number,
): Float32Array {
  const start = random() * 1000;
  const ridge = new Float32Array(canvas.width);
  for (let x = 0; x < ridge.length; x++) {
    const at = start + (x / unit) * (1.7 + nearness);
    const soft = layeredNoise(noise, at, 0, 7 - Math.round(4 * nearness));
    const sharp = 1 - Math.abs(2 * soft - 1) * 1.6;
    ridge[x] = base - rise * (soft + (sharp - soft) * (1 - nearness) ** 3);
  }
  if (nearness >= 0.7) plantTrees(ridge, random, unit, nearness);
  return ridge;
}

/** Conifers as part of the outline: pointed, with a few steps of branches. */
function plantTrees(ridge: Float32Array, random: Random, unit: number, nearness: number): void {
  const count = Math.round((ridge.length / unit) * (26 + 30 * random()));
  const clearing = random() * ridge.length;
  const bare = ridge.slice();
  for (let tree = 0; tree < count; tree++) {
    const x = Math.floor(random() * ridge.length);
    const away = Math.abs(x - clearing) / ridge.length;
    const tall = unit * (0.012 + 0.055 * random() ** 2) * (nearness * 1.5 - 0.4);
    if (away < 0.22 + 0.1 * random()) continue;
    const ground = (bare[x] ?? 0) + tall * 0.08;
    const half = tall * 0.24;
    for (let side = -Math.floor(half); side <= half; side++) {
      const column = x + side;
      if (column < 0 || column >= ridge.length) continue;
      const out = Math.abs(side) / half;
      const tier = (out * 3) % 1; // the branches of a tier hang down before the next begins
      const top = ground - tall * (1 - out * 0.86 - tier * 0.1);
      ridge[column] = Math.min(ridge[column] ?? 0, top);
    }
  }
}

/** How far the snow reaches down from the ridge: far on the peaks, in tongues. */
function snowDepths(
  { canvas, noise, unit, theme }: Scene,
  ridge: Float32Array,
  nearness: number,
): Float32Array {
  const level = canvas.height * (theme.snow ? 0.58 + 0.26 * nearness : 0.46 - 0.1 * nearness);
  return ridge.map((y, x) => {
    const tongue = layeredNoise(noise, (x / unit) * 26 + nearness * 99, 0, 3) - 0.3;
    return Math.max(0, level - y) * Math.max(0.08, tongue * 1.1);
  });
}

/** Mirrors what is painted so far below the shore, a little darker and broken by ripples. */
function paintLake({ canvas, theme, noise, unit, lightX }: Scene, shore: number): void {
  const { width, height, pixels } = canvas;
  const water = mix(theme.sky[0] ?? [0, 0, 0], theme.hills.at(-1) ?? [0, 0, 0], 0.3);
  for (let y = shore; y < height; y++) {
    const below = y - shore;
    const near = below / (height - shore);
    const share = 0.18 + 0.3 * near;
    for (let x = 0; x < width; x++) {
      const ripple = noise((x / unit) * 9, (below / unit) * (140 - 80 * near)) - 0.5;
      const fromX = Math.max(0, Math.min(width - 1, Math.round(x + ripple * unit * 0.02 * near)));
      const lift = Math.round(below * 1.05 + ripple * unit * 0.03 * near);
      const fromY = Math.max(0, Math.min(shore - 1, shore - 1 - lift));
      const from = (fromY * width + fromX) * 3;
      const to = (y * width + x) * 3;
      const glint =
        ripple > 0.28 ? Math.max(0, 1 - Math.abs(x - lightX) / (unit * (0.06 + 0.12 * near))) : 0;
      for (let channel = 0; channel < 3; channel++) {
        const mirrored = pixels[from + channel] ?? 0;
        const tinted = mirrored + ((water[channel] ?? 0) - mirrored) * share;
        pixels[to + channel] = tinted + ((theme.light[channel] ?? 0) - tinted) * glint * 0.8;
      }
    }
  }
}

function paintBirds({ canvas, random, unit, theme }: Scene): void {
  if (random() < 0.35) return;
  const dark = mix(theme.hills.at(-1) ?? [0, 0, 0], theme.mist, 0.15);
  const flockX = canvas.width * (0.2 + 0.6 * random());
  const flockY = canvas.height * (0.2 + 0.18 * random());
  const count = 3 + Math.floor(random() * 5);
  for (let bird = 0; bird < count; bird++) {
    const x = flockX + unit * 0.16 * (random() - 0.5);
    const y = flockY + unit * 0.1 * (random() - 0.5);
    const span = unit * (0.008 + 0.008 * random());
    for (let step = -40; step <= 40; step++) {
      const out = step / 40;
      const lift = Math.sqrt(Math.abs(out)) - 0.75 * out * out;
      fillDisc(canvas, x + out * span, y - lift * span * 0.8, unit * 0.0006, dark, 0.35, 1);
    }
  }
}

function scatterFlakes({ canvas, random, unit }: Scene, colour: Colour): void {
  for (let count = 0; count < 240; count++) {
    const radius = unit * (0.0012 + 0.0035 * random() ** 3);
    const x = canvas.width * random();
    const y = canvas.height * random();
    fillDisc(canvas, x, y, radius, colour, 0.45 + 0.45 * random(), 1 + radius);
  }
}
