/** How a programming language writes comments and strings. */
export interface CommentSyntax {
  /** What a comment to the end of the line starts with. */
  readonly line?: string;
  /** What a comment stands between. */
  readonly block?: readonly [open: string, close: string];
  /** The signs that strings stand between; those of a language that uses one for something else too are left out. */
  readonly quotes: string;
  /** Whether three of a sign hold a string of several lines. */
  readonly tripleQuotes?: true;
}

const slashes: CommentSyntax = { line: '//', block: ['/*', '*/'], quotes: '"\'' };
const script: CommentSyntax = { ...slashes, quotes: '"\'`' };
const loneQuotes: CommentSyntax = { ...slashes, quotes: '"' };
const hash: CommentSyntax = { line: '#', quotes: '"\'' };
const dashes: CommentSyntax = { line: '--', block: ['/*', '*/'], quotes: '"\'' };
const haskell: CommentSyntax = { line: '--', block: ['{-', '-}'], quotes: '"' };
const lisp: CommentSyntax = { line: ';', quotes: '"' };
const percent: CommentSyntax = { line: '%', quotes: '"' };

const families: readonly (readonly [CommentSyntax, string])[] = [
  [script, 'javascript typescript go'],
  [slashes, 'c cpp csharp cuda-cpp dart groovy java kotlin objective-c objective-cpp'],
  [slashes, 'd glsl hlsl proto proto3 shaderlab solidity vala zig'],
  [loneQuotes, 'rust scala swift fsharp systemverilog verilog wgsl'],
  [{ ...hash, tripleQuotes: true }, 'python julia gdscript elixir'],
  [hash, 'ruby perl r shellscript fish tcl crystal nim awk powershell'],
  [hash, 'cmake coffeescript dockerfile graphql makefile nix starlark terraform'],
  [dashes, 'sql plsql'],
  [{ line: '--', block: ['--[[', ']]'], quotes: '"\'' }, 'lua'],
  [{ line: '--', quotes: '"' }, 'ada vhdl applescript'],
  [haskell, 'haskell elm purescript'],
  [lisp, 'clojure commonlisp emacs-lisp lisp racket scheme'],
  [percent, 'erlang matlab octave prolog'],
  [{ block: ['(*', '*)'], quotes: '"' }, 'ocaml coq'],
  [{ line: '//', block: ['{', '}'], quotes: "'" }, 'pascal objectpascal'],
  [{ line: "'", quotes: '"' }, 'vb'],
  [{ line: '!', quotes: '"\'' }, 'fortran fortran-modern FortranFreeForm'],
  [{ line: 'REM', quotes: '"' }, 'bat'],
];

/** A language id and its comments. */
export const commentSyntaxes: Readonly<Record<string, CommentSyntax>> = byLanguage(families);

/** Languages whose documents are values: an image's path is one of them, and no comment. */
export const dataSyntaxes: Readonly<Record<string, CommentSyntax>> = byLanguage([
  [hash, 'yaml dockercompose toml dotenv properties'],
  [lisp, 'ini'],
  [loneQuotes, 'jsonc json5'],
  [{ block: ['<!--', '-->'], quotes: '"\'' }, 'xml xsl'],
]);

function byLanguage(
  rows: readonly (readonly [CommentSyntax, string])[],
): Readonly<Record<string, CommentSyntax>> {
  return Object.fromEntries(
    rows.flatMap(([syntax, ids]) => ids.split(' ').map((id) => [id, syntax] as const)),
  );
}

/**
 * Whether what follows a text is within a comment or a string. The text is read by the rules of its language as far as
 * they are common; a string ends with its line at the latest, so that a stray sign does no harm further down.
 */
export function isInCommentOrString(textBefore: string, syntax: CommentSyntax): boolean {
  let offset = 0;
  while (offset < textBefore.length) {
    const end = endOfToken(textBefore, offset, syntax);
    if (end === undefined) return true;
    offset = end;
  }
  return false;
}

/** Where what starts at an offset ends: a comment, a string, or a sign. Undefined where it is open. */
function endOfToken(text: string, offset: number, syntax: CommentSyntax): number | undefined {
  const { line, block, quotes, tripleQuotes } = syntax;
  if (block && text.startsWith(block[0], offset)) {
    return endOf(text, block[1], offset + block[0].length);
  }
  if (line && text.startsWith(line, offset) && isCommentStart(text, offset, line)) {
    return endOf(text, '\n', offset + line.length);
  }
  const sign = text[offset] ?? '';
  if (!quotes.includes(sign)) return offset + 1;
  const triple = sign.repeat(3);
  if (tripleQuotes && text.startsWith(triple, offset)) return endOf(text, triple, offset + 3);
  for (let index = offset + 1; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === sign) return index + 1;
    else if (text[index] === '\n' && sign !== '`') return index + 1;
  }
  return undefined;
}

/** A shell's `$#` and `REM` within a word start none. */
function isCommentStart(text: string, offset: number, line: string): boolean {
  return !/^[#R]/.test(line) || offset === 0 || /\s/.test(text[offset - 1] ?? '');
}

function endOf(text: string, close: string, from: number): number | undefined {
  const found = text.indexOf(close, from);
  return found < 0 ? undefined : found + close.length;
}
