import * as vscode from 'vscode';
import type { ReplacedText } from '../generation/generationJob';
import type { InsertionPoint } from './insertionPoint';
import type { LinkFormat } from './linkFormats';
import { editAt, textEdit } from './linkInserter';
import { linkWriterFor } from './linkWriter';
import { locateText, removal } from './replacedText';

// While an image is being made, a comment in its place says so. It names the job, so that it is found again in a
// document that was closed, changed elsewhere and opened again.

const mark = /\beasel:([\da-f]{8})\b/g;

/** The mark by which a job's waiting text is known; the first digits of the job's id. */
export function waitingMark(jobId: string): string {
  return `easel:${jobId.slice(0, 8)}`;
}

/** The first digits of the ids of all jobs that have a waiting text in a document, in their order. */
export function waitingJobs(text: string): string[] {
  return Array.from(text.matchAll(mark), ([, digits = '']) => digits);
}

/** Puts a comment where the images will be; the point becomes that of the comment. @param text with the job's mark in it */
export async function insertWaiting(point: InsertionPoint, text: string): Promise<boolean> {
  const { document } = point;
  const writer = await linkWriterFor(document);
  const format = writer.formatAt(point.position);
  const comment = format.comment(text);
  let original = '';
  let inserted = '';
  let editStart = 0;
  const outcome = await editAt(
    point,
    () => {
      const edit = textEdit(point, [comment], ofItsOwnLine(format));
      original = document.getText(edit.range);
      inserted = edit.newText;
      editStart = document.offsetAt(edit.range.start);
      return [edit];
    },
    { before: 'typed', after: false },
  );
  if (outcome !== 'inserted') return false;
  const at = inserted.indexOf(comment);
  const waiting = {
    lead: inserted.slice(0, at),
    trail: inserted.slice(at + comment.length),
    original,
  };
  // The same comment may stand at other cursors.
  const start = locateText(document.getText(), comment, editStart + at);
  point.replace({ text: comment, waiting }, start ?? point.offset);
  return true;
}

/** A comment that goes on to the end of its line would swallow what stands behind it. */
function ofItsOwnLine(format: LinkFormat): LinkFormat {
  const isUnsafe = format.commentEndsLine && format.placement === 'inline';
  return isUnsafe ? { ...format, placement: 'line' } : format;
}

/** Takes the comment away again; false where the document is closed. */
export async function removeWaiting(point: InsertionPoint): Promise<boolean> {
  const { replaces, document } = point;
  if (!replaces?.waiting) return true;
  const outcome = await editAt(
    point,
    () => {
      if (!point.locate()) return 'gone';
      const { start, end, text } = removal(document.getText(), point.offset, replaces);
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      return [vscode.TextEdit.replace(range, text)];
    },
    { before: 'typed', after: true },
  );
  if (outcome === 'documentClosed') return false;
  point.replace(undefined);
  return true;
}

/** A job's comment in a document, by its mark alone; undefined where it is not there as the language has comments. */
export function findWaiting(
  document: vscode.TextDocument,
  digits: string,
  format: LinkFormat,
): { readonly position: vscode.Position; readonly replaces: ReplacedText } | undefined {
  const text = document.getText();
  const at = text.indexOf(`easel:${digits}`);
  if (at < 0) return undefined;
  const [opening = '', ending = ''] = format.comment('|').split('|');
  const line = document.lineAt(document.positionAt(at));
  const lineStart = document.offsetAt(line.range.start);
  const lineEnd = document.offsetAt(line.range.end);
  const start = text.lastIndexOf(opening, at);
  const endAt = ending === '' ? lineEnd : text.indexOf(ending, at);
  if (start < lineStart || endAt < 0 || endAt > lineEnd) return undefined;
  const waiting = { lead: '', trail: '', original: '' };
  const replaces = { text: text.slice(start, endAt + ending.length), waiting };
  return { position: document.positionAt(start), replaces };
}
