import type { FillItem } from '../../documents/fillPlan';
import type { GenerationJob, SavedImage } from '../../generation/generationJob';
import { ImageGenerationError } from '../../imageModel/errors';
import type { RequestedSize } from '../../imageModel/imageModel';
import { groupBy } from '../../util/groupBy';

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

/**
 * The images of a plan; with what the person had made of them in the plan before.
 * @param isOpen whether something of a failed job may be paid for, so that it is still to be had
 */
export function plannedEntries(
  items: readonly FillItem[],
  before: readonly FillEntry[],
  isOpen: (jobId: string) => boolean,
): readonly FillEntry[] {
  const former = groupBy(before, ({ item }) => keyOf(item));
  return items.map((item) => {
    const own = former.get(keyOf(item))?.shift();
    const planned = { item, prompt: item.prompt, isTicked: true, state: plannedState };
    if (!own) return planned;
    const { prompt, size, isTicked, state } = own;
    const isKept = state.status === 'failed' && state.jobId !== undefined && isOpen(state.jobId);
    return {
      ...planned,
      ...(prompt !== own.item.prompt && { prompt }),
      ...(size && { size }),
      isTicked,
      ...(isKept && { state }),
    };
  });
}

const plannedState: FillState = { status: 'planned' };

/** What makes an image of one plan the same as one of another: its document and file, or its link where no file is named. */
function keyOf({ places: [{ document, source }], file }: FillItem): string {
  return JSON.stringify([document, file?.uri ?? source]);
}

/** Why a job that ended well has made nothing. */
export function noImageError({ state }: GenerationJob): ImageGenerationError {
  const [failure] = state.status === 'saved' ? state.failures : [];
  return new ImageGenerationError(failure?.kind ?? 'server', failure?.message ?? 'No image came.', {
    code: failure?.code ?? 'NoImages',
  });
}
