import type { ConditionSubject } from '../imageModel/conditions';
import { ratioName, sameSize } from '../imageModel/imageSize';
import {
  type ModelDescriptor,
  type NamedSize,
  needsImages,
  rulesFor,
} from '../imageModel/modelDescriptor';
import { defaultParameters } from '../imageModel/parameters';
import { ownParameters } from '../shared/carryParameters';
import type { Draft } from '../shared/panelProtocol';
import { countRules, fitCount, withoutOwnCount } from './draftCount';
import { carryParameters, fitParameters } from './draftParameters';
import { cutText, isText } from './readDraft';

/** An empty form for a model. */
export function emptyDraft(model: ModelDescriptor): Draft {
  const parameters = defaultParameters(model.parameters);
  return {
    modelId: model.id,
    prompt: '',
    negativePrompt: '',
    size: rulesFor(model, parameters).defaultSize,
    count: 1,
    seed: null,
    images: [],
    mask: null,
    parameters,
  };
}

/** What the rules of a model depend on; the page knows no more of an image than that it is there. */
export function subjectOf(model: ModelDescriptor, draft: Draft): ConditionSubject {
  const images = model.images ? draft.images.map((uri) => ({ uri })) : [];
  return { images, ...ownParameters(draft.parameters, model) };
}

/** The rules of a model for this draft. */
export function rulesOf(model: ModelDescriptor, draft: Draft): ModelDescriptor {
  return rulesFor(model, subjectOf(model, draft));
}

/** Whether the size is one of those that the model offers in pixels. */
export function isPreset(rules: ModelDescriptor, size: Draft['size']): boolean {
  return rules.sizeRule.presets.some((preset) => sameSize(preset, size));
}

/** The areas that are offered by name: those that the service knows, and all where an image gives the shape. */
export function namedSizes(rules: ModelDescriptor, hasImages: boolean): readonly NamedSize[] {
  const { sizeRule } = rules;
  const named = sizeRule.kind === 'free' ? (sizeRule.named ?? []) : [];
  return named.filter(({ isOnWire }) => isOnWire || hasImages || needsImages(rules));
}

/** The draft after a change in the form: a size and a number that the rules no longer have are replaced. */
export function changeDraft(draft: Draft, values: Partial<Draft>, model: ModelDescriptor): Draft {
  const next = { ...draft, ...values };
  const before = rulesOf(model, draft);
  const after = rulesOf(model, next);
  const isSameShape = before.sizeRule === after.sizeRule;
  const areSame =
    isSameShape &&
    before.defaultSize === after.defaultSize &&
    haveImages(draft) === haveImages(next);
  const size =
    areSame || values.size !== undefined
      ? next.size
      : sameSize(next.size, before.defaultSize)
        ? after.defaultSize
        : carrySize(next, before, after);
  const counted =
    values.count === undefined
      ? fitCount(next, countRules(draft, before), countRules(next, after))
      : withoutOwnCount(next);
  return { ...counted, size };
}

/** Carries a draft over to another model: what still applies stays, the rest becomes that model's default. */
export function switchModel(
  draft: Draft,
  from: ModelDescriptor | undefined,
  to: ModelDescriptor,
): Draft {
  const parameters = carryParameters(draft.parameters, from, to);
  const next = { ...draft, modelId: to.id, parameters };
  const before = from && rulesOf(from, draft);
  const rules = rulesOf(to, next);
  return {
    ...fitCount(next, before && countRules(draft, before), countRules(next, rules)),
    size: carrySize(next, before, rules),
  };
}

/** A size that was typed stays where any can be typed; one that was chosen becomes the one of the same shape. */
function carrySize(
  draft: Draft,
  from: ModelDescriptor | undefined,
  to: ModelDescriptor,
): Draft['size'] {
  const { size } = draft;
  if (isPreset(to, size)) return size;
  const names = namedSizes(to, to.images !== undefined && haveImages(draft));
  if (names.some(({ name }) => name === size)) return size;
  if (typeof size === 'string' || to.sizeRule.kind === 'none') return to.defaultSize;
  const isTyped = from !== undefined && !isPreset(from, size);
  if (isTyped && to.sizeRule.kind === 'free') return size;
  const ratio = ratioName(size);
  const sameShape = to.sizeRule.presets.find((preset) => ratioName(preset) === ratio);
  return (ratio === undefined ? undefined : sameShape) ?? to.defaultSize;
}

function haveImages({ images }: Draft): boolean {
  return images.length > 0;
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
  const parameters = fitParameters(draft.parameters, model);
  return parameters === draft.parameters ? draft : { ...draft, parameters };
}

function cutTexts(draft: Draft): Draft {
  const { prompt, negativePrompt } = draft;
  if (isText(prompt) && isText(negativePrompt)) return draft;
  return { ...draft, prompt: cutText(prompt), negativePrompt: cutText(negativePrompt) };
}
