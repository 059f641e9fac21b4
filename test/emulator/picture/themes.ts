import type { Colour } from './canvas';

/** What a landscape is painted with; each colour list runs from top to bottom, or from far to near. */
export interface Theme {
  readonly name: string;
  /** A prompt with one of these words gets this theme. */
  readonly words: RegExp;
  readonly sky: readonly Colour[];
  readonly light: Colour;
  /** Distance that the light's glow reaches, as a part of the picture's shorter side. */
  readonly glow: number;
  readonly hills: readonly Colour[];
  readonly mist: Colour;
  /** How dense the clouds are, 0 to 1. */
  readonly clouds: number;
  readonly stars?: boolean;
  readonly snow?: boolean;
  readonly blossoms?: Colour;
}

function rgb(...hex: string[]): Colour[] {
  return hex.map((text) => [
    Number.parseInt(text.slice(0, 2), 16),
    Number.parseInt(text.slice(2, 4), 16),
    Number.parseInt(text.slice(4, 6), 16),
  ]);
}

function one(hex: string): Colour {
  return rgb(hex)[0] ?? [0, 0, 0];
}

/** The first theme whose words fit is used; for other prompts the seed chooses among all. */
export const themes: readonly Theme[] = [
  {
    name: 'snow',
    words: /snow|winter|\bice\b|frost|雪|冬|冰/i,
    sky: rgb('6f9ec9', 'a9c8e0', 'e6e4ea', 'fbe6d8'),
    light: one('fff4e0'),
    glow: 0.3,
    hills: rgb('b9cbe0', 'a3bad6', 'c9d7e8', '8aa3c4', '3e5574'),
    mist: one('eef3f8'),
    clouds: 0.45,
    snow: true,
  },
  {
    name: 'night',
    words: /night|moon|star|galaxy|cyber|neon|夜|月|星/i,
    sky: rgb('0b1030', '1b2456', '3d3f86', '8a6ba6'),
    light: one('fdf3d0'),
    glow: 0.13,
    hills: rgb('4b4a8c', '383a78', '272b60', '191e48', '0d1230'),
    mist: one('8f79b4'),
    clouds: 0.25,
    stars: true,
  },
  {
    name: 'sunset',
    words: /sunset|dusk|evening|autumn|fall\b|fire|fox|夕|晚|秋|落日|枫/i,
    sky: rgb('3b3a78', '8a5596', 'e8786e', 'fbc27a'),
    light: one('fff0c2'),
    glow: 0.45,
    hills: rgb('c97a80', 'a45b78', '7b4470', '532f5c', '2a1b3d'),
    mist: one('f7b58a'),
    clouds: 0.6,
  },
  {
    name: 'spring',
    words: /flower|spring|blossom|garden|cherry|花|春|樱|桃/i,
    sky: rgb('7fbfe0', 'b5dcea', 'f3e8ee', 'fde3e0'),
    light: one('fffbe6'),
    glow: 0.35,
    hills: rgb('b6cfd8', '9cc3b4', '7fb08a', '4f8a67', '25523f'),
    mist: one('fbeef0'),
    clouds: 0.5,
    blossoms: one('f6a8c0'),
  },
  {
    name: 'morning',
    words: /morning|dawn|sunrise|tea|ink|晨|朝|水墨|茶|古/i,
    sky: rgb('87a8b8', 'bccfcb', 'efe3c8', 'f8d6a8'),
    light: one('fff6dc'),
    glow: 0.5,
    hills: rgb('a9bdb9', '87a5a1', '65898a', '426a6e', '1f3d45'),
    mist: one('f3e9d6'),
    clouds: 0.4,
  },
  {
    name: 'day',
    words: /\bday\b|summer|\bsea\b|ocean|cat\b|dog\b|夏|海|晴|猫|狗/i,
    sky: rgb('2f86cf', '63aee4', 'a9d8f0', 'e4f3f2'),
    light: one('fffdf0'),
    glow: 0.3,
    hills: rgb('8fbfd0', '6fae9c', '57a06c', '3a7d4f', '184a38'),
    mist: one('dff1ee'),
    clouds: 0.75,
  },
];
