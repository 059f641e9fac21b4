import type { ImageLink } from './imageLink';
import { asciidocImages } from './scan/asciidocImages';
import { hasScheme, isTemplate } from './scan/decode';
import { frontMatterImages } from './scan/frontMatter';
import { htmlImages, scriptImages } from './scan/htmlImages';
import { latexImages } from './scan/latexImages';
import { markdownImages, mdxImages } from './scan/markdownImages';
import { orgImages } from './scan/orgImages';
import { restructuredTextImages } from './scan/restructuredTextImages';
import { type Scanner, type TextRange, touches } from './scan/scanner';
import { requestsIn } from './scan/todoComments';
import { typstImages } from './scan/typstImages';

/** Languages whose images are read the same way. */
interface ScannedLanguage {
  readonly languageIds: readonly string[];
  /** For documents that VS Code takes for plain text because no extension for their language is installed. */
  readonly fileExtensions: readonly string[];
  readonly scan: Scanner;
  readonly hasFrontMatter?: boolean;
}

/** A row for each way to write an image. */
const scannedLanguages: readonly ScannedLanguage[] = [
  {
    languageIds: ['markdown', 'quarto', 'rmd'],
    fileExtensions: ['md', 'markdown', 'qmd', 'rmd'],
    scan: markdownImages,
    hasFrontMatter: true,
  },
  { languageIds: ['mdx'], fileExtensions: ['mdx'], scan: mdxImages, hasFrontMatter: true },
  {
    languageIds: [
      ...['html', 'php', 'ejs', 'erb', 'html-eex', 'phoenix-heex', 'svelte', 'vue', 'vue-html'],
      ...['handlebars', 'mustache', 'jinja', 'jinja-html', 'django-html', 'htmldjango', 'xml'],
      ...['liquid', 'nunjucks', 'njk', 'twig', 'gohtml', 'gotmpl', 'smarty'],
      ...['blade', 'razor', 'aspnetcorerazor', 'edge'],
    ],
    fileExtensions: [
      'html',
      'htm',
      'vue',
      'svelte',
      'hbs',
      'liquid',
      'njk',
      'twig',
      'ejs',
      'cshtml',
    ],
    scan: htmlImages,
    hasFrontMatter: true,
  },
  {
    languageIds: ['javascriptreact', 'typescriptreact', 'astro'],
    fileExtensions: ['jsx', 'tsx', 'astro'],
    scan: scriptImages,
    hasFrontMatter: true,
  },
  { languageIds: ['latex', 'tex', 'latex-expl3'], fileExtensions: ['tex'], scan: latexImages },
  {
    languageIds: ['asciidoc'],
    fileExtensions: ['adoc', 'asciidoc', 'asc'],
    scan: asciidocImages,
    hasFrontMatter: true,
  },
  { languageIds: ['restructuredtext'], fileExtensions: ['rst'], scan: restructuredTextImages },
  { languageIds: ['typst'], fileExtensions: ['typ'], scan: typstImages },
  { languageIds: ['org'], fileExtensions: ['org'], scan: orgImages },
];

/** The languages that images are found in; comments that ask for one are found in all. */
export const languagesWithImages: readonly string[] = scannedLanguages.flatMap(
  ({ languageIds }) => languageIds,
);

/**
 * The images of a text and the places that ask for one, in order. With a range, those that touch it, or whose target
 * does; only what is needed of the text is looked at then.
 */
export function findImageLinks(
  text: string,
  languageId: string,
  fileName = '',
  range?: TextRange,
): ImageLink[] {
  const language = scannedLanguage(languageId, fileName);
  const scan = language?.scan ?? ((all: string) => requestsIn(all, () => true));
  const fields = language?.hasFrontMatter ? frontMatterImages(text) : [];
  const links = [...fields, ...scan(text, range)];
  if (!range) return links;
  return links.filter(
    (link) =>
      touches(link, range) || touches({ start: link.targetStart, end: link.targetEnd }, range),
  );
}

/** Whether a target names a file of ours, or nothing yet: neither the Web nor what is filled in later. */
export function isLocalTarget(target: string): boolean {
  if (hasScheme(target)) return /^file:/i.test(target);
  return !/^(?:\/\/|#|@\w*\/|~[@/]?\w|<)/.test(target) && !isTemplate(target);
}

function scannedLanguage(languageId: string, fileName: string): ScannedLanguage | undefined {
  const byLanguage = scannedLanguages.find((each) => each.languageIds.includes(languageId));
  if (byLanguage || languageId !== 'plaintext') return byLanguage;
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return scannedLanguages.find(({ fileExtensions }) => fileExtensions.includes(extension));
}
