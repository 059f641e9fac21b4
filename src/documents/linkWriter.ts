import { posix } from 'node:path';
import * as vscode from 'vscode';
import { linkSettings } from '../settings/linkSettings';
import { relativePath } from '../workspace/savePath';
import { altTextFromPrompt } from './altText';
import { isInCommentOrString } from './formats/commentSyntaxes';
import { jsxImage } from './formats/jsx';
import { freeName, importEdit, importedName, moduleSpecifier } from './jsxImport';
import { type LinkFormat, linkFormatFor, plainText } from './linkFormats';
import { linkTarget, pathInSite } from './linkTarget';
import { templateFor, withTemplate } from './linkTemplates';
import { type Site, siteOf } from './site';

/** Writes links to images as one document has them: by its language, its place and its project. */
export interface LinkWriter {
  readonly format: LinkFormat;
  /** That of a document for the Web. */
  readonly site: Site | undefined;
  /** The row that is right at a place: within comments and strings of code that is plain text. */
  formatAt(position: vscode.Position): LinkFormat;
  /** The path, not encoded, by which a link at this place names the image. */
  target(position: vscode.Position, image: vscode.Uri): string;
  /** @param altText may be a whole prompt */
  link(position: vscode.Position, image: vscode.Uri, altText: string): string;
  /** What a link to the image needs elsewhere in the document; it goes with the link, in the same step. */
  importFor(position: vscode.Position, image: vscode.Uri): vscode.TextEdit | undefined;
}

/** The writer of a document, which may have no file yet. */
export async function linkWriterFor(document: vscode.TextDocument): Promise<LinkWriter> {
  const { uri } = notebookOf(document) ?? document;
  const { templates, jsxImages } = linkSettings(uri);
  const { languageId } = document;
  const template = templateFor(templates, languageId);
  const row = linkFormatFor(languageId, document.fileName);
  const format = template === undefined ? row : withTemplate(row, template);
  const site = format.isWeb ? await siteOf(uri) : undefined;
  const imports =
    jsxImages === 'import' && template === undefined && importingLanguages.has(languageId)
      ? new ImportedImages(document, site)
      : undefined;

  const textBefore = (position: vscode.Position): string =>
    document.getText(new vscode.Range(new vscode.Position(0, 0), position));
  const formatAt = (position: vscode.Position): LinkFormat => {
    const { syntax } = format;
    return syntax && isInCommentOrString(textBefore(position), syntax) ? plainText : format;
  };
  const target = (position: vscode.Position, image: vscode.Uri): string =>
    linkTarget(format, fileOf(document, image), textBefore(position), image, site);
  return {
    ...{ format, site, formatAt, target },
    link: (position, image, altText) => {
      const alt = altTextFromPrompt(altText);
      const name = imports?.nameOf(image);
      if (name !== undefined) return jsxImage(`{${name}}`, alt);
      return formatAt(position).link(target(position, image), alt);
    },
    importFor: (_, image) => imports?.editFor(image),
  };
}

const importingLanguages = new Set(['javascriptreact', 'typescriptreact', 'mdx']);

/** The variables that a document has, or will have, for its images. */
class ImportedImages {
  /** By URI, so that two images of one insertion do not share a name. */
  readonly #names = new Map<string, string>();

  constructor(
    private readonly document: vscode.TextDocument,
    private readonly site: Site | undefined,
  ) {}

  /** Undefined for an image that cannot be imported: it has no relative path, or is served as it is. */
  nameOf(image: vscode.Uri): string | undefined {
    const specifier = this.#specifier(image);
    if (specifier === undefined) return undefined;
    const text = this.document.getText();
    const key = image.toString();
    const name = importedName(text, specifier) ?? this.#names.get(key);
    if (name !== undefined) return name;
    const free = freeName(text, image.path, new Set(this.#names.values()));
    this.#names.set(key, free);
    return free;
  }

  editFor(image: vscode.Uri): vscode.TextEdit | undefined {
    const specifier = this.#specifier(image);
    const name = this.nameOf(image);
    const text = this.document.getText();
    if (specifier === undefined || name === undefined) return undefined;
    if (importedName(text, specifier) !== undefined) return undefined;
    const edit = importEdit(text, name, specifier);
    return vscode.TextEdit.insert(this.document.positionAt(edit.offset), edit.text);
  }

  #specifier(image: vscode.Uri): string | undefined {
    if (this.site && pathInSite(this.site, image) !== undefined) return undefined;
    const file = fileOf(this.document, image);
    if (file?.scheme !== image.scheme || file.authority !== image.authority) return undefined;
    const path = relativePath(posix.join(file.path), image.path);
    return path === undefined ? undefined : moduleSpecifier(path);
  }
}

/** The file that a document's relative paths start from; an untitled one counts as lying in the image's workspace folder. */
function fileOf(document: vscode.TextDocument, image: vscode.Uri): vscode.Uri | undefined {
  const { isUntitled, uri } = notebookOf(document) ?? document;
  if (!isUntitled) return uri;
  const folder = vscode.workspace.getWorkspaceFolder(image);
  return folder && vscode.Uri.joinPath(folder.uri, 'untitled');
}

/** The notebook of a document that is one of its cells. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  return vscode.workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some((cell) => cell.document === document),
  );
}
