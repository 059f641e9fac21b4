import { posix } from 'node:path';

// How each language writes an image. Every function takes any path and any single line of text, and what a processor of
// the language reads back is that path and that text.

/** One language, or several that write an image the same way. */
export interface LinkFormat {
  /** VS Code's language ids; none for the fallback. */
  readonly languageIds: readonly string[];
  /** For documents that VS Code takes for plain text because no extension for their language is installed. */
  readonly fileExtensions: readonly string[];
  /** `inline` goes between words, `line` needs a line of its own, and `paragraph` also blank lines around it. */
  readonly placement: 'inline' | 'line' | 'paragraph';
  /** Whether the image may be indented like the text around it; AsciiDoc would take it for a literal block. */
  readonly indentable: boolean;
  /** What stands for a file that has no path relative to the document: its URL, or its path in the file system. */
  readonly absolute: 'url' | 'path';
  /** The folder that relative paths start from, relative to the document's, where the text before says another one. */
  readonly baseFolder?: (textBefore: string) => string | undefined;
  /** One or more lines, parted by `\n`; `path` has slashes and is not encoded. */
  readonly link: (path: string, altText: string) => string;
  /** What names the image in the link, where only that is written. */
  readonly target: (path: string) => string;
  /** One line of text that is neither shown nor read as markup. */
  readonly comment: (text: string) => string;
  /** Text that stands as it is in the document, where the language has signs that would be read as markup. */
  readonly text?: (text: string) => string;
}

/** A row a language. */
export const linkFormats: readonly LinkFormat[] = [
  {
    languageIds: ['markdown', 'quarto', 'rmd'],
    fileExtensions: ['md', 'markdown', 'qmd', 'rmd'],
    placement: 'inline',
    indentable: true,
    absolute: 'url',
    link: (path, altText) => `![${markdownText(altText)}](${markdownDestination(path)})`,
    target: markdownDestination,
    comment: markupComment,
  },
  {
    languageIds: ['html'],
    fileExtensions: ['html', 'htm'],
    placement: 'inline',
    indentable: true,
    absolute: 'url',
    link: (path, altText) => `<img src="${htmlUrl(path)}" alt="${htmlAttribute(altText)}">`,
    target: htmlUrl,
    comment: markupComment,
    text: (text) => `<p>${htmlAttribute(text).replaceAll('\n\n', '</p>\n\n<p>')}</p>`,
  },
  {
    languageIds: ['asciidoc'],
    fileExtensions: ['adoc', 'asciidoc', 'asc'],
    placement: 'paragraph',
    indentable: false,
    absolute: 'url',
    baseFolder: asciidocImagesDirectory,
    link: (path, altText) => `image::${asciidocTarget(path)}[${asciidocAttribute(altText)}]`,
    target: asciidocTarget,
    comment: (text) => `// ${text}`,
  },
  {
    languageIds: ['restructuredtext'],
    fileExtensions: ['rst'],
    placement: 'paragraph',
    indentable: true,
    absolute: 'url',
    target: rstArgument,
    comment: (text) => `.. ${text}`,
    link: (path, altText) =>
      `.. image:: ${rstArgument(path)}${altText === '' ? '' : `\n   :alt: ${altText}`}`,
  },
  {
    languageIds: ['latex', 'tex'],
    fileExtensions: ['tex'],
    placement: 'line',
    indentable: true,
    absolute: 'path',
    baseFolder: latexRootFolder,
    // `alt` is known to graphicx since 2021 and is what tagged PDF takes for the description of the picture.
    link: (path, altText) =>
      `\\includegraphics[width=\\linewidth, alt={${latexText(altText)}}]{${latexPath(path)}}`,
    target: latexPath,
    comment: (text) => `% ${text}`,
    text: latexText,
  },
  {
    languageIds: ['typst'],
    fileExtensions: ['typ'],
    placement: 'line',
    indentable: true,
    absolute: 'path',
    link: (path, altText) => `#image(${typstString(path)}, alt: ${typstString(altText)})`,
    target: (path) => typstString(path).slice(1, -1),
    comment: (text) => `// ${text}`,
  },
];

const plainText: LinkFormat = {
  languageIds: [],
  fileExtensions: [],
  placement: 'inline',
  indentable: true,
  absolute: 'path',
  link: (path) => path,
  target: (path) => path,
  comment: (text) => `[${text}]`,
};

/** The row of a language, else of the file's extension; plain text, which is the path alone, where there is none. */
export function linkFormatFor(languageId: string, fileName = ''): LinkFormat {
  const byLanguage = linkFormats.find(({ languageIds }) => languageIds.includes(languageId));
  if (byLanguage || languageId !== 'plaintext') return byLanguage ?? plainText;
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  const byExtension = linkFormats.find((format) => format.fileExtensions.includes(extension));
  return byExtension ?? plainText;
}

/** `--` would end or spoil the comment in some readers. */
function markupComment(text: string): string {
  return `<!-- ${text.replace(/-(?=-)/g, '- ').replace(/[<>]/g, ' ')} -->`;
}

function percentEncode(text: string, characters: RegExp): string {
  return text.replace(characters, (character) =>
    Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&'),
  );
}

function characterReference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** A path as a URL, with the characters encoded that mean something there; letters of all scripts stay readable. */
function urlPath(path: string): string {
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(path);
  // A browser takes the `a:` of the relative path `a:b.png` for a scheme.
  const isMistakable = !hasScheme && /^[^/]*:/.test(path);
  return percentEncode(isMistakable ? `./${path}` : path, /[\p{Cc}%#?<>\\"`{}|^$]/gu);
}

function markdownDestination(path: string): string {
  const url = percentEncode(urlPath(path), /&(?=#?\w+;)|^ | $/g);
  return /[ ()]/.test(url) ? `<${url}>` : url;
}

/** Backticks bind tighter than the image and heed no backslash, hence the character reference. */
function markdownText(text: string): string {
  return text
    .replace(/[\\*_{}[\]<>|~^$]|&(?=#?\w+;)|:(?=\/\/)/g, '\\$&')
    .replaceAll('`', characterReference);
}

function htmlUrl(path: string): string {
  return percentEncode(urlPath(path), / /g).replaceAll('&', '&amp;');
}

/** Braces too: templates in HTML (Jinja, Liquid, Handlebars) would see a variable. */
function htmlAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[{}]/g, characterReference);
}

function asciidocTarget(path: string): string {
  // Spaces inside stay: Asciidoctor encodes them for the Web, and looks for them in a file when it makes a PDF.
  return percentEncode(urlPath(path), /[[\]&]|^ | $/g);
}

/** The last `:imagesdir:` entry, which Asciidoctor puts before every target; a URL or a site's root helps no editor. */
function asciidocImagesDirectory(textBefore: string): string | undefined {
  const entries = [...textBefore.matchAll(/^:imagesdir:[ \t]+(.*?)[ \t]*$/gm)];
  const folder = entries.at(-1)?.[1];
  return folder && !/^\/|:|\{/.test(folder) ? folder : undefined;
}

/** Character references are what Asciidoctor leaves alone in an alternative text: it would make `...` an ellipsis. */
function asciidocAttribute(text: string): string {
  const safe = text
    .replace(/&(?=#?\w+;)/g, characterReference)
    .replace(/[{\\|"]/g, characterReference)
    .replace(
      /\((?=(?:C|R|TM)\))|-(?=[->])|\.(?=\.\.)|=(?=>)|<(?=[-=])|`(?=')/g,
      characterReference,
    );
  return /^$|[,='\]]|^\s|\s$/.test(safe) ? `"${safe}"` : safe;
}

/** The path as it is, which is what Sphinx looks for, but that whitespace counts only behind a backslash. */
function rstArgument(path: string): string {
  return path.replace(/[\\ ]|^:/g, '\\$&');
}

/** TeX looks for files from where the main document is, which editors know by a comment at the top of the others. */
function latexRootFolder(textBefore: string): string | undefined {
  const root = /^%\s*!\s*TEX\s+root\s*=\s*(.*?)\s*$/im.exec(textBefore)?.[1];
  return root && posix.dirname(root.replaceAll('\\', '/'));
}

/**
 * `\string`, because a file name is expanded and not typeset. Out of reach stay names with `"`, `$name` or `{a,b}`, which
 * TeX's own file search reads its own way.
 */
function latexPath(path: string): string {
  // At the start TeX reads `~` as the home folder and a backtick as a command, and it skips spaces.
  const named = /^[~` ]/.test(path) ? `./${path}` : path;
  return named.replace(/[%#{}\\]/g, '\\string\\$&').replace(/(?<=[ /]) /g, '\\space ');
}

function latexText(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '\\': '\\textbackslash{}',
    '~': '\\textasciitilde{}',
    '^': '\\textasciicircum{}',
  };
  return text.replace(/[\\~^%#&$_{}]/g, (character) => names[character] ?? `\\${character}`);
}

function typstString(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
