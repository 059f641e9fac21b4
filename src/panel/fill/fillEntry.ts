import type { FillItem } from '../../documents/fillPlan';
import type { GenerationJob, SavedImage } from '../../generation/generationJob';
import { ImageGenerationError } from '../../imageModel/errors';
import type { RequestedSize } from '../../imageModel/imageModel';

/** How far an image of the plan has come. `skipped`: an image lies there by now. */
export type FillState =
  | { readonly status: 'planned' | 'waiting' | 'skipped' }
  | { readonly status: 'running'; readonly jobId: string }
  | {
      readonly status: 'done';
      readonly jobId: string;
      readonly image: SavedImage;
      /** The image is there, but its link could not be written. */
      readonly isLinkMissing: boolean;
    }
  /** With a job, the job knows what another try would be. */
  | { readonly status: 'failed'; readonly error: unknown; readonly jobId?: string };

/** An image of the plan, with what the person has made of it. */
export interface FillEntry {
  readonly item: FillItem;
  readonly prompt: string;
  /** Absent as long as nobody has chosen one: the link's, or the one that was used last. */
  readonly size?: RequestedSize;
  readonly isTicked: boolean;
  readonly state: FillState;
}

/** An image as the plan proposes it. */
export function plannedEntry(item: FillItem): FillEntry {
  return { item, prompt: item.prompt, isTicked: true, state: { status: 'planned' } };
}

/** Why a job that ended well has made nothing. */
export function noImageError({ state }: GenerationJob): ImageGenerationError {
  const [failure] = state.status === 'saved' ? state.failures : [];
  return new ImageGenerationError(failure?.kind ?? 'server', failure?.message ?? 'No image came.', {
    code: failure?.code ?? 'NoImages',
  });
}
