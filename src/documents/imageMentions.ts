import { decodeReferences } from '../util/characterReferences';
import { wikiTarget } from './formats/wiki';
import { decodePercent } from './scan/decode';

/** TeX finds an image without being told its extension, and is written in Markdown, too. */
const texName = /\.(?:tex|ltx|sty|cls|dtx)$/i;

/**
 * Finds out which image files no text mentions. It errs on the side of a mention: a file name anywhere in a text counts,
 * in whatever folder, case and encoding, and in TeX also without its extension.
 */
export class MentionSearch {
  readonly #unmentioned: Set<string>;
  /** As they are, and as a reader of some language sees them; the same without their extensions. */
  readonly #names: readonly Lookup[];
  readonly #bases: readonly Lookup[];
  readonly #extension: RegExp | undefined;

  /** @param names file names with extensions, without folders */
  constructor(names: Iterable<string>) {
    const all = [...names];
    this.#unmentioned = new Set(all);
    this.#names = readings.map(({ name }) => new Lookup(all, name));
    this.#bases = readings.map(
      ({ name }) => new Lookup(all, (each) => name(withoutExtension(each))),
    );
    const extensions = new Set(all.map((name) => name.slice(name.lastIndexOf('.') + 1)));
    const choice = [...extensions].map((each) => each.replace(/\W/g, '')).join('|');
    this.#extension = choice === '' ? undefined : new RegExp(`\\.(?:${choice})`, 'gi');
  }

  /** The names that no text has mentioned so far. */
  get unmentioned(): ReadonlySet<string> {
    return this.#unmentioned;
  }

  /** @param fileName of the text, which tells the language */
  read(text: string, fileName: string): void {
    const extension = this.#extension;
    const isTex = texName.test(fileName) || text.includes('includegraphics');
    const hasStar = text.includes('.*');
    if (!extension || !(isTex || hasStar || text.search(extension) >= 0)) return;
    for (const [index, { text: read }] of readings.entries()) {
      const names = this.#names[index];
      const bases = this.#bases[index];
      const reading = read(text);
      this.#found(names?.endingAt(reading, extension));
      if (hasStar) this.#found(bases?.endingAt(reading, /(?=\.\*)/g));
      if (isTex) this.#found(bracedNames(reading).flatMap((name) => bases?.get(name) ?? []));
    }
  }

  #found(names: readonly string[] = []): void {
    for (const name of names) this.#unmentioned.delete(name);
  }
}

/** Texts that are looked for, each with the names that it stands for. */
class Lookup {
  readonly #byText = new Map<string, string[]>();
  readonly #lengths: readonly number[];

  constructor(names: readonly string[], toText: (name: string) => string) {
    for (const name of names) {
      const text = toText(name);
      const known = this.#byText.get(text);
      if (known) known.push(name);
      else if (text !== '') this.#byText.set(text, [name]);
    }
    this.#lengths = [...new Set([...this.#byText.keys()].map(({ length }) => length))];
  }

  get(text: string): readonly string[] {
    return this.#byText.get(text) ?? [];
  }

  /**
   * The names of which one ends where the pattern does. There are many names and few lengths: that makes one look a
   * length at each place, and not one a name.
   */
  endingAt(text: string, pattern: RegExp): readonly string[] {
    const found: string[] = [];
    for (const { index, 0: match } of text.matchAll(pattern)) {
      const end = index + match.length;
      for (const length of this.#lengths) {
        // `fox.png` is not mentioned by `red-fox.png`.
        if (length > end || /[\w-]/.test(text[end - length - 1] ?? '')) continue;
        found.push(...this.get(text.slice(end - length, end)));
      }
    }
    return found;
  }
}

/** How names and texts are made alike. */
interface Reading {
  readonly name: (name: string) => string;
  readonly text: (text: string) => string;
}

const decoded = (text: string): string => fold(decodeAll(text));
const readings: readonly Reading[] = [
  { name: fold, text: fold },
  { name: decoded, text: decoded },
  // A wiki's own names for files.
  {
    name: (name) => fold(wikiTarget(name)).replace(/^file:/, ''),
    text: (text) => (text.includes('[[') ? fold(text).replace(/[ _]+/g, ' ') : ''),
  },
];

/** As file systems compare that know neither case nor how an accent is composed. */
function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function withoutExtension(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}

/** The last parts of paths in braces, also of several with commas between them. */
function bracedNames(text: string): readonly string[] {
  return Array.from(text.matchAll(/\{([^{}\n]*)\}/g), ([, inside = '']) => inside)
    .flatMap((inside) => inside.split(','))
    .map((path) => path.slice(path.lastIndexOf('/') + 1).replace(/^[\s"]+|[\s"]+$/g, ''));
}

/**
 * Decodes until nothing is left to decode, in texts and in names: so a name with a `%20` of its own is found, too, in
 * whatever way it is escaped.
 */
function decodeAll(text: string): string {
  let current = text;
  for (let step = 0; step < 6; step++) {
    const decoded = decode(current);
    if (decoded === current) break;
    current = decoded;
  }
  return current;
}

function decode(text: string): string {
  // What is behind a backslash may be decoded further, so that comes first.
  const bare = text
    .replace(/\\string\b ?/g, '')
    .replace(/\\space\b ?/g, ' ')
    .replace(/\\(?=[^\p{L}\p{N}\n])/gu, '');
  const plain = decodeReferences(bare).replace(/\\u\{?([\da-f]{4,6})\}?/gi, (whole, hex) => {
    return fromCodePoint(Number.parseInt(hex, 16)) ?? whole;
  });
  return decodePercent(plain);
}

function fromCodePoint(codePoint: number): string | undefined {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined;
}
