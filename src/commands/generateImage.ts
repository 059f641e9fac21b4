import * as vscode from 'vscode';
import { captureInsertionPoint, fileUriOf, type InsertionPoint } from '../documents/insertionPoint';
import { spotOf } from '../documents/linkSpot';
import type { GenerationJob } from '../generation/generationJob';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { ParameterMemory } from '../settings/parameterMemory';
import { textModel } from '../settings/textModel';
import type { JobPlace, JobStarter } from '../workspace/jobStarter';
import type { JobFollower } from './jobFollower';
import { type PromptForJobOptions, promptForJob } from './promptForJob';

/** What the interactive commands are built from. */
export interface GenerateImageOptions extends PromptForJobOptions {
  readonly models: readonly ModelDescriptor[];
  readonly memory: ParameterMemory;
  readonly starter: Pick<JobStarter, 'start'>;
  readonly follower: Pick<JobFollower, 'follow'>;
}

/** Asks for a prompt and starts at once with the remembered model and parameters; links where the command was given. */
export async function generateImage(options: GenerateImageOptions): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection).trim();
  const document = editor && fileUriOf(editor.document);
  const point = editor && captureInsertionPoint(editor, selected ? 'belowSelection' : 'cursor');
  const alsoAt = editor && !selected ? otherCursors(editor) : [];
  let job: GenerationJob | undefined;
  try {
    job = await askAndStart(options, selected, { document, ask: true }, point);
  } finally {
    if (!job) for (const each of [point, ...alsoAt]) each?.dispose();
  }
  const location = vscode.ProgressLocation.Notification;
  if (job) await options.follower.follow(job, point, { location, alsoAt });
}

/** The same, saved in a folder of the Explorer, and with no link: the person is not in a document there. */
export async function generateHere(options: GenerateImageOptions, folder: unknown): Promise<void> {
  const uri = folder instanceof vscode.Uri ? folder : undefined;
  const job = await askAndStart(options, undefined, { folder: uri, ask: true });
  if (job) await options.follower.follow(job, undefined);
}

/** What is typed goes to every cursor, and so does the link. */
function otherCursors(editor: vscode.TextEditor): readonly InsertionPoint[] {
  return editor.selections
    .slice(1)
    .filter(({ isEmpty }) => isEmpty)
    .map((selection) => captureInsertionPoint(editor, 'cursor', selection));
}

async function askAndStart(
  options: GenerateImageOptions,
  selected: string | undefined,
  place: JobPlace,
  point?: InsertionPoint,
): Promise<GenerationJob | undefined> {
  const input = await promptForJob(options, {
    value: selected || options.memory.lastPrompt,
    hint: vscode.l10n.t('Describe the image.'),
    example: vscode.l10n.t('A red fox in the snow, watercolor'),
    input: () => textModel(options),
    openStudio: (prompt) => vscode.commands.executeCommand('easel.openStudio', { prompt }),
  });
  const link = point && spotOf(point, []);
  return input && options.starter.start(input, { ...place, link });
}
