import * as vscode from 'vscode';
import { atOnce } from '../generation/atOnce';
import { isPlaceholderFile } from '../workspace/placeholders';
import type { LackingLink, PlannedDocument } from './fillPlan';
import type { ImageLink } from './imageLink';
import { findImageLinks } from './imageLinks';
import { findMissingImages, type LinkingDocument, linkedFile, mayMake } from './linkedFile';
import { linkFormats } from './linkFormats';
import { proposePrompt } from './proposedPrompt';
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

/** Reads documents, and finds the links in them that lack their images. Those that are no text are left out. */
export async function readDocuments(
  uris: readonly vscode.Uri[],
): Promise<readonly PlannedDocument[]> {
  const inTurn = atOnce(readsAtOnce);
  const read = await Promise.all(uris.map((uri) => inTurn(() => readOne(uri))));
  return read.flatMap((document) => document ?? []);
}

async function readOne(uri: vscode.Uri): Promise<PlannedDocument | undefined> {
  const document = await loadDocument(uri);
  if (!document) return undefined;
  const text = document.getText();
  const links = findImageLinks(text, document.languageId, document.fileName);
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
  const site = await siteOf(uri);
  const missing = await findMissingImages(document, links, site);
  const isMissing = new Map(missing.map(({ link, file }) => [link, file]));
  const lacking = await Promise.all(
    links.map(async (link): Promise<readonly LackingLink[]> => {
      if (isMissing.has(link)) {
        const file = isMissing.get(link);
        if (file && !mayMake(file, uri)) return [];
        return [{ link, file: file?.toString(), isPlaceholder: false }];
      }
      const file = link.target === '' ? undefined : linkedFile(document, link, site);
      if (!file || !mayMake(file, uri) || !(await isPlaceholderFile(file))) return [];
      return [{ link, file: file.toString(), isPlaceholder: true }];
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
      ...{ uri, fileName: uri.fsPath, isUntitled: false },
      // The file's extension tells the rest.
      languageId: 'plaintext',
      getText: () => text,
    };
  } catch {
    return undefined;
  }
}
