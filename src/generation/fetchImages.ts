import { ImageGenerationError } from '../imageModel/errors';
import type { DeliveredImage, DownloadedImage, ImageModel } from '../imageModel/imageModel';
import { shownPrompt } from '../imageModel/shownPrompt';
import type { RunInTurn } from './atOnce';
import type { GenerationJob, JobFile, JobState, SavedImage } from './generationJob';
import type { FoundImage, ImageSink } from './imageSink';
import type { JobStep } from './jobJournal';

/** What has been paid for, and what of it is saved. */
export type DeliveredStep = Extract<JobStep, { at: 'delivered' }>;

/** What an image can say of the job that made it. */
export interface InscribedJob
  extends Pick<GenerationJob, 'request' | 'place' | 'folder' | 'startedAt'> {
  readonly requestId: string;
}

/** Writes into a downloaded file how it was made, where that can be done; never rejects. */
export type Inscribe = (image: DownloadedImage, job: InscribedJob) => Promise<DownloadedImage>;

/** What the fetching works with. */
export interface FetchParts {
  readonly model: Pick<ImageModel, 'download'>;
  readonly sink: ImageSink;
  readonly inscribe: Inscribe;
  /** Path of the file that an image is fetched into. */
  readonly partFile: (jobId: string, position: number) => string;
  /** Shared by all jobs, so that a batch does not open a hundred connections. */
  readonly inTurn: RunInTurn;
}

/** What of a job its images are fetched by. */
export type FetchedJob = Pick<
  GenerationJob,
  'id' | 'request' | 'folder' | 'file' | 'place' | 'startedAt'
>;

/** What the fetching tells. */
export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly onStart: () => void;
  /** Awaited after a name was chosen and, with `isImage`, after an image was saved under it. */
  readonly onStep: (step: DeliveredStep, isImage: boolean) => Promise<void>;
}

/**
 * Fetches and saves what is missing, several at a time; one that fails does not stop the others.
 * @returns undefined where all is saved; else a failure, one that another try may mend if there is any
 */
export async function fetchImages(
  { model, sink, partFile, inTurn, inscribe }: FetchParts,
  job: FetchedJob,
  first: DeliveredStep,
  { signal, onStart, onStep }: FetchOptions,
): Promise<unknown> {
  const { id, request, folder, file: jobFile } = job;
  let step = first;
  const advance = (change: Partial<DeliveredStep>, isImage: boolean): Promise<void> => {
    step = { ...step, ...change };
    return onStep(step, isImage);
  };
  const addImage = (position: number, file: FoundImage): Promise<void> => {
    const saved: SavedImage = { ...file, id: `${id}-${position}`, position };
    const images = [...step.images, saved].sort((a, b) => a.position - b.position);
    return advance({ images }, true);
  };
  const fetchOne = async (delivered: DeliveredImage, position: number): Promise<void> => {
    signal.throwIfAborted();
    const part = partFile(id, position);
    const chosen = step.chosen[position];
    const found = chosen === undefined ? undefined : await sink.find(chosen, part);
    if (found) return addImage(position, found);
    const { requestId } = first.delivery;
    const downloaded = await model.download(delivered, part, { signal });
    const image = await inscribe(downloaded, { ...job, requestId });
    const file = await sink.save(image, {
      folder,
      prompt: shownPrompt(request),
      file: fileOf(jobFile, position),
      chosen,
      onChosen: (uri) => advance({ chosen: { ...step.chosen, [position]: uri } }, false),
    });
    const { mediaType, size } = image;
    await addImage(position, { ...file, mediaType, size });
  };
  const isMissing = (position: number): boolean =>
    !first.images.some((image) => image.position === position);
  onStart();
  const results = await Promise.allSettled(
    first.delivery.images.map((delivered, position) =>
      isMissing(position) ? inTurn(() => fetchOne(delivered, position)) : undefined,
    ),
  );
  const failures = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason] : [],
  );
  return failures.find(mayPass) ?? failures[0];
}

/** A link that has expired or was refused stays so; all else may have gone by the next time. */
function mayPass(error: unknown): boolean {
  return !(error instanceof ImageGenerationError) || error.kind !== 'download' || error.retryable;
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

/** Only the first image takes another one's place; the others of its set stand beside it. */
function fileOf(file: JobFile | undefined, position: number): JobFile | undefined {
  return file && position > 0 ? { base: file.base } : file;
}
