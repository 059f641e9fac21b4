import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { ReplacedText } from '../generation/generationJob';
import { bareUrl } from './formats/url';
import type { ImageLink } from './imageLink';
import type { InsertionPoint } from './insertionPoint';
import { insertionText } from './insertionText';
import { fileFinder } from './linkedFile';
import type { LinkFormat } from './linkFormats';
import { type LinkWriter, linkWriterFor } from './linkWriter';
import { newTarget } from './replacedText';
import { type EditStops, isUntouched, replaceText } from './replaceText';
import { decodePercent } from './scan/decode';
import { undoTogether } from './undoTogether';

/** An image to link; `altText` may be a whole prompt. */
interface LinkedImage {
  readonly uri: vscode.Uri;
  readonly altText: string;
}

/** An image, or a text that stands between images and gets paragraphs of its own. */
export type InsertedPart = LinkedImage | string;

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

/** What came of an insertion; `gone`: what was to give way to the link is not there any more. */
export type InsertionOutcome = 'inserted' | 'documentClosed' | 'gone' | 'failed';

/** More often than any typing can come between. */
const maxAttempts = 50;

/** Links images, and writes texts between them, in one step of undo. A document that was closed meanwhile stays closed, whatever has become of it. */
export async function insertLinks(
  point: InsertionPoint,
  parts: readonly InsertedPart[],
): Promise<InsertionOutcome> {
  const writer = await linkWriterFor(point.document);
  const edits = (): readonly vscode.TextEdit[] | 'gone' => {
    const { replaces } = point;
    if (!replaces) return [linkEdit(point, parts, writer), ...importEdits(point, parts, writer)];
    const range = point.locate();
    if (!range) return 'gone';
    const edit = replacingEdit(point, range, replaces, parts, writer);
    return replaces.target ? [edit] : [edit, ...importEdits(point, parts, writer)];
  };
  const { document, replaces } = point;
  const isOneStep = isUntouched(document);
  const outcome = await editAt(point, edits, stopsOf(point));
  if (outcome === 'inserted' && replaces) {
    point.replace(undefined);
    if (replaces.waiting) undoTogether(document, replaces, isOneStep);
  }
  return outcome;
}

/** What took a place's text and the link that came for it are one step of undo, as far as nobody has typed in between. */
function stopsOf({ replaces }: InsertionPoint): EditStops {
  return replaces?.waiting ? { before: 'typed', after: true } : { before: true, after: true };
}

/** Applies edits, of which the first is at the point, and which are made anew as often as somebody types while it is on its way. */
export async function editAt(
  point: InsertionPoint,
  makeEdits: () => readonly vscode.TextEdit[] | 'gone',
  stops: EditStops,
): Promise<InsertionOutcome> {
  const { document } = point;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    if (point.isClosed) return 'documentClosed';
    const edits = makeEdits();
    if (edits === 'gone') return 'gone';
    if (edits.every(({ range, newText }) => document.getText(range) === newText)) return 'inserted';
    const { version } = document;
    const isApplied = await replaceText(document, edits, stops);
    // An editor that is read-only reports success all the same.
    if (document.version === version) return 'failed';
    if (isApplied) return 'inserted';
    // Someone typed while the edit was on its way; the place has moved, and is right again.
  }
  return 'failed';
}

/** What changes where a text gives way to links, or a part of it to the path of the first image. */
function replacingEdit(
  point: Pick<InsertionPoint, 'document'>,
  range: vscode.Range,
  { text, target }: ReplacedText,
  parts: readonly InsertedPart[],
  writer: LinkWriter,
): vscode.TextEdit {
  const { document } = point;
  if (target) {
    const image = parts.find((part) => typeof part !== 'string');
    if (!image) return vscode.TextEdit.replace(range, text);
    const start = document.offsetAt(range.start);
    const { isField } = target;
    const { omitsExtension, target: encode } = writer.format;
    const targetRange = new vscode.Range(
      document.positionAt(start + target.start),
      document.positionAt(start + target.end),
    );
    const line = document.lineAt(targetRange.end).text;
    const raw = text.slice(target.start, target.end);
    const path = writer.target(range.start, image.uri);
    const changed = newTarget({
      ...{ raw, before: text.slice(0, target.start) },
      after: line.slice(targetRange.end.character),
      name: posix.basename(image.uri.path),
      isInFolder: isInFolder(document, { start, target: decodePercent(raw) }, image.uri, writer),
      // A front matter is none of the document's language.
      encoded: (isField ? bareUrl : encode)(path),
      ...{ isField, omitsExtension },
    });
    return vscode.TextEdit.replace(targetRange, changed);
  }
  const format = writer.formatAt(range.start);
  const before = document.lineAt(range.start).text.slice(0, range.start.character);
  const after = document.lineAt(range.end).text.slice(range.end.character);
  const eol = eolOf(document);
  const indent = format.indentable && before.trim() === '' ? before : '';
  const hasText = parts.some((part) => typeof part === 'string');
  const isInWords = before.trim() !== '' || after.trim() !== '';
  const isBlock = hasText || format.placement === 'paragraph';
  const line = eol + indent;
  const gap = isBlock ? eol + line : format.placement === 'inline' && isInWords ? ' ' : line;
  const links = written(parts, range.start, writer).map((link) => link.replaceAll('\n', line));
  return vscode.TextEdit.replace(range, links.join(gap));
}

/** Whether a link looks for its file where the image lies. */
function isInFolder(
  document: vscode.TextDocument,
  link: Pick<ImageLink, 'start' | 'target'>,
  image: vscode.Uri,
  { site }: LinkWriter,
): boolean {
  const folderOf = (file: vscode.Uri): string => vscode.Uri.joinPath(file, '..').toString();
  const folder = folderOf(image);
  return fileFinder(document, site)(link).some((file) => folderOf(file) === folder);
}

function eolOf({ eol }: vscode.TextDocument): string {
  return eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

function written(
  parts: readonly InsertedPart[],
  position: vscode.Position,
  { formatAt, link }: LinkWriter,
): string[] {
  const format = formatAt(position);
  return parts.map((part) =>
    typeof part === 'string' ? textOf(part, format) : link(position, part.uri, part.altText),
  );
}

/** What the links need elsewhere in the document, such as imports. */
export function importEdits(
  { position }: Pick<InsertionPoint, 'position'>,
  parts: readonly InsertedPart[],
  { importFor }: LinkWriter,
): vscode.TextEdit[] {
  const edits = parts.flatMap((part) =>
    typeof part === 'string' ? [] : (importFor(position, part.uri) ?? []),
  );
  // Two links to one image need it once.
  return edits.filter(
    (edit, index) => edits.findIndex(({ newText }) => newText === edit.newText) === index,
  );
}

/** What links at a place change in its document. */
export function linkEdit(
  { document, place, position }: Pick<InsertionPoint, 'document' | 'place' | 'position'>,
  parts: readonly InsertedPart[],
  writer: LinkWriter,
): vscode.TextEdit {
  const format = writer.formatAt(position);
  const links = written(parts, position, writer);
  const hasText = parts.some((part) => typeof part === 'string');
  return textEdit({ document, place, position }, links, hasText ? asParagraphs(format) : format);
}

function asParagraphs(format: LinkFormat): LinkFormat {
  return { ...format, placement: 'paragraph' };
}

/** What texts at a place change in its document, each placed as a link of the format is. */
export function textEdit(
  { document, place, position }: Pick<InsertionPoint, 'document' | 'place' | 'position'>,
  texts: readonly string[],
  format: LinkFormat,
): vscode.TextEdit {
  const line = document.lineAt(position);
  const lineText = (index: number): string | undefined =>
    index >= 0 && index < document.lineCount ? document.lineAt(index).text : undefined;
  const insertion = insertionText(
    format,
    texts,
    place,
    {
      before: line.text.slice(0, position.character),
      after: line.text.slice(position.character),
      lineAbove: lineText(position.line - 1),
      lineBelow: lineText(position.line + 1),
    },
    eolOf(document),
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
