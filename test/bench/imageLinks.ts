import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { planFill } from '../../src/documents/fillPlan';
import { readDocuments } from '../../src/documents/fillSources';
import { imageCodeActions } from '../../src/documents/imageCodeActions';
import type { Measurement } from './figure';

const links = 1000;
const bytes = 2 * 1024 * 1024;
const rounds = 15;

/** What a long document with many links costs: the lightbulb, a plan, and a key that comes before the answer. */
export async function imageLinks(): Promise<readonly Measurement[]> {
  const [root] = vscode.workspace.workspaceFolders ?? [];
  if (!root) throw new Error('the bench has a workspace');
  const uri = vscode.Uri.joinPath(root.uri, 'many-links.md');
  await vscode.workspace.fs.writeFile(uri, Buffer.from(longDocument()));
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await untilQuiet();
    const middle = document.lineAt(Math.floor(document.lineCount / 2)).lineNumber;
    const line = nextLink(document, middle);
    const range = new vscode.Range(line, 3, line, 3);
    const plain = new vscode.Range(line + 2, 3, line + 2, 3);
    const token = new vscode.CancellationTokenSource().token;
    const cancelled = new vscode.CancellationTokenSource();
    cancelled.cancel();
    const actions = await timed(() => imageCodeActions(document, range, [], token));
    const none = await timed(() => imageCodeActions(document, plain, [], token));
    const stopped = await timed(() => imageCodeActions(document, range, [], cancelled.token));
    const plans = await timed(async () => planFill(await readDocuments([uri])));
    const reading = await timed(async () => document.getText().length);
    const goal = (limit: number) => [{ of: 'value', is: 'below', limit }] as const;
    const ratio = median(actions) / Math.max(median(reading), 0.001);
    return [
      {
        figure: 'quick fixes on a link of 1,000 in 2 MB',
        unit: 'ms',
        samples: actions,
        ratio,
        goals: goal(10),
      },
      { figure: 'quick fixes beside a link', unit: 'ms', samples: none, goals: goal(10) },
      { figure: 'quick fixes called off by a key', unit: 'ms', samples: stopped, goals: goal(10) },
      {
        figure: 'plan of 1,000 missing images in 2 MB',
        unit: 'ms',
        samples: plans,
        goals: goal(200),
      },
    ];
  } finally {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uri);
  }
}

/** VS Code's own extensions read a long document when it is opened, on the same thread as we. */
async function untilQuiet(): Promise<void> {
  const giveUpAt = performance.now() + 60_000;
  for (let turns = 0; turns < 100 && performance.now() < giveUpAt; ) {
    const start = performance.now();
    await pause(10);
    turns = performance.now() - start < 20 ? turns + 1 : 0;
  }
}

function longDocument(): string {
  const filler = 'Foxes live in the forest and come out at night. '.repeat(
    Math.floor((bytes / links - 80) / 48),
  );
  return Array.from(
    { length: links },
    (_, index) => `## Part ${index}\n\n${filler}\n\n![Fox number ${index}](img/fox-${index}.png)\n`,
  ).join('\n');
}

function nextLink(document: vscode.TextDocument, from: number): number {
  for (let line = from; line < document.lineCount; line++) {
    if (document.lineAt(line).text.startsWith('![')) return line;
  }
  throw new Error('the document has links');
}

async function timed(run: () => Promise<unknown>): Promise<number[]> {
  await run();
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await run();
    samples.push(performance.now() - start);
  }
  return samples;
}

function median(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
}
