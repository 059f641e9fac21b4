import * as vscode from 'vscode';
import { type InsertionPlace, insertionText } from './insertionText';
import type { LinkFormat } from './linkFormats';
import { type LinkWriter, linkWriterFor, notebookOf } from './linkWriter';
import { trackOffset } from './trackedOffset';

/** A place in a document that stays where it is while the text around it is edited; whoever captured it disposes it. */
export class InsertionPoint implements vscode.Disposable {
  #offset: number;
  /** False for what is written in without a tab, such as an editor that peeks. */
  readonly #hadTab: boolean;
  readonly #moved = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** The place has moved, or the text around it has changed. */
  readonly onDidMove = this.#moved.event;

  constructor(
    readonly document: vscode.TextDocument,
    position: vscode.Position,
    readonly place: InsertionPlace,
  ) {
    this.#offset = document.offsetAt(position);
    this.#hadTab = isInTab(fileUriOf(document));
    this.#subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document) return;
      if (event.contentChanges.length === 0) return;
      this.#offset = trackOffset(this.#offset, event.contentChanges);
      this.#moved.fire();
    });
  }

  /** In UTF-16 units from the start of the document. */
  get offset(): number {
    return this.#offset;
  }

  get position(): vscode.Position {
    return this.document.positionAt(this.#offset);
  }

  /** Closed for the person: VS Code itself keeps a document for minutes when any extension has opened it. */
  get isClosed(): boolean {
    return this.document.isClosed || (this.#hadTab && !isInTab(fileUriOf(this.document)));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#moved.dispose();
  }
}

/** The file of a document; a notebook's for one of its cells. */
export function fileUriOf(document: vscode.TextDocument): vscode.Uri {
  return (notebookOf(document) ?? document).uri;
}

/** An image to link; `altText` may be a whole prompt. */
interface LinkedImage {
  readonly uri: vscode.Uri;
  readonly altText: string;
}

/** An image, or a text that stands between images and gets paragraphs of its own. */
export type InsertedPart = LinkedImage | string;

/** Remembers where the command was given: the end of the selection, or its last line; the primary cursor's, if not told. */
export function captureInsertionPoint(
  { document, selection: primary }: vscode.TextEditor,
  place: InsertionPlace,
  selection: vscode.Selection = primary,
): InsertionPoint {
  const { start, end } = selection;
  // Whole lines are selected up to the start of the line after them.
  const isBelowText = place === 'belowSelection' && end.character === 0 && end.line > start.line;
  const position = isBelowText ? document.lineAt(end.line - 1).range.end : end;
  return new InsertionPoint(document, position, place);
}

/** Whether a document has a link to the image already, whatever its alternative text is by now. */
export async function holdsLink(
  document: vscode.TextDocument,
  position: vscode.Position,
  image: vscode.Uri,
): Promise<boolean> {
  const { link } = await linkWriterFor(document);
  const mark = 'easelAlternativeText';
  const parts = (uri: vscode.Uri): string[] =>
    link(position, uri, mark).split(new RegExp(`${mark}|\n`));
  const others = parts(vscode.Uri.joinPath(image, '..', 'another.image'));
  const part = parts(image).find((text, index) => text !== others[index]);
  return part !== undefined && document.getText().includes(part);
}

/** More often than any typing can come between. */
const maxAttempts = 50;

/** Links images, and writes texts between them, in one step of undo. A document that was closed meanwhile stays closed, whatever has become of it. */
export async function insertLinks(
  point: InsertionPoint,
  parts: readonly InsertedPart[],
): Promise<'inserted' | 'documentClosed' | 'failed'> {
  const { document } = point;
  const writer = await linkWriterFor(document);
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    if (point.isClosed) return 'documentClosed';
    const { version } = document;
    const isApplied = await replace(document, linkEdit(point, parts, writer));
    // An editor that is read-only reports success all the same.
    if (document.version === version) return 'failed';
    if (isApplied) return 'inserted';
    // Someone typed while the edit was on its way; the place has moved, and is right again.
  }
  return 'failed';
}

async function replace(
  document: vscode.TextDocument,
  { range, newText }: vscode.TextEdit,
): Promise<boolean> {
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  // An editor knows what is read-only; a workspace edit writes even into a revision of git.
  if (editor) return editKeepingSelections(editor, range, newText);
  const canWrite =
    document.isUntitled ||
    notebookOf(document) !== undefined ||
    vscode.workspace.fs.isWritableFileSystem(document.uri.scheme);
  if (!canWrite) return false;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, newText);
  return vscode.workspace.applyEdit(edit);
}

/** A selection that ends where text is inserted would grow over it; a bare cursor may move on. */
async function editKeepingSelections(
  editor: vscode.TextEditor,
  range: vscode.Range,
  newText: string,
): Promise<boolean> {
  const before = editor.selections;
  // Whole lines are selected up to the start of the line after them.
  const nextLine = new vscode.Position(range.start.line + 1, 0);
  const isApplied = await editor.edit((edit) => edit.replace(range, newText));
  const grows = ({ isEmpty, end }: vscode.Selection): boolean =>
    !isEmpty && (end.isEqual(range.start) || end.isEqual(nextLine));
  if (isApplied && before.some(grows)) {
    // What is before the insertion has not moved; the others have, and are right as they are.
    editor.selections = editor.selections.map((selection, index) => {
      const earlier = before[index];
      return earlier && grows(earlier) ? earlier : selection;
    });
  }
  return isApplied;
}

/** What links at a place change in its document. */
export function linkEdit(
  { document, place, position }: Pick<InsertionPoint, 'document' | 'place' | 'position'>,
  parts: readonly InsertedPart[],
  { formatAt, link }: LinkWriter,
): vscode.TextEdit {
  const format = formatAt(position);
  const links = parts.map((part) => {
    if (typeof part === 'string') return textOf(part, format);
    return link(position, part.uri, part.altText);
  });

  const line = document.lineAt(position);
  const lineText = (index: number): string | undefined =>
    index >= 0 && index < document.lineCount ? document.lineAt(index).text : undefined;
  const hasText = parts.some((part) => typeof part === 'string');
  const insertion = insertionText(
    hasText ? { ...format, placement: 'paragraph' } : format,
    links,
    place,
    {
      before: line.text.slice(0, position.character),
      after: line.text.slice(position.character),
      lineAbove: lineText(position.line - 1),
      lineBelow: lineText(position.line + 1),
    },
    document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n',
  );
  const ranges = {
    point: new vscode.Range(position, position),
    lineStart: new vscode.Range(line.range.start, line.range.start),
    lineEnd: new vscode.Range(line.range.end, line.range.end),
    wholeLine: line.range,
  };
  return vscode.TextEdit.replace(ranges[insertion.at], insertion.text);
}

/** As the document's language writes it; what the model wrote may be Markdown, and stays so elsewhere. */
function textOf(text: string, { text: write }: LinkFormat): string {
  const lines = text.trim().replace(/\r\n?/g, '\n');
  return write ? write(lines) : lines;
}

/** Whether a tab of the window shows the file, also one that VS Code has not loaded yet. */
export function isInTab(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .some(({ input }) => {
      if (input instanceof vscode.TabInputTextDiff) return isSame(input.modified, uri);
      const hasUri =
        input instanceof vscode.TabInputText ||
        input instanceof vscode.TabInputCustom ||
        input instanceof vscode.TabInputNotebook;
      return hasUri && isSame(input.uri, uri);
    });
}

function isSame(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}
