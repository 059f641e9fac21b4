import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { type FillItem, planFill } from '../documents/fillPlan';
import { readDocuments } from '../documents/fillSources';
import { captureLinkPoint, InsertionPoint } from '../documents/insertionPoint';

/** A link in a document, as a code action names it. */
const argumentSchema = z.object({ document: z.string(), offset: z.number() });

/** What a link lacks; whoever asked disposes the point. */
export interface WantedImage {
  readonly item: FillItem;
  readonly point: InsertionPoint;
}

/** The image that a link lacks, of the link at the cursor where the argument names none. Undefined where none is missing. */
export async function findWanted(argument: unknown): Promise<WantedImage | undefined> {
  const parsed = z.safeParse(argumentSchema, argument);
  const editor = vscode.window.activeTextEditor;
  const document = parsed.success
    ? await vscode.workspace.openTextDocument(vscode.Uri.parse(parsed.data.document, true))
    : editor?.document;
  if (!document) return undefined;
  const offset = parsed.success ? parsed.data.offset : editor?.selection.active;
  const position = typeof offset === 'number' ? document.positionAt(offset) : offset;
  const cursor = new InsertionPoint(document, position ?? new vscode.Position(0, 0), 'cursor');
  try {
    return await findAt(cursor);
  } finally {
    cursor.dispose();
  }
}

/** Again as often as somebody types while the disk is asked. */
async function findAt(cursor: InsertionPoint): Promise<WantedImage | undefined> {
  const { document } = cursor;
  while (!cursor.isClosed) {
    const { version } = document;
    const at = cursor.offset;
    const [item] = planFill(await readDocuments([document.uri], { start: at, end: at }));
    if (!item) return undefined;
    const point = document.version === version && captureLinkPoint(document, item.places[0].link);
    if (point) return { item, point };
  }
  return undefined;
}

/** Whether an argument names a link. */
export function isLinkArgument(argument: unknown): boolean {
  return z.safeParse(argumentSchema, argument).success;
}

/** Says what to do where no image is missing. */
export async function askForLink(): Promise<void> {
  await vscode.window.showInformationMessage(
    vscode.l10n.t('Put the cursor on a link whose image is missing, then run this again.'),
  );
}
