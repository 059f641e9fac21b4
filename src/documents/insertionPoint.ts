import * as vscode from 'vscode';
import type { ReplacedText } from '../generation/generationJob';
import type { ImageLink } from './imageLink';
import type { InsertionPlace } from './insertionText';
import { notebookOf } from './linkWriter';
import { locateText } from './replacedText';
import { trackOffset } from './trackedOffset';

/** A place in a document that stays where it is while the text around it is edited; whoever captured it disposes it. */
export class InsertionPoint implements vscode.Disposable {
  #offset: number;
  #replaces: ReplacedText | undefined;
  /** False for what is written in without a tab, such as an editor that peeks. */
  readonly #hadTab: boolean;
  readonly #moved = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** The place has moved, or the text around it has changed. */
  readonly onDidMove = this.#moved.event;

  /** @param replaces text that begins at the position and gives way to the link */
  constructor(
    readonly document: vscode.TextDocument,
    position: vscode.Position,
    readonly place: InsertionPlace,
    replaces?: ReplacedText,
  ) {
    this.#offset = document.offsetAt(position);
    this.#replaces = replaces;
    this.#hadTab = isInTab(fileUriOf(document));
    this.#subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document) return;
      if (event.contentChanges.length === 0) return;
      const isStart = this.#replaces !== undefined;
      this.#offset = trackOffset(this.#offset, event.contentChanges, isStart);
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

  get replaces(): ReplacedText | undefined {
    return this.#replaces;
  }

  /** Closed for the person: VS Code itself keeps a document for minutes when any extension has opened it. */
  get isClosed(): boolean {
    return this.document.isClosed || (this.#hadTab && !isInTab(fileUriOf(this.document)));
  }

  /** From now on the place is that of a text, or of none any more. */
  replace(replaces: ReplacedText | undefined, offset = this.#offset): void {
    this.#offset = offset;
    this.#replaces = replaces;
    this.#moved.fire();
  }

  /** Where the text that gives way is by now; undefined when it is gone, or there is none. */
  locate(): vscode.Range | undefined {
    if (!this.#replaces) return undefined;
    const { text } = this.#replaces;
    const start = locateText(this.document.getText(), text, this.#offset);
    if (start === undefined) return undefined;
    this.#offset = start;
    const { document } = this;
    return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#moved.dispose();
  }
}

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

/**
 * Remembers a link that names an image which is still to come, or the line that names it elsewhere: a definition, or an
 * import. A comment that asks for an image becomes the link itself.
 */
export function captureLinkPoint(document: vscode.TextDocument, link: ImageLink): InsertionPoint {
  const { start, end, targetStart, targetEnd, kind } = link;
  const isInside = kind === 'todo' || (start <= targetStart && targetEnd <= end);
  const range = isInside
    ? new vscode.Range(document.positionAt(start), document.positionAt(end))
    : document.lineAt(document.positionAt(targetStart)).range;
  const from = document.offsetAt(range.start);
  return new InsertionPoint(document, range.start, 'cursor', {
    text: document.getText(range),
    ...(kind !== 'todo' && {
      target: {
        ...{ start: targetStart - from, end: targetEnd - from },
        ...(kind === 'field' && { isField: true }),
      },
    }),
  });
}

/** The file of a document; a notebook's for one of its cells. */
export function fileUriOf(document: vscode.TextDocument): vscode.Uri {
  return (notebookOf(document) ?? document).uri;
}

/** The same of a document that may not be open. */
export function fileUriAt(uri: vscode.Uri): vscode.Uri {
  const { textDocuments } = vscode.workspace;
  const open = textDocuments.find((document) => isSame(document.uri, uri));
  return open ? fileUriOf(open) : uri;
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
