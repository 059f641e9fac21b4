import fc from 'fast-check';
import { altTextFromPrompt } from '../../../src/documents/altText';
import { awkwardAltText, awkwardPath } from './awkwardText';

/** A path and a text that some language stumbles over. */
export interface AwkwardCase {
  readonly path: string;
  readonly altText: string;
}

/** File names by what is awkward in them; each is one that some file system takes. */
const names: Readonly<Record<string, string>> = {
  plain: 'fox',
  spaces: 'a red  fox',
  spaceAtTheEnds: ' fox ',
  brackets: 'fox [1] (2) {3} <4>',
  openBracket: 'fox [',
  closingBrackets: 'fox ]] )) }}',
  singleQuote: "it's a fox",
  singleQuotes: "''fox''",
  doubleQuotes: 'a "fox"',
  backtick: 'a `fox`',
  percent: '100% fox',
  percentCode: 'fox%20%41',
  hash: 'fox #1',
  question: 'fox?w=1',
  ampersand: 'fox & cat',
  reference: 'fox&copy;&#65;&amp',
  backslash: 'fox\\cat',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
  dollar: 'fox $1$ ${x}',
  tilde: '~fox~',
  threeTildes: '~~~fox',
  caret: 'fox^2',
  pipe: 'fox|cat',
  star: '*fox*',
  underscores: '__fox__',
  colon: 'fox:cat',
  twoColons: 'fox::cat',
  comma: 'fox, cat; dog',
  equals: 'fox=cat',
  plus: 'fox+cat',
  at: '@fox/a@b',
  exclamation: '!fox!',
  hyphens: '-- fox --> cat',
  dots: '...fox...',
  template: '{{fox}} {% x %} <%= y %>',
  chinese: '狐狸，雪地（一）',
  japanese: 'きつね・キツネ',
  korean: '여우 1',
  emoji: '🦊👩‍👩‍👧',
  arabic: 'ثعلب أحمر',
  hebrew: 'שועל \u200fאדום',
  accents: 'Füchse im Schnée',
  decomposed: 'Fu\u0308chse',
  folders: 'a b/(c)/fox',
  upwards: '../../images/fox',
  digits: '2024-fox-1',
  long: 'fox '.repeat(40).trim(),
};

/** Prompts that become alternative texts. */
const prompts: readonly string[] = [
  'a red fox',
  '',
  "a \"red\" fox, it's 'quick' & <b>bold</b>",
  'line one\nline two\r\n\r\nline three\tand a tab',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
  '50% of {{foxes}} #1 $5 ${x} \\ ~ ^ _a_ *b* `c` [d](e) |f| @g',
  '雪地里的狐狸，水彩画。\n第二行 🦊',
  'ثعلب "أحمر" في الثلج \u202eabc\u202c [x]',
  'closing ]] }} --> */ %> ?> "] and opening [[ {{ <!-- /* <% <?php',
  ':alt: x :width 10 alt=y, "z", &copy; &#65; R&D https://x.example/?a=b&c=d',
  "(C) -> ... -- --- => 'quoted' `code` {counter:a} image::x[] ~~~~ __TOC__",
  '// comment # heading = title - item + item 1. item',
  'ends with a backslash \\',
];

/** At least 200, the same in every run: each name with several of the texts, then whatever the pieces make. */
export const awkwardCases: readonly AwkwardCase[] = [
  ...Object.values(names).flatMap((name, index) =>
    [0, 1, 2, 3].map((step) => ({
      path: `${name}.png`,
      altText: altTextFromPrompt(prompts[(index + step * 5) % prompts.length] ?? ''),
    })),
  ),
  ...prompts.map((prompt) => ({ path: 'assets/fox.png', altText: altTextFromPrompt(prompt) })),
  ...fc
    .sample(fc.tuple(awkwardPath, awkwardAltText), { numRuns: 150, seed: 20261128 })
    .map(([path, altText]) => ({ path, altText: altTextFromPrompt(altText) })),
];
