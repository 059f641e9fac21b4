import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { ImageRequest } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { RequestInput } from '../settings/requestDefaults';
import { type Draft, draftSchema, maxTextLength } from '../shared/panelProtocol';

/** The form's values for a request. */
export function toDraft(request: ImageRequest): Draft {
  return {
    modelId: request.modelId,
    prompt: cut(request.prompt),
    negativePrompt: cut(request.negativePrompt ?? ''),
    size: request.size,
    count: request.count,
    seed: request.seed ?? null,
    promptExtend: request.promptExtend ?? true,
    watermark: request.watermark ?? false,
    style: request.style ?? '',
  };
}

/** The request that a form stands for; only what its model has. */
export function fromDraft(draft: Draft, model: ModelDescriptor): RequestInput {
  return {
    modelId: draft.modelId,
    prompt: draft.prompt.trim(),
    size: draft.size,
    count: draft.count,
    ...(model.seed && draft.seed !== null && { seed: draft.seed }),
    ...(model.negativePromptLimit && { negativePrompt: draft.negativePrompt.trim() }),
    ...(model.promptExtendDefault !== undefined && { promptExtend: draft.promptExtend }),
    ...(model.watermark && { watermark: draft.watermark }),
    ...(model.styles && { style: draft.style }),
  };
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
