import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { applyStyle } from '../imageModel/applyStyle';
import { unmetCondition } from '../imageModel/conditions';
import type { ImageRequest } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { parameterNames } from '../imageModel/parameters';
import { shownPrompt } from '../imageModel/shownPrompt';
import { joinNegativePrompts } from '../settings/readStyles';
import type { RequestInput } from '../settings/requestDefaults';
import type { Styles } from '../settings/styles';
import { carriedParameters, ownParameters } from '../shared/carryParameters';
import { type Draft, draftSchema, maxTextLength } from '../shared/panelProtocol';
import type { InputShelf } from './inputShelf';

/** The form's values for a request. */
export function toDraft(request: ImageRequest, inputs: InputShelf): Draft {
  const parameters = parameterNames.flatMap((name) =>
    request[name] === undefined ? [] : [[name, request[name]]],
  );
  const { typed } = request;
  return {
    modelId: request.modelId,
    prompt: cut(shownPrompt(request)),
    ...(typed && { style: typed.style }),
    negativePrompt: cut(typed?.negativePrompt ?? request.negativePrompt ?? ''),
    size: request.size,
    count: request.count,
    seed: request.seed ?? null,
    images: (request.images ?? []).map((image) => inputs.idOf(image)),
    mask: request.mask ? inputs.idOf(request.mask) : null,
    parameters: Object.fromEntries(parameters),
  };
}

/** Where a style is looked up. */
export type StyleSource = Pick<Styles, 'find'>;

/** The request that a form stands for; only what its model has, and what the form shows of it. */
export function fromDraft(
  draft: Draft,
  model: ModelDescriptor,
  inputs: InputShelf,
  styles: StyleSource,
): RequestInput {
  const images = model.images ? draft.images.flatMap((id) => inputs.find(id) ?? []) : [];
  const subject = { images, ...ownParameters(draft.parameters, model) };
  const hasMask = model.maskWhen && !unmetCondition(model.maskWhen, subject);
  const mask = hasMask && draft.mask !== null ? inputs.find(draft.mask) : undefined;
  const parameters = parameterNames.flatMap((name) => {
    const spec = model.parameters[name];
    if (!spec || unmetCondition(spec.when, subject)) return [];
    // What is not set is said too, or what was used last would take its place.
    const unset = 'default' in spec ? spec.default : undefined;
    return [[name, draft.parameters[name] ?? unset]];
  });
  return {
    modelId: draft.modelId,
    size: draft.size,
    count: draft.count,
    ...(model.seed && draft.seed !== null && { seed: draft.seed }),
    ...textsOf(draft, model, styles),
    ...(model.images && { images }),
    ...(mask && { mask }),
    ...Object.fromEntries(parameters),
  };
}

/** The prompts, with the style around them. One that is no longer there is none, and so is one around nothing. */
function textsOf(
  draft: Draft,
  model: ModelDescriptor,
  styles: StyleSource,
): Pick<RequestInput, 'prompt' | 'negativePrompt' | 'typed'> {
  const prompt = draft.prompt.trim();
  const negativePrompt = draft.negativePrompt.trim();
  const style = draft.style && prompt !== '' ? styles.find(draft.style) : undefined;
  const hasNegative = model.negativePromptLimit !== undefined;
  if (!style) return { prompt, ...(hasNegative && { negativePrompt }) };
  return {
    prompt: applyStyle(style, prompt),
    typed: {
      ...{ prompt, style: style.id },
      ...(hasNegative && style.negativePrompt !== undefined && { negativePrompt }),
    },
    ...(hasNegative && {
      negativePrompt: joinNegativePrompts(negativePrompt, style.negativePrompt),
    }),
  };
}

/**
 * What a draft keeps when the host fills it for another model: what was changed and one of the two lacks. Not whether to
 * make a set or a story, since the number of images is filled in anew.
 */
export function keptParameters(
  parameters: Draft['parameters'],
  from: ModelDescriptor | undefined,
  to: ModelDescriptor,
): Draft['parameters'] {
  const { sequential, interleave, ...others } = carriedParameters(parameters, from, to);
  const modes = {
    ...(!to.parameters.sequential && sequential !== undefined && { sequential }),
    ...(!to.parameters.interleave && interleave !== undefined && { interleave }),
  };
  const kept = Object.entries(others).filter(([key]) => {
    const name = parameterNames.find((each) => each === key);
    return name && !(from?.parameters[name] && to.parameters[name]);
  });
  return { ...Object.fromEntries(kept), ...modes };
}

/** Cut where the contract ends, and not within a character. */
function cut(text: string): string {
  return text.slice(0, maxTextLength).replace(/[\uD800-\uDBFF]$/, '');
}

const draftKey = 'easel.draft';

/** Keeps what is typed in the panel, so that closing it loses nothing. */
export class DraftMemory {
  constructor(private readonly workspaceState: vscode.Memento) {}

  get draft(): Draft | undefined {
    const parsed = z.safeParse(draftSchema, this.workspaceState.get(draftKey));
    return parsed.success ? parsed.data : undefined;
  }

  async remember(draft: Draft): Promise<void> {
    await this.workspaceState.update(draftKey, draft);
  }
}
