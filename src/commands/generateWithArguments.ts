import * as vscode from 'vscode';
import * as z from 'zod/mini';
import {
  captureInsertionPoint,
  fileUriOf,
  type InsertionPoint,
  insertLinks,
} from '../documents/linkInserter';
import type { SavedImage } from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import { ImageGenerationError } from '../imageModel/errors';
import type { ImageRequest } from '../imageModel/imageModel';
import { parseSize } from '../imageModel/imageSize';
import { checkRequest } from '../imageModel/requestRules';
import { type RequestDefaults, withoutUndefined } from '../settings/requestDefaults';
import { errorText, failedImageText } from '../ui/errorText';
import { showProgress } from '../ui/generationProgress';
import { issueText } from '../ui/issueText';
import { keptText } from '../ui/keptText';
import type { AssetsFolder } from '../workspace/assetsFolder';
import type { JobStarter } from '../workspace/jobStarter';
import { argumentText } from './argumentText';
import { CallerError } from './callerError';

/** The argument object of `easel.generateImage`. A size is `1024*1024` or `1024x1024`. */
const argumentsSchema = z.strictObject({
  prompt: z.string(),
  model: z.optional(z.string()),
  size: z.optional(z.string()),
  n: z.optional(z.number()),
  seed: z.optional(z.number()),
  negativePrompt: z.optional(z.string()),
  promptExtend: z.optional(z.boolean()),
  watermark: z.optional(z.boolean()),
  style: z.optional(z.string()),
  /** A Uri, or a path relative to the workspace folder and inside it. */
  folder: z.optional(
    z.union([z.string(), z.custom<vscode.Uri>((value) => value instanceof vscode.Uri)]),
  ),
  /** Link the images at the cursor of the active editor. */
  insert: z.optional(z.boolean()),
});

type GenerateArguments = z.infer<typeof argumentsSchema>;

/** What `easel.generateImage` resolves to for a caller that gave arguments. */
export interface GenerateResult {
  readonly images: readonly { uri: vscode.Uri; width: number; height: number }[];
  /** Sentences on what the service ignored, cut or could not make. */
  readonly warnings: readonly string[];
  readonly requestId: string;
}

/** What the unattended command is built from. */
export interface GenerateWithArgumentsOptions {
  readonly requests: RequestDefaults;
  readonly folders: AssetsFolder;
  readonly starter: JobStarter;
  readonly service: GenerationService;
}

/**
 * For keybindings, tasks and other extensions: asks nothing, and starts from the model's own defaults.
 * @throws CallerError with the ImageGenerationError
 */
export async function generateWithArguments(
  options: GenerateWithArgumentsOptions,
  input: unknown,
): Promise<GenerateResult> {
  try {
    return await generate(options, parseArguments(input));
  } catch (error) {
    throw new CallerError(error);
  }
}

async function generate(
  options: GenerateWithArgumentsOptions,
  input: GenerateArguments,
): Promise<GenerateResult> {
  const editor = vscode.window.activeTextEditor;
  const document = editor && fileUriOf(editor.document);
  const point = input.insert && editor ? captureInsertionPoint(editor, 'cursor') : undefined;
  try {
    const folder =
      typeof input.folder === 'string'
        ? options.folders.resolve(options.folders.base(document), input.folder)
        : input.folder;
    const request = toRequest(input);
    const job = await options.starter.start(request, { document, folder, ask: false });
    if (!job) throw new Error('a job that asks nothing was cancelled by a question');
    const { state } = await showProgress(options.service, job, vscode.ProgressLocation.Window);
    if (state.status === 'cancelled' || state.status === 'running') {
      throw new vscode.CancellationError();
    }
    // What was saved before a failure is returned, and the failure is a warning: it was paid for.
    const { images, delivery } = state;
    if (state.status === 'failed' && images.length === 0) throw state.error;
    const results = images.map(({ uri, size }) => ({ uri: vscode.Uri.parse(uri, true), ...size }));
    const model = options.requests.model(job.request.modelId);
    const warnings = checkRequest(model, job.request, job.regionId).map(issueText);
    if (state.status === 'saved') warnings.push(...state.failures.map(failedImageText));
    else warnings.push(errorText(state.error).message);
    const inPlace = images.filter(({ keptBecause }) => keptBecause === undefined);
    if (inPlace.length < images.length) warnings.push(keptText());
    if (input.insert && !(await link(point, inPlace, request.prompt))) {
      warnings.push(
        vscode.l10n.t('The link was not inserted: there is no editor that could take it.'),
      );
    }
    return { images: results, warnings, requestId: delivery?.requestId ?? '' };
  } finally {
    point?.dispose();
  }
}

async function link(
  point: InsertionPoint | undefined,
  images: readonly SavedImage[],
  altText: string,
): Promise<boolean> {
  if (!point || images.length === 0) return false;
  const links = images.map(({ uri }) => ({ uri: vscode.Uri.parse(uri, true), altText }));
  return (await insertLinks(point, links)) === 'inserted';
}

function parseArguments(input: unknown): GenerateArguments {
  const parsed = z.safeParse(argumentsSchema, input);
  if (parsed.success) return parsed.data;
  const names = Object.keys(argumentsSchema.shape);
  throw invalidArguments(argumentText(parsed.error.issues, input, names));
}

function toRequest(input: GenerateArguments): Pick<ImageRequest, 'prompt'> & Partial<ImageRequest> {
  const { prompt, model, size, n, folder: _folder, insert: _insert, ...rest } = input;
  const parsedSize = size === undefined ? undefined : parseSize(size);
  if (size !== undefined && !parsedSize) {
    throw invalidArguments(vscode.l10n.t('"{0}" is not a size such as 1024*1024', size));
  }
  return {
    prompt,
    ...withoutUndefined({ modelId: model, size: parsedSize, count: n, ...rest }),
  };
}

function invalidArguments(detail: string): ImageGenerationError {
  return new ImageGenerationError('invalidRequest', detail, { code: 'ArgumentsInvalid' });
}
