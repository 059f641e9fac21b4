import type { DeliveredImage, ImageModel } from '../imageModel/imageModel';
import type { RunInTurn } from './atOnce';
import type { GenerationJob, JobState, SavedImage } from './generationJob';
import type { ImageSink } from './imageSink';
import type { JobStep } from './jobJournal';

/** What has been paid for, and what of it is saved. */
export type DeliveredStep = Extract<JobStep, { at: 'delivered' }>;

/** What the fetching works with. */
export interface FetchParts {
  readonly model: Pick<ImageModel, 'download'>;
  readonly sink: ImageSink;
  /** Path of the file that an image is fetched into. */
  readonly partFile: (jobId: string, position: number) => string;
  /** Shared by all jobs, so that a batch does not open a hundred connections. */
  readonly inTurn: RunInTurn;
}

/** What the fetching tells. */
export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly onStart: () => void;
  /** Awaited after a name was chosen and, with `isImage`, after an image was saved under it. */
  readonly onStep: (step: DeliveredStep, isImage: boolean) => Promise<void>;
}

/**
 * Fetches and saves what is missing, several at a time; one that fails does not stop the others.
 * @returns the first failure, or undefined where all is saved
 */
export async function fetchImages(
  { model, sink, partFile, inTurn }: FetchParts,
  { id, request, folder }: Pick<GenerationJob, 'id' | 'request' | 'folder'>,
  first: DeliveredStep,
  { signal, onStart, onStep }: FetchOptions,
): Promise<unknown> {
  let step = first;
  const advance = (change: Partial<DeliveredStep>, isImage: boolean): Promise<void> => {
    step = { ...step, ...change };
    return onStep(step, isImage);
  };
  const fetchOne = async (delivered: DeliveredImage, position: number): Promise<void> => {
    signal.throwIfAborted();
    const image = await model.download(delivered, partFile(id, position), { signal });
    const file = await sink.save(image, {
      folder,
      prompt: request.prompt,
      chosen: step.chosen[position],
      onChosen: (uri) => advance({ chosen: { ...step.chosen, [position]: uri } }, false),
    });
    const { mediaType, size } = image;
    const saved: SavedImage = { ...file, id: `${id}-${position}`, position, mediaType, size };
    const images = [...step.images, saved].sort((a, b) => a.position - b.position);
    await advance({ images }, true);
  };
  const isMissing = (position: number): boolean =>
    !first.images.some((image) => image.position === position);
  onStart();
  const results = await Promise.allSettled(
    first.delivery.images.map((delivered, position) =>
      isMissing(position) ? inTurn(() => fetchOne(delivered, position)) : undefined,
    ),
  );
  return results.find((result) => result.status === 'rejected')?.reason;
}

/** A job's state while it fetches. */
export function downloading({ delivery, images }: DeliveredStep): JobState {
  const progress = {
    phase: 'downloading',
    done: images.length,
    total: delivery.images.length,
  } as const;
  return { status: 'running', progress, images, delivery };
}
