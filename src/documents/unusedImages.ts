import * as vscode from 'vscode';
import { atOnce } from '../generation/atOnce';
import type { History } from '../history/history';
import { fileNameOf } from '../history/historyFilter';
import type { ImageSize } from '../imageModel/imageModel';
import { shownPrompt } from '../imageModel/shownPrompt';
import { readRecipe } from '../recipe/imageRecipe';
import { excludedFiles } from '../settings/excludedFiles';
import { decodeImageHeader } from '../util/imageHeader';
import type { AssetsFolder } from '../workspace/assetsFolder';
import { readTextFiles } from '../workspace/textFiles';
import { MentionSearch } from './imageMentions';

/** An image that Easel has made. */
export interface OwnImage {
  /** What the history knows it by, if it does. */
  readonly id?: string;
  /** URI string. */
  readonly uri: string;
  readonly prompt: string;
  /** In pixels, where that is known. */
  readonly size?: ImageSize | undefined;
  readonly byteLength: number;
}

/** What is searched in. */
export interface UnusedImagesOptions {
  readonly history: Pick<History, 'load' | 'query'>;
  readonly folders: Pick<AssetsFolder, 'all'>;
}

/** A file that may be one; of those outside the history, only its recipe tells. */
type Candidate = Omit<OwnImage, 'byteLength' | 'prompt'> & { readonly prompt?: string };

/** More at a time do not make it faster. */
const readAtOnce = 8;

/**
 * The images of the workspace that Easel has made and no text of it mentions by name. Others are never looked at: it
 * cannot be known what they are for.
 * @throws as `readTextFiles`
 */
export async function findUnused(
  options: UnusedImagesOptions,
  token: vscode.CancellationToken,
  report?: (done: number, total: number) => void,
): Promise<readonly OwnImage[]> {
  const candidates = await findCandidates(options, token);
  const unmentioned = await withoutMention(candidates, token, report);
  const inTurn = atOnce(readAtOnce);
  const images = await Promise.all(
    unmentioned.map((candidate) =>
      inTurn(async () => (token.isCancellationRequested ? undefined : ownImage(candidate))),
    ),
  );
  if (token.isCancellationRequested) throw new vscode.CancellationError();
  return images
    .filter((image) => image !== undefined)
    .sort((a, b) => fileNameOf(a.uri).localeCompare(fileNameOf(b.uri)));
}

/** Those that no text of the workspace mentions, as its files are now. @throws as `readTextFiles` */
export async function withoutMention<T extends { readonly uri: string }>(
  images: readonly T[],
  token: vscode.CancellationToken,
  report?: (done: number, total: number) => void,
): Promise<readonly T[]> {
  if (images.length === 0) return [];
  const search = new MentionSearch(images.map(({ uri }) => fileNameOf(uri)));
  await readTextFiles((text, path) => search.read(text, path), token, report);
  return images.filter(({ uri }) => search.unmentioned.has(fileNameOf(uri)));
}

async function findCandidates(
  { history, folders }: UnusedImagesOptions,
  token: vscode.CancellationToken,
): Promise<readonly Candidate[]> {
  await history.load();
  const found = new Map<string, Candidate>();
  for (const { job, image } of history.query({}, 0, Number.POSITIVE_INFINITY).items) {
    const { id, uri, size, keptBecause } = image;
    const isHere = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri, true)) !== undefined;
    if (isHere && keptBecause === undefined) {
      found.set(uri, { id, uri, size, prompt: shownPrompt(job.request) });
    }
  }
  for (const folder of folders.all()) {
    const images = new vscode.RelativePattern(folder, '**/*.{png,jpg,jpeg,webp,PNG,JPG,JPEG,WEBP}');
    const files = await vscode.workspace.findFiles(images, excludedFiles(), undefined, token);
    for (const file of files) {
      const uri = file.toString();
      if (!found.has(uri)) found.set(uri, { uri });
    }
  }
  return [...found.values()];
}

/** Undefined for a file that is gone, or that Easel has not made. */
async function ownImage(candidate: Candidate): Promise<OwnImage | undefined> {
  const uri = vscode.Uri.parse(candidate.uri, true);
  try {
    const { prompt } = candidate;
    if (prompt !== undefined) {
      const { size: byteLength } = await vscode.workspace.fs.stat(uri);
      return { ...candidate, prompt, byteLength };
    }
    const bytes = await vscode.workspace.fs.readFile(uri);
    const recipe = readRecipe(bytes);
    if (recipe?.source !== 'easel') return undefined;
    const size = decodeImageHeader(bytes)?.size;
    return { ...candidate, prompt: recipe.prompt, size, byteLength: bytes.length };
  } catch {
    return undefined;
  }
}
