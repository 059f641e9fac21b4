import { l10n } from 'vscode';
import { estimateCost } from '../cost/estimate';
import type { ImageRequest } from '../imageModel/imageModel';
import { checkRequest, type RequestIssue } from '../imageModel/requestRules';
import type { PriceList } from '../settings/priceList';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import type { Draft, HostMessage } from '../shared/panelProtocol';
import { issueText } from '../ui/issueText';
import { estimateText } from '../ui/priceText';
import { fromDraft, type StyleSource } from './drafts';
import type { InputShelf } from './inputShelf';
import type { PanelInputs } from './panelInputs';

/** What a check looks things up in. */
interface CheckServices {
  readonly requests: RequestDefaults;
  readonly settings: Settings;
  readonly shelf: InputShelf;
  readonly styles: StyleSource;
  readonly prices: PriceList;
}

/** What is wrong with a draft, what it would cost, and what would be sent for its prompt. */
export function checkDraft(
  draft: Draft,
  { requests, settings, shelf, styles, prices }: CheckServices,
  inputs: Pick<PanelInputs, 'unreadable'>,
): Omit<Extract<HostMessage, { type: 'checked' }>, 'type'> {
  const model = requests.model(draft.modelId);
  const request = requests.complete(fromDraft(draft, model, shelf, styles), false);
  const issues = checkRequest(model, request, settings.regionId).map((issue) => ({
    severity: issue.severity,
    field: issue.field,
    text: unreadableText(draft, issue, inputs) ?? issueText(issue),
  }));
  const price = prices.find(model.id, settings.regionId);
  return {
    issues,
    ...(request.typed && { sentPrompt: sentText(request) }),
    ...(price && { costText: estimateText(estimateCost(model, request, price), price) }),
  };
}

/** What a style makes of the prompts. */
function sentText({ prompt, typed, negativePrompt }: ImageRequest): string {
  if (typed?.negativePrompt === undefined || !negativePrompt) return prompt;
  return `${prompt}\n${l10n.t('Negative prompt: {0}', negativePrompt)}`;
}

/** A file that is gone has no format either, but that is not the point. */
function unreadableText(
  draft: Draft,
  issue: RequestIssue,
  inputs: Pick<PanelInputs, 'unreadable'>,
): string | undefined {
  if (issue.rule !== 'imageFormat') return undefined;
  const name = inputs.unreadable(draft, issue.field, issue.position);
  return name === undefined
    ? undefined
    : l10n.t('{0} cannot be read. Remove it, or add it again.', name);
}
