import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Cost } from '../cost/estimate';
import type { GenerationJob, SavedImage } from '../generation/generationJob';
import type { ImageDelivery, ImageRequest } from '../imageModel/imageModel';
import { shownPrompt } from '../imageModel/shownPrompt';
import { sizeSchema } from '../imageModel/sizeSchema';
import type { RequestDefaults } from '../settings/requestDefaults';
import { jobCost } from './jobCost';

const pixelsSchema = z.object({ width: z.number(), height: z.number() });

const recentJobSchema = z.object({
  id: z.string(),
  request: z.object({
    modelId: z.string(),
    prompt: z.string(),
    size: sizeSchema,
    count: z.number(),
  }),
  startedAt: z.number(),
  endedAt: z.optional(z.number()),
  cost: z.optional(
    z.object({ amount: z.number(), currency: z.enum(['CNY', 'USD']), isUpTo: z.boolean() }),
  ),
  images: z.array(
    z.object({
      id: z.string(),
      position: z.number(),
      uri: z.string(),
      mediaType: z.enum(['image/png', 'image/jpeg', 'image/webp']),
      size: pixelsSchema,
      keptBecause: z.optional(z.string()),
    }),
  ),
  parts: z.optional(z.array(z.union([z.string(), z.number()]))),
});

/** A job that saved images, as it is remembered over a reload. */
export type RecentJob = Pick<GenerationJob, 'id' | 'startedAt'> & {
  readonly endedAt?: number | undefined;
  readonly request: Pick<ImageRequest, 'modelId' | 'prompt' | 'size' | 'count' | 'typed'>;
  readonly cost?: Cost | undefined;
  readonly images: readonly SavedImage[];
  /** Text and images in the order of the answer, where the model wrote too; a long text is cut. */
  readonly parts?: ImageDelivery['parts'] | undefined;
};

const stateKey = 'easel.recentJobs';
const maxJobs = 50;
/** Of one job's texts together, in UTF-16 units: the workspace's state is no place for long ones. */
const maxText = 20_000;

/** The workspace's last jobs with images, so that the panel is not empty after a reload. */
export class RecentJobs {
  constructor(
    private readonly workspaceState: vscode.Memento,
    private readonly requests: Pick<RequestDefaults, 'findModel'>,
  ) {}

  /** Newest first; entries of another shape are skipped. */
  all(): readonly RecentJob[] {
    const stored: unknown = this.workspaceState.get(stateKey);
    if (!Array.isArray(stored)) return [];
    return stored.flatMap((entry) => {
      const parsed = z.safeParse(recentJobSchema, entry);
      return parsed.success ? [parsed.data] : [];
    });
  }

  async add(ended: GenerationJob): Promise<void> {
    const { id, request, startedAt, endedAt, state } = ended;
    if (state.status !== 'saved' && state.status !== 'failed') return;
    if (state.images.length === 0) return;
    const { modelId, size, count } = request;
    const job = {
      id,
      // What is shown of it, and no more.
      request: { modelId, prompt: shownPrompt(request), size, count },
      startedAt,
      endedAt,
      cost: jobCost(ended, this.requests),
      images: state.images,
      ...(state.delivery?.parts && { parts: cutParts(state.delivery.parts) }),
    };
    const others = this.all().filter((other) => other.id !== id);
    await this.workspaceState.update(stateKey, [job, ...others].slice(0, maxJobs));
  }
}

function cutParts(parts: readonly (string | number)[]): readonly (string | number)[] {
  let room = maxText;
  return parts.flatMap((part): (string | number)[] => {
    if (typeof part === 'number') return [part];
    // Not within a character.
    const kept = part.slice(0, room).replace(/[\uD800-\uDBFF]$/, '');
    room -= kept.length;
    return kept === '' ? [] : [kept];
  });
}
