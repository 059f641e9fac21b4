import { ratioName, sameSize } from '../imageModel/imageSize';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { Draft } from '../shared/panelProtocol';

/** In UTF-16 units; the host refuses a message with a longer text. */
export const maxTextLength = 100_000;

/** An empty form for a model. */
export function emptyDraft(model: ModelDescriptor): Draft {
  return {
    modelId: model.id,
    prompt: '',
    negativePrompt: '',
    size: model.defaultSize,
    count: 1,
    seed: null,
    promptExtend: model.promptExtendDefault ?? false,
    watermark: false,
    style: model.styles?.[0] ?? '',
  };
}

/** Whether a value that an older page may have kept is still a draft; the host refuses a message with another one. */
export function isDraft(value: unknown): value is Draft {
  if (!isRecord(value) || !isRecord(value.size)) return false;
  return (
    ['modelId', 'prompt', 'negativePrompt', 'style'].every((key) => isText(value[key])) &&
    [value.size.width, value.size.height, value.count].every(Number.isFinite) &&
    (value.seed === null || Number.isFinite(value.seed)) &&
    [value.promptExtend, value.watermark].every((flag) => typeof flag === 'boolean')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= maxTextLength;
}

/** Whether the size is one of those that the model offers by name. */
export function isPreset(model: ModelDescriptor, size: Draft['size']): boolean {
  return model.sizeRule.presets.some((preset) => sameSize(preset, size));
}

/** Carries a draft over to another model: what still applies stays, the rest becomes that model's default. */
export function switchModel(
  draft: Draft,
  from: ModelDescriptor | undefined,
  to: ModelDescriptor,
): Draft {
  return {
    ...draft,
    modelId: to.id,
    size: carrySize(draft.size, from, to),
    count: Math.min(Math.max(1, draft.count), to.maxImagesPerCall),
    style: to.styles?.includes(draft.style) ? draft.style : (to.styles?.[0] ?? ''),
  };
}

/** A size that was typed stays where any can be typed; one that was chosen becomes the one of the same shape. */
function carrySize(
  size: Draft['size'],
  from: ModelDescriptor | undefined,
  to: ModelDescriptor,
): Draft['size'] {
  if (isPreset(to, size)) return size;
  const isTyped = from !== undefined && !isPreset(from, size);
  if (isTyped && to.sizeRule.kind === 'free') return size;
  const ratio = ratioName(size);
  const sameShape = to.sizeRule.presets.find((preset) => ratioName(preset) === ratio);
  return (ratio === undefined ? undefined : sameShape) ?? to.defaultSize;
}

/**
 * The draft as it can be shown with these models, and sent back; the same object when nothing has to change.
 * Its own model may be gone after a change of region.
 */
export function fitDraft(
  given: Draft,
  models: readonly [ModelDescriptor, ...ModelDescriptor[]],
): Draft {
  const draft = cutTexts(given);
  const model = models.find(({ id }) => id === draft.modelId);
  if (!model) return switchModel(draft, undefined, models[0]);
  const isStyleKnown = model.styles ? model.styles.includes(draft.style) : draft.style === '';
  return isStyleKnown ? draft : { ...draft, style: model.styles?.[0] ?? '' };
}

function cutTexts(draft: Draft): Draft {
  const { prompt, negativePrompt } = draft;
  if (isText(prompt) && isText(negativePrompt)) return draft;
  return { ...draft, prompt: cutText(prompt), negativePrompt: cutText(negativePrompt) };
}

/** Cuts a text that is too long, never in the middle of a character. */
function cutText(text: string): string {
  return text.length <= maxTextLength
    ? text
    : text.slice(0, maxTextLength).replace(/[\uD800-\uDBFF]$/, '');
}
