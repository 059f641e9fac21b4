import { posix } from 'node:path';

// An image as a module: `import fox from './assets/fox.png'`, which bundlers turn into its URL.

/** Where an import goes, in UTF-16 units, and its text. */
export interface ImportEdit {
  readonly offset: number;
  readonly text: string;
}

/** What may not name a variable, and what a module or a component has by other means. */
const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export ' +
    'extends false finally for function if implements import in instanceof interface let new null package ' +
    'private protected public return static super switch this throw true try typeof undefined var void while ' +
    'with yield React props image'
  ).split(' '),
);

/** A variable's name from a file's: letters and digits of every script, words joined in camel case. */
export function identifierFor(path: string): string {
  const name = posix.basename(path, posix.extname(path)).normalize('NFC');
  const words = name.match(/[\p{ID_Start}\p{ID_Continue}$]+/gu) ?? [];
  const joined = words
    .flatMap((word) => word.split('_'))
    .filter((word) => word !== '')
    .map((word, index) => {
      const [first = '', ...others] = word;
      return (index === 0 ? first.toLowerCase() : first.toUpperCase()) + others.join('');
    })
    .join('');
  if (/^[\p{ID_Start}$]/u.test(joined) && !reserved.has(joined)) return joined;
  // `class` becomes `classImage`, and `2024` `image2024`.
  return /^[\p{ID_Start}$]/u.test(joined) ? `${joined}Image` : `image${joined}`;
}

/** What names the file in an import, which is relative to the importing one. */
export function moduleSpecifier(relativePath: string): string {
  return relativePath.startsWith('../') ? relativePath : `./${relativePath.replace(/^\.\//, '')}`;
}

/** The variable that a text has for a file already. */
export function importedName(text: string, specifier: string): string | undefined {
  const imports = /^import\s+([\p{ID_Continue}$]+)\s+from\s+(['"])((?:\\.|(?!\2).)*)\2/gmu;
  for (const [, name, quote = "'", written] of text.matchAll(imports)) {
    if (written === quoted(specifier, quote).slice(1, -1)) return name;
  }
  return undefined;
}

/** The file's own name, with a number where the text or `taken` has it already. */
export function freeName(text: string, path: string, taken: ReadonlySet<string>): string {
  const name = identifierFor(path);
  const used = new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${number}`;
    if (!used.has(candidate) && !taken.has(candidate)) return candidate;
  }
}

/** Puts an import behind the last one, else at the top: below front matter, directives and the file's own comment. */
export function importEdit(text: string, name: string, specifier: string): ImportEdit {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const { offset, last } = placeOfImports(text);
  const quote = last?.includes('"') ? '"' : "'";
  const end = last && !last.trimEnd().endsWith(';') ? '' : ';';
  const line = `import ${name} from ${quoted(specifier, quote)}${end}`;
  if (last !== undefined) return { offset, text: `${eol}${line}` };
  const lead = offset > 0 && text[offset - 1] !== '\n' ? eol : '';
  return { offset, text: `${lead}${line}${eol}${/^\r?\n/.test(text.slice(offset)) ? '' : eol}` };
}

const header = /^(?:\uFEFF|#!.*\r?\n)?(?:---\r?\n[\s\S]*?^---[ \t]*(?:\r?\n|$))?/m;
const statement =
  /^\s*(import\b(?!\s*\()[^'";]*(['"])(?:\\.|(?!\2)[^\\\n])*\2(?:\s+with\s*\{[^}]*\})?[ \t]*;?)(?:[ \t]*\/\/[^\r\n]*)?/;
const directive = /^\s*(?:'use [a-z]+'|"use [a-z]+");?[ \t]*(?:\r?\n|$)/;
const comment = /^\s*(?:\/\/.*|\/\*[\s\S]*?\*\/)[ \t]*(?:\r?\n|$)/;

/** Behind the last import, without its line break; else where the first would go. */
function placeOfImports(text: string): { offset: number; last?: string } {
  let offset = header.exec(text)?.[0].length ?? 0;
  let found: { offset: number; last?: string } = { offset };
  for (;;) {
    const rest = text.slice(offset);
    const imported = statement.exec(rest);
    const skipped = imported ?? directive.exec(rest) ?? comment.exec(rest);
    if (!skipped) return found;
    offset += skipped[0].length;
    // A comment that a blank line parts from the code is the file's; another one belongs to what follows.
    const isOwn = directive.test(rest) || /^[ \t]*\r?\n/.test(text.slice(offset));
    if (imported) found = { offset, last: imported[1] ?? '' };
    else if (found.last === undefined && isOwn) found = { offset };
  }
}

function quoted(specifier: string, quote: string): string {
  const escaped = specifier.replace(/[\\'"]/g, (sign) =>
    sign === '\\' || sign === quote ? `\\${sign}` : sign,
  );
  return quote + escaped + quote;
}
