import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { unmetCondition } from '../imageModel/conditions';
import type { ImageRequest } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { parameterNames } from '../imageModel/parameters';
import type { RequestInput } from '../settings/requestDefaults';
import { carriedParameters, ownParameters } from '../shared/carryParameters';
import { type Draft, draftSchema, maxTextLength } from '../shared/panelProtocol';
import type { InputShelf } from './inputShelf';

/** The form's values for a request. */
export function toDraft(request: ImageRequest, inputs: InputShelf): Draft {
  const parameters = parameterNames.flatMap((name) =>
    request[name] === undefined ? [] : [[name, request[name]]],
  );
  return {
    modelId: request.modelId,
    prompt: cut(request.prompt),
    negativePrompt: cut(request.negativePrompt ?? ''),
    size: request.size,
    count: request.count,
    seed: request.seed ?? null,
    images: (request.images ?? []).map((image) => inputs.idOf(image)),
    mask: request.mask ? inputs.idOf(request.mask) : null,
    parameters: Object.fromEntries(parameters),
  };
}

/** The request that a form stands for; only what its model has, and what the form shows of it. */
export function fromDraft(draft: Draft, model: ModelDescriptor, inputs: InputShelf): RequestInput {
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
    prompt: draft.prompt.trim(),
    size: draft.size,
    count: draft.count,
    ...(model.seed && draft.seed !== null && { seed: draft.seed }),
    ...(model.negativePromptLimit && { negativePrompt: draft.negativePrompt.trim() }),
    ...(model.images && { images }),
    ...(mask && { mask }),
    ...Object.fromEntries(parameters),
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
