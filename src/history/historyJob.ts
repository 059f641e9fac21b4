import type { Cost } from '../cost/estimate';
import type { GenerationJob, SavedImage } from '../generation/generationJob';
import type { ImageDelivery } from '../imageModel/imageModel';

/** A saved image as the history knows it. */
export interface HistoryImage extends SavedImage {
  /** As the service rewrote the prompt, where it says so. */
  readonly actualPrompt?: string | undefined;
}

/** A job that has saved images, as it is remembered over sessions and workspaces. */
export interface HistoryJob
  extends Pick<GenerationJob, 'id' | 'request' | 'startedAt' | 'endedAt'> {
  /** What tells the workspace apart that it was made in; absent where none was open. */
  readonly workspace?: string | undefined;
  readonly regionId: string;
  readonly requestId: string;
  readonly cost?: Cost | undefined;
  /** Those that have not been deleted since. */
  readonly images: readonly HistoryImage[];
  /** Text and images in the order of the answer, where the model wrote too. */
  readonly parts?: ImageDelivery['parts'] | undefined;
}

/** An image with the job that made it. */
export interface FoundImage {
  readonly job: HistoryJob;
  readonly image: HistoryImage;
}
