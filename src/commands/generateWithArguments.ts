import * as vscode from 'vscode';
import { captureInsertionPoint, fileUriOf } from '../documents/insertionPoint';
import { isInPlace } from '../documents/jobContent';
import { spotOf } from '../documents/linkSpot';
import type { GenerationJob } from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import { checkRequest } from '../imageModel/requestRules';
import type { RequestDefaults } from '../settings/requestDefaults';
import { errorText, failedImageText } from '../ui/errorText';
import { showProgress } from '../ui/generationProgress';
import { issueText } from '../ui/issueText';
import { keptText } from '../ui/keptText';
import type { AssetsFolder } from '../workspace/assetsFolder';
import { jobCost } from '../workspace/jobCost';
import type { JobStarter } from '../workspace/jobStarter';
import { CallerError } from './callerError';
import { type GenerateArguments, parseArguments, toRequest } from './generateArguments';
import { LinkPlace } from './linkPlace';

/** What `easel.generateImage` resolves to for a caller that gave arguments. */
export interface GenerateResult {
  readonly images: readonly { uri: vscode.Uri; width: number; height: number }[];
  /** Sentences on what the service ignored, cut or could not make. */
  readonly warnings: readonly string[];
  /** Before taxes, by the price list; absent where no price is known. */
  readonly cost?: { readonly amount: number; readonly currency: string };
  /** What the model wrote around its images, where it did. */
  readonly text?: string;
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
  let place: LinkPlace | undefined;
  try {
    const folder =
      typeof input.folder === 'string'
        ? options.folders.resolve(options.folders.base(document), input.folder)
        : input.folder;
    const request = toRequest(input, () => options.folders.base(document));
    const link = point && spotOf(point, []);
    const job = await options.starter.start(request, { document, folder, link, ask: false });
    if (!job) throw new Error('a job that asks nothing was cancelled by a question');
    const { id } = job;
    place = new LinkPlace({
      ...{ point, spot: job.link },
      save: (spot) => options.service.setLink(id, spot),
    });
    const { state } = await showProgress(options.service, job, vscode.ProgressLocation.Window);
    if (state.status === 'cancelled' || state.status === 'running') {
      throw new vscode.CancellationError();
    }
    // What was saved before a failure is returned, and the failure is a warning: it was paid for.
    const { images, delivery } = state;
    if (state.status === 'failed' && images.length === 0) throw state.error;
    const results = images.map(({ uri, size }) => ({ uri: vscode.Uri.parse(uri, true), ...size }));
    const model = options.requests.model(job.request.modelId);
    const warnings = checkRequest(model, job.request, job.place.regionId).map(issueText);
    if (state.status === 'saved') warnings.push(...state.failures.map(failedImageText));
    else warnings.push(errorText(state.error).message);
    const inPlace = images.filter(isInPlace);
    if (inPlace.length < images.length) warnings.push(keptText());
    const parts = delivery?.parts;
    if (input.insert && inPlace.length > 0) {
      await place.insert({ images: inPlace, altText: request.prompt, parts });
    }
    if (input.insert && !place.hasLinks) {
      warnings.push(
        vscode.l10n.t('The link was not inserted: there is no editor that could take it.'),
      );
    }
    const text = parts?.filter((part) => typeof part === 'string').join('\n\n');
    return {
      images: results,
      warnings,
      requestId: delivery?.requestId ?? '',
      ...costResult({ ...job, state }, options.requests),
      ...(text !== undefined && { text }),
    };
  } finally {
    // The caller is told how it ended, and asks for what it still wants.
    if (place) place.release();
    else point?.dispose();
  }
}

function costResult(
  job: GenerationJob,
  requests: Pick<RequestDefaults, 'findModel'>,
): Pick<GenerateResult, 'cost'> {
  const cost = jobCost(job, requests);
  if (!cost) return {};
  // Sums of decimal fractions are not exact; prices have at most four digits.
  return { cost: { amount: Math.round(cost.amount * 1e6) / 1e6, currency: cost.currency } };
}
