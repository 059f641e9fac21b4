import * as vscode from 'vscode';
import { atOnce } from '../generation/atOnce';
import { isPlaceholderFile } from '../workspace/placeholders';
import type { LackingLink, PlannedDocument } from './fillPlan';
import type { ImageLink } from './imageLink';
import { findImageLinks } from './imageLinks';
import { fileUriAt } from './insertionPoint';
import { fileFinder, findMissingImages, type LinkingDocument, mayMake } from './linkedFile';
import { linkFormats } from './linkFormats';
import { proposePrompt } from './proposedPrompt';
import type { TextRange } from './scan/scanner';
import { siteOf } from './site';

/** More documents of a folder are not looked at. */
export const maxDocuments = 2000;
/** Of a document: longer ones are data. */
const maxBytes = 8 * 1024 * 1024;
const readsAtOnce = 16;

/** The text documents below a folder, in the order of their paths; what VS Code hides from the Explorer is left out. */
export async function documentsBelow(
  folder: vscode.Uri,
): Promise<{ readonly documents: readonly vscode.Uri[]; readonly isCut: boolean }> {
  const extensions = [...new Set(linkFormats.flatMap(({ fileExtensions }) => fileExtensions))];
  const pattern = new vscode.RelativePattern(folder, `**/*.{${extensions.join(',')}}`);
  const others = '**/{node_modules,bower_components,.git}/**';
  const found = await vscode.workspace.findFiles(pattern, others, maxDocuments + 1);
  const documents = found.slice(0, maxDocuments).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { documents, isCut: found.length > maxDocuments };
}

/**
 * Reads documents, and finds the links in them that lack their images. Those that are no text are left out.
 * @param range only links that touch it, in UTF-16 units
 */
export async function readDocuments(
  uris: readonly vscode.Uri[],
  range?: TextRange,
): Promise<readonly PlannedDocument[]> {
  const inTurn = atOnce(readsAtOnce);
  const read = await Promise.all(uris.map((uri) => inTurn(() => readOne(uri, range))));
  return read.flatMap((document) => document ?? []);
}

/** The JSON of a notebook, which is not to be written into; its cells have URIs of their own. */
export function isNotebookFile({ scheme, path }: vscode.Uri): boolean {
  return scheme !== 'vscode-notebook-cell' && /\.ipynb$/i.test(path);
}

async function readOne(uri: vscode.Uri, range?: TextRange): Promise<PlannedDocument | undefined> {
  if (isNotebookFile(uri)) return undefined;
  const document = await loadDocument(uri);
  if (!document) return undefined;
  const text = document.getText();
  const links = findImageLinks(text, document.languageId, document.fileName, range);
  if (links.length === 0) return undefined;
  return {
    uri: uri.toString(),
    text,
    lacking: await lackingOf(document, links),
    promptOf: (link) => proposePrompt(text, link, document.languageId, document.fileName),
  };
}

/** Only where Easel may make a file: in the workspace, or beside a document that lies outside of one. */
async function lackingOf(
  document: LinkingDocument,
  links: readonly ImageLink[],
): Promise<readonly LackingLink[]> {
  const { uri } = document;
  const site = await siteOf(fileUriAt(uri));
  const missing = await findMissingImages(document, links, site);
  const isMissing = new Map(missing.map(({ link, file }) => [link, file]));
  const fileOf = fileFinder(document, site);
  const inTurn = atOnce(readsAtOnce);
  const lacking = await Promise.all(
    links.map(async (link): Promise<readonly LackingLink[]> => {
      const isPlaceholder = !isMissing.has(link);
      const [file] = isPlaceholder ? fileOf(link) : [isMissing.get(link)];
      if (file ? !mayMake(file, uri) : isPlaceholder) return [];
      // A document may show a thousand images, and no system opens so many files at once.
      if (file && isPlaceholder && !(await inTurn(() => isPlaceholderFile(file)))) return [];
      return [{ link, file: file?.toString(), isPlaceholder }];
    }),
  );
  return lacking.flat();
}

/** As it is in the editor; what nobody has open is read from disk, and not loaded as a document. */
async function loadDocument(uri: vscode.Uri): Promise<LinkingDocument | undefined> {
  const shown = vscode.workspace.textDocuments.find((each) => `${each.uri}` === `${uri}`);
  if (shown) return shown;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > maxBytes) return undefined;
    const bytes = await vscode.workspace.fs.readFile(uri);
    const text = await vscode.workspace.decode(bytes, { uri });
    return {
      uri,
      fileName: uri.fsPath,
      // The file's extension tells the rest.
      languageId: 'plaintext',
      getText: () => text,
    };
  } catch {
    return undefined;
  }
}
