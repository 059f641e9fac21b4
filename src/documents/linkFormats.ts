import { asciidocAttribute, asciidocImagesDirectory, asciidocTarget } from './formats/asciidoc';
import { codeComment, codeImage } from './formats/code';
import { type CommentSyntax, commentSyntaxes, dataSyntaxes } from './formats/commentSyntaxes';
import { blockComment, commentLine, lineComment, markupComment } from './formats/comments';
import { cssImage } from './formats/css';
import {
  codeAttribute,
  codeUrl,
  htmlAttribute,
  htmlImage,
  htmlText,
  htmlUrl,
  vueUrl,
} from './formats/html';
import { astroImage, jsxComment, jsxImage } from './formats/jsx';
import { latexImage, latexPath, latexRootFolder, latexText } from './formats/latex';
import { markdownImage, markdownText } from './formats/markdown';
import { orgAttribute, orgImage, orgTarget } from './formats/org';
import { rstArgument, rstComment, rstImage } from './formats/restructuredText';
import { typstAnywhere, typstImage, typstString } from './formats/typst';
import { bareUrl } from './formats/url';
import { wikiImage, wikiTarget, wikiText } from './formats/wiki';

// How each language writes an image. Every function takes any path and any single line of text, and what a processor of
// the language reads back is that path and that text; what a language cannot write is told where its signs are escaped.

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
  /** Whether the path is looked up by a browser, so that it can start at the root of a web site. */
  readonly isWeb?: true;
  /** Whether the file is found without its extension. */
  readonly omitsExtension?: true;
  /**
   * The folder that relative paths start from, relative to the document's, where the text before says another one.
   * `base` is what the text further up has said.
   */
  readonly baseFolder?: (text: string, base?: string) => string | undefined;
  /** One or more lines, parted by `\n`; `path` has slashes and is not encoded. */
  readonly link: (path: string, altText: string) => string;
  /** What names the image in the link, without quotation marks or brackets; it is right with and without them. */
  readonly target: (path: string) => string;
  /** The text as it stands in the link, where quotation marks or brackets are around it. */
  readonly alt: (altText: string) => string;
  /** Any text as a comment of one line, which is neither shown nor read as markup; in plain text it has brackets. */
  readonly comment: (text: string) => string;
  /** Whether a comment goes on to the end of its line, so that nothing can stand behind it. */
  readonly commentEndsLine?: true;
  /** How to tell comments and strings of code, within which a link is the path alone. */
  readonly syntax?: CommentSyntax;
  /** Text that stands as it is in the document, where the language has signs that would be read as markup. */
  readonly text?: (text: string) => string;
}

const inline = { placement: 'inline', indentable: true, absolute: 'url' } as const;

const markdown: LinkFormat = {
  ...inline,
  languageIds: ['markdown', 'quarto', 'rmd'],
  fileExtensions: ['md', 'markdown', 'qmd', 'rmd'],
  isWeb: true,
  link: markdownImage,
  target: bareUrl,
  alt: markdownText,
  comment: markupComment,
};

const html: LinkFormat = {
  ...inline,
  languageIds: [
    ...['html', 'php', 'ejs', 'erb', 'html-eex', 'phoenix-heex', 'svelte'],
    ...['handlebars', 'mustache', 'jinja', 'jinja-html', 'django-html', 'htmldjango'],
    ...['liquid', 'nunjucks', 'njk', 'twig', 'gohtml', 'gotmpl', 'smarty'],
  ],
  fileExtensions: ['html', 'htm', 'svelte', 'hbs', 'liquid', 'njk', 'twig', 'ejs'],
  isWeb: true,
  link: (path, altText) => htmlImage(htmlUrl(path), htmlAttribute(altText)),
  target: htmlUrl,
  alt: htmlAttribute,
  comment: markupComment,
  text: htmlText,
};

/** A row a language. */
export const linkFormats: readonly LinkFormat[] = [
  markdown,
  { ...markdown, languageIds: ['mdx'], fileExtensions: ['mdx'], comment: jsxComment },
  html,
  {
    ...html,
    languageIds: ['blade', 'razor', 'aspnetcorerazor', 'edge'],
    fileExtensions: ['cshtml', 'razor'],
    link: (path, altText) => htmlImage(codeUrl(path), codeAttribute(altText)),
    target: codeUrl,
    alt: codeAttribute,
  },
  {
    ...html,
    languageIds: ['vue', 'vue-html'],
    fileExtensions: ['vue'],
    link: (path, altText) => htmlImage(vueUrl(path), htmlAttribute(altText)),
    target: vueUrl,
  },
  {
    ...html,
    languageIds: ['astro'],
    fileExtensions: ['astro'],
    link: (path, altText) => astroImage(bareUrl(path), altText),
    target: bareUrl,
  },
  {
    ...inline,
    languageIds: ['javascriptreact', 'typescriptreact'],
    fileExtensions: ['jsx', 'tsx'],
    isWeb: true,
    link: (path, altText) => jsxImage(`"${bareUrl(path)}"`, altText),
    target: bareUrl,
    alt: htmlAttribute,
    comment: jsxComment,
    text: htmlText,
  },
  {
    languageIds: ['asciidoc'],
    fileExtensions: ['adoc', 'asciidoc', 'asc'],
    placement: 'paragraph',
    indentable: false,
    absolute: 'url',
    isWeb: true,
    baseFolder: asciidocImagesDirectory,
    link: (path, altText) => `image::${asciidocTarget(path)}[${asciidocAttribute(altText)}]`,
    target: asciidocTarget,
    alt: asciidocAttribute,
    comment: (text) => lineComment('//', text),
    commentEndsLine: true,
  },
  {
    languageIds: ['restructuredtext'],
    fileExtensions: ['rst'],
    placement: 'paragraph',
    indentable: true,
    absolute: 'url',
    link: rstImage,
    target: rstArgument,
    alt: (altText) => altText,
    comment: rstComment,
    commentEndsLine: true,
  },
  {
    languageIds: ['latex', 'tex', 'latex-expl3'],
    fileExtensions: ['tex'],
    placement: 'line',
    indentable: true,
    absolute: 'path',
    omitsExtension: true,
    baseFolder: latexRootFolder,
    link: latexImage,
    target: latexPath,
    alt: latexText,
    comment: (text) => lineComment('%', text),
    commentEndsLine: true,
    text: latexText,
  },
  {
    languageIds: ['typst'],
    fileExtensions: ['typ'],
    placement: 'line',
    indentable: true,
    absolute: 'path',
    link: typstImage,
    target: typstString,
    alt: typstAnywhere,
    comment: (text) => lineComment('//', text),
    commentEndsLine: true,
  },
  {
    languageIds: ['org'],
    fileExtensions: ['org'],
    placement: 'paragraph',
    indentable: true,
    absolute: 'path',
    link: orgImage,
    target: orgTarget,
    alt: orgAttribute,
    comment: (text) => lineComment('#', text),
    commentEndsLine: true,
  },
  {
    ...inline,
    languageIds: ['css', 'scss', 'sass', 'less', 'postcss', 'stylus', 'tailwindcss'],
    fileExtensions: ['css', 'scss', 'sass', 'less'],
    link: cssImage,
    target: bareUrl,
    // There is nothing to describe an image with but a comment.
    alt: (altText) => altText.replaceAll('*/', '* /'),
    comment: (text) => blockComment('/*', '*/', text),
  },
  {
    ...inline,
    languageIds: ['wikitext', 'mediawiki'],
    fileExtensions: ['wiki', 'mediawiki', 'wikitext'],
    link: wikiImage,
    target: wikiTarget,
    alt: wikiText,
    comment: markupComment,
  },
];

/** The path alone. */
export const plainText: LinkFormat = {
  languageIds: [],
  fileExtensions: [],
  placement: 'inline',
  indentable: true,
  absolute: 'path',
  link: (path) => path,
  target: (path) => path,
  alt: (altText) => altText,
  comment: (text) => `[${commentLine(text)}]`,
};

/** The row of a language, else of the file's extension; plain text where there is none. */
export function linkFormatFor(languageId: string, fileName = ''): LinkFormat {
  const byLanguage = linkFormats.find(({ languageIds }) => languageIds.includes(languageId));
  if (byLanguage) return byLanguage;
  if (languageId !== 'plaintext') return codeFormatFor(languageId) ?? plainText;
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  const byExtension = linkFormats.find((format) => format.fileExtensions.includes(extension));
  return byExtension ?? plainText;
}

/** Code cannot show an image, so its path is in a comment; among data it is a value. */
function codeFormatFor(languageId: string): LinkFormat | undefined {
  const code = commentSyntaxes[languageId];
  const syntax = code ?? dataSyntaxes[languageId];
  if (!syntax) return undefined;
  const comment = (text: string): string => codeComment(syntax, text);
  const format: LinkFormat = {
    ...plainText,
    languageIds: [languageId],
    comment,
    ...(syntax.line ? { commentEndsLine: true } : {}),
  };
  if (!code) return format;
  const link = (path: string, altText: string): string => comment(codeImage(path, altText));
  return { ...format, placement: 'line', link, syntax };
}
