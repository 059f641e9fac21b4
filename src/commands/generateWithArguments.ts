import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { captureInsertionPoint, insertLinks } from '../documents/linkInserter';
import type { GenerationService } from '../generation/generationService';
import { ImageGenerationError } from '../imageModel/errors';
import type { ImageRequest } from '../imageModel/imageModel';
import { parseSize } from '../imageModel/imageSize';
import { checkRequest } from '../imageModel/requestRules';
import { type RequestDefaults, withoutUndefined } from '../settings/requestDefaults';
import { errorText, failedImageText } from '../ui/errorText';
import { showProgress } from '../ui/generationProgress';
import { issueText } from '../ui/issueText';
import type { AssetsFolder } from '../workspace/assetsFolder';
import type { JobStarter } from '../workspace/jobStarter';
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
  const document = editor?.document.uri;
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
    if (point) {
      await insertLinks(
        point,
        results.map(({ uri }) => ({ uri, altText: request.prompt })),
      );
    }
    const model = options.requests.model(job.request.modelId);
    const issues = checkRequest(model, job.request, job.regionId).map(issueText);
    const problems =
      state.status === 'saved'
        ? state.failures.map(failedImageText)
        : [errorText(state.error).message];
    return {
      images: results,
      warnings: [...issues, ...problems],
      requestId: delivery?.requestId ?? '',
    };
  } finally {
    point?.dispose();
  }
}

function parseArguments(input: unknown): GenerateArguments {
  const parsed = z.safeParse(argumentsSchema, input);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw invalidArguments(where.join('; '));
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
