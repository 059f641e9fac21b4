import * as vscode from 'vscode';
import { estimateCost } from '../cost/estimate';
import type { ImageRequest } from '../imageModel/imageModel';
import { formatSize, sentSize } from '../imageModel/imageSize';
import { type ModelDescriptor, rulesFor } from '../imageModel/modelDescriptor';
import { checkRequest } from '../imageModel/requestRules';
import type { PriceList } from '../settings/priceList';
import type { RequestDefaults, RequestInput } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import { costText } from '../ui/priceText';
import { askPrompt, type PromptInputOptions } from '../ui/promptInput';

/** What asking for a prompt works with. */
export interface PromptForJobOptions {
  readonly settings: Pick<Settings, 'model' | 'regionId'>;
  readonly requests: RequestDefaults;
  readonly prices: Pick<PriceList, 'find'>;
}

/** What is asked for. */
export interface PromptQuestion extends Pick<PromptInputOptions, 'value' | 'hint' | 'example'> {
  /** What goes with the prompt; called anew after another model was selected. */
  readonly input: () => Omit<RequestInput, 'prompt'>;
  /** Goes on in the Studio instead. */
  readonly openStudio: (prompt: string) => unknown;
}

/** Asks for the prompt of a job that Enter starts, and says what it will cost. Undefined when the box was left. */
export async function promptForJob(
  { settings, requests, prices }: PromptForJobOptions,
  question: PromptQuestion,
): Promise<RequestInput | undefined> {
  // The box has one line.
  let value = question.value.replace(/\s+/g, ' ');
  for (;;) {
    const { regionId } = settings;
    const input = question.input();
    const request = requests.complete({ ...input, prompt: value }, true);
    const model = requests.model(request.modelId);
    const price = prices.find(model.id, regionId);
    const cost = price && costText(estimateCost(model, request, price));
    const answer = await askPrompt({
      title: jobTitle(model, request, cost),
      value,
      hint: question.hint,
      example: question.example,
      check: (prompt) => {
        value = prompt;
        return checkRequest(model, { ...request, prompt }, regionId);
      },
    });
    if (answer === 'openStudio') {
      await question.openStudio(value);
      return undefined;
    }
    if (answer !== 'selectModel') return answer && { ...input, prompt: answer.prompt };
    await vscode.commands.executeCommand('easel.selectModel');
  }
}

/** What Enter will do: model, the pixels where they are known, number and cost; of an edit also which image. */
export function jobTitle(model: ModelDescriptor, request: ImageRequest, cost = ''): string {
  const { count, images = [] } = request;
  const size = sentSize(rulesFor(model, request).sizeRule, request.size, images);
  const number = count === 1 ? vscode.l10n.t('1 image') : vscode.l10n.t('{0} images', count);
  const [first, ...others] = images;
  const name = first && decodeURIComponent(first.uri.slice(first.uri.lastIndexOf('/') + 1));
  const edited = name && (others.length > 0 ? `${name} + ${others.length}` : name);
  return [edited, model.label, formatSize(size), number, cost].filter(Boolean).join(' · ');
}
