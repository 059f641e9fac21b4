/** A repeatable source of numbers from 0 up to 1. */
export type Random = () => number;

/** Turns a text into 32 bits (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** The same seed gives the same numbers (a counter through an integer hash). */
export function createRandom(seed: number): Random {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let bits = counter;
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** A smooth curve through random heights from 0 to 1, one at each whole number. */
export function createNoise(random: Random): (x: number, y?: number) => number {
  const heights = Float32Array.from({ length: 4096 }, random);
  const at = (x: number, y: number): number => heights[(x + y * 57) & 4095] ?? 0;
  const ease = (share: number): number => share * share * (3 - 2 * share);
  return (x, y = 0) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const across = ease(x - left);
    const upper = at(left, top) + (at(left + 1, top) - at(left, top)) * across;
    if (y === top) return upper;
    const lower = at(left, top + 1) + (at(left + 1, top + 1) - at(left, top + 1)) * across;
    return upper + (lower - upper) * ease(y - top);
  };
}

/** Noise of `octaves` sizes laid over one another, again from 0 to 1. */
export function layeredNoise(
  noise: (x: number, y?: number) => number,
  x: number,
  y: number,
  octaves: number,
): number {
  let sum = 0;
  let weight = 1;
  let total = 0;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += noise(x * scale + octave * 31, y * scale + (y === 0 ? 0 : octave * 17)) * weight;
    total += weight;
    weight /= 2;
    scale *= 2;
  }
  return sum / total;
}
