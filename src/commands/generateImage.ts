import * as vscode from 'vscode';
import { captureInsertionPoint, fileUriOf } from '../documents/linkInserter';
import type { GenerationJob } from '../generation/generationJob';
import { formatSize } from '../imageModel/imageSize';
import { checkRequest } from '../imageModel/requestRules';
import type { ParameterMemory } from '../settings/parameterMemory';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import { askPrompt } from '../ui/promptInput';
import type { JobPlace, JobStarter } from '../workspace/jobStarter';
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
  const document = editor && fileUriOf(editor.document);
  const point = editor && captureInsertionPoint(editor, selected ? 'belowSelection' : 'cursor');
  let job: GenerationJob | undefined;
  try {
    job = await askAndStart(options, selected, { document, ask: true });
  } finally {
    if (!job) point?.dispose();
  }
  if (job) await options.follower.follow(job, point);
}

/** The same, saved in a folder of the Explorer, and with no link: the person is not in a document there. */
export async function generateHere(options: GenerateImageOptions, folder: unknown): Promise<void> {
  const uri = folder instanceof vscode.Uri ? folder : undefined;
  const job = await askAndStart(options, undefined, { folder: uri, ask: true });
  if (job) await options.follower.follow(job, undefined);
}

async function askAndStart(
  options: GenerateImageOptions,
  selected: string | undefined,
  place: JobPlace,
): Promise<GenerationJob | undefined> {
  const prompt = await askForPrompt(options, selected);
  return prompt === undefined ? undefined : options.starter.start({ prompt }, place);
}

async function askForPrompt(
  options: GenerateImageOptions,
  selected: string | undefined,
): Promise<string | undefined> {
  // The box has one line.
  let value = (selected || options.memory.lastPrompt).replace(/\s+/g, ' ');
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
