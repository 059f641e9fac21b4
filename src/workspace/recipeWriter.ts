import { open, readFile, rename, rm } from 'node:fs/promises';
import type { Inscribe } from '../generation/fetchImages';
import type { DownloadedImage } from '../imageModel/imageModel';
import { whenFree } from '../journal/atomicFile';
import { readRecipe, writeRecipe } from '../recipe/imageRecipe';
import type { Recipe } from '../recipe/recipe';
import { requestRecipe } from '../recipe/requestRecipe';
import { errorCode } from '../util/fileErrors';
import { KeyedQueue } from '../util/keyedQueue';
import type { Logger } from '../util/logger';

/** What the writer is built from. */
export interface RecipeWriterOptions {
  /** Whether the person wants recipes in images of that folder, a URI string. */
  readonly isWanted: (folder: string) => boolean;
  readonly logger: Logger;
}

/**
 * Writes recipes into downloaded images before they are placed. The same job writes the same bytes each time, so that a
 * try after a crash finds what the one before it had placed. An image that takes no recipe stays as it was delivered.
 */
export function recipeWriter({ isWanted, logger }: RecipeWriterOptions): Inscribe {
  // One at a time: a batch of large images would lie in memory twice.
  const queue = new KeyedQueue();
  return async (image, job) => {
    if (!isWanted(job.folder)) return image;
    try {
      const { request, place, requestId, startedAt } = job;
      const facts = { regionId: place.regionId, requestId, madeAt: startedAt };
      return await queue.run('', () => write(image, requestRecipe(request, facts)));
    } catch (error) {
      logger.warn(`An image was saved without its recipe: ${errorCode(error) || 'unknown error'}.`);
      return image;
    }
  };
}

/** Whole or not at all: what reads the file meanwhile sees the one or the other. */
async function write(image: DownloadedImage, recipe: Recipe): Promise<DownloadedImage> {
  const { file } = image;
  const before = await readFile(file);
  // A retry has another start, but what an earlier try has placed is known by its bytes.
  const isDone = readRecipe(before)?.requestId === recipe.requestId;
  const bytes = isDone ? undefined : writeRecipe(before, recipe);
  if (!bytes) return image;
  const temporary = `${file}.recipe`;
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await whenFree(() => rename(temporary, file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  return { ...image, byteLength: bytes.length };
}
