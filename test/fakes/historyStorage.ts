import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { GenerationJob, SavedImage } from '../../src/generation/generationJob';
import { History, type HistoryOptions } from '../../src/history/history';
import type { ImageRequest } from '../../src/imageModel/imageModel';
import { KeyedQueue } from '../../src/util/keyedQueue';
import { RecordingLogger } from './recordingLogger';

/** A storage folder of a test, with the histories of windows on it. */
export class HistoryStorage {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'easel-history-'));
  readonly file = path.join(this.folder, 'history', 'jobs.jsonl');
  readonly logger = new RecordingLogger();
  /** Files that something was done exclusively with. */
  readonly locked: string[] = [];
  readonly #turns = new KeyedQueue();

  /** What a window knows that has just loaded. */
  async window(windowId = 'window', changes: Partial<HistoryOptions> = {}): Promise<History> {
    const history = new History({
      folder: this.folder,
      windowId,
      exclusively: (file, action) => {
        this.locked.push(file);
        return this.#turns.run(file, action);
      },
      labelOf: (modelId) => `The ${modelId}`,
      logger: this.logger,
      ...changes,
    });
    await history.load();
    return history;
  }

  /** Adds a text to the log as some other process would have. */
  append(text: string): void {
    mkdirSync(path.dirname(this.file), { recursive: true });
    appendFileSync(this.file, text);
  }

  text(): string {
    return readFileSync(this.file, 'utf8');
  }

  /** What the lines of the log say; fails on one that is no JSON. */
  lines(): readonly { readonly event: string }[] {
    const lines = this.text().split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line));
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What no test here depends on. */
export const facts = { workspace: 'file:///w', cost: undefined } as const;

const defaultRequest: ImageRequest = {
  modelId: 'm',
  prompt: 'a fox',
  size: { width: 1024, height: 1024 },
  count: 1,
};

/** An image of a job, in the folder `images`. */
export function savedImage(jobId: string, position = 0): SavedImage {
  return {
    id: `${jobId}-${position}`,
    position,
    uri: `file:///w/images/${jobId}-${position}.png`,
    mediaType: 'image/png',
    size: { width: 1024, height: 1024 },
  };
}

/** A job that has saved images, one unless given. */
export function savedJob(
  id: string,
  {
    images = [savedImage(id)],
    request = {},
    ...changes
  }: Partial<Omit<GenerationJob, 'request' | 'state'>> & {
    readonly images?: readonly SavedImage[];
    readonly request?: Partial<ImageRequest>;
  } = {},
): GenerationJob {
  return {
    id,
    request: { ...defaultRequest, ...request },
    place: { regionId: 'cn-beijing', baseUrl: 'https://service' },
    folder: 'file:///w/images',
    startedAt: 1_000,
    endedAt: 6_000,
    ...changes,
    state: {
      status: 'saved',
      images,
      failures: [],
      delivery: {
        requestId: `request-of-${id}`,
        images: images.map(({ id: name }) => ({
          url: `https://result.example/${name}.png?Signature=secret`,
          actualPrompt: `rewritten for ${name}`,
        })),
        failures: [],
      },
    },
  };
}
