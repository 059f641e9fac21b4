import * as vscode from 'vscode';
import { captureInsertionPoint, type InsertionPoint } from '../documents/linkInserter';
import { formatSize } from '../imageModel/imageSize';
import { checkRequest } from '../imageModel/requestRules';
import type { ParameterMemory } from '../settings/parameterMemory';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import { askPrompt } from '../ui/promptInput';
import type { JobStarter } from '../workspace/jobStarter';
import type { JobFollower } from './jobFollower';

/** What the interactive commands are built from. */
export interface GenerateImageOptions {
  readonly settings: Settings;
  readonly memory: ParameterMemory;
  readonly requests: RequestDefaults;
  readonly starter: JobStarter;
  readonly follower: JobFollower;
}

/** Asks for a prompt and starts at once with the remembered model and parameters; links where the command was given. */
export async function generateImage(options: GenerateImageOptions): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection).trim();
  const point = editor && captureInsertionPoint(editor, selected ? 'belowSelection' : 'cursor');
  await askAndStart(options, selected, { document: editor?.document.uri, ask: true }, point);
}

/** The same, saved in a folder of the Explorer, and with no link: the person is not in a document there. */
export async function generateHere(options: GenerateImageOptions, folder: unknown): Promise<void> {
  const uri = folder instanceof vscode.Uri ? folder : undefined;
  await askAndStart(options, undefined, { folder: uri, ask: true }, undefined);
}

async function askAndStart(
  options: GenerateImageOptions,
  selected: string | undefined,
  place: { document?: vscode.Uri | undefined; folder?: vscode.Uri | undefined; ask: true },
  point: InsertionPoint | undefined,
): Promise<void> {
  try {
    const prompt = await askForPrompt(options, selected);
    const job = prompt && (await options.starter.start({ prompt }, place));
    if (job) await options.follower.follow(job, point);
  } finally {
    point?.dispose();
  }
}

async function askForPrompt(
  options: GenerateImageOptions,
  selected: string | undefined,
): Promise<string | undefined> {
  let value = selected || options.memory.lastPrompt;
  for (;;) {
    const example = options.requests.complete({ prompt: value }, true);
    const model = options.requests.model();
    const number =
      example.count === 1 ? vscode.l10n.t('1 image') : vscode.l10n.t('{0} images', example.count);
    const answer = await askPrompt({
      title: `${model.label} · ${formatSize(example.size)} · ${number}`,
      value,
      check: (prompt) => {
        value = prompt;
        return checkRequest(model, { ...example, prompt }, options.settings.regionId);
      },
    });
    if (answer === 'openStudio') {
      await vscode.commands.executeCommand('easel.openStudio', { prompt: value });
      return undefined;
    }
    if (answer !== 'selectModel') return answer?.prompt;
    await vscode.commands.executeCommand('easel.selectModel');
  }
}
