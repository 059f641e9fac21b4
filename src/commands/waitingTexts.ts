import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { InsertionPoint, isInTab } from '../documents/insertionPoint';
import { isInPlace, jobContent } from '../documents/jobContent';
import { insertLinks } from '../documents/linkInserter';
import { linkWriterFor } from '../documents/linkWriter';
import { findWaiting, removeWaiting, waitingJobs } from '../documents/waitingText';
import type { GenerationService } from '../generation/generationService';
import type { History } from '../history/history';
import { shownPrompt } from '../imageModel/shownPrompt';

/** What the settling works with. */
export interface WaitingTextsOptions {
  readonly state: vscode.Memento;
  readonly jobs: Pick<GenerationService, 'jobs'>;
  readonly history: Pick<History, 'load' | 'jobBeginning'>;
}

const key = 'easel.leftWaiting';
/** Documents that nobody opens again are forgotten at last. */
const maxLeft = 200;
const leftSchema = z.array(z.string());

/** The comments of jobs that ended while their document was closed. */
export class WaitingTexts {
  constructor(private readonly options: WaitingTextsOptions) {}

  /** Remembers that a job has ended without an image, so that its comment goes when the document is opened. */
  async leave(jobId: string): Promise<void> {
    await this.options.state.update(key, [...this.#left(), jobId.slice(0, 8)].slice(-maxLeft));
  }

  /** Links what was made for the comments of a document that was opened, and takes away those that wait for nothing. */
  async settle(document: vscode.TextDocument): Promise<void> {
    const { jobs, history } = this.options;
    const isOurs = document.uri.scheme !== 'untitled' || isInTab(document.uri);
    const waiting = isOurs ? waitingJobs(document.getText()) : [];
    if (waiting.length === 0) return;
    await history.load();
    // A job that was started at several cursors has several.
    for (const digits of waiting) {
      const job = jobs.jobs().find(({ id }) => id.startsWith(digits));
      if (job?.state.status === 'running') continue;
      const images = history.jobBeginning(digits)?.images.filter(isInPlace) ?? [];
      const isOver = images.length > 0 || this.#left().includes(digits);
      const found = isOver && findWaiting(document, digits, (await linkWriterFor(document)).format);
      if (!found) continue;
      const point = new InsertionPoint(document, found.position, 'cursor', found.replaces);
      try {
        await this.#settleAt(point, digits);
      } finally {
        point.dispose();
      }
    }
  }

  async #settleAt(point: InsertionPoint, digits: string): Promise<void> {
    const job = this.options.history.jobBeginning(digits);
    if (job) {
      const images = job.images.filter(isInPlace);
      await insertLinks(point, jobContent(images, shownPrompt(job.request), job.parts));
    } else {
      await removeWaiting(point);
    }
  }

  #left(): readonly string[] {
    const parsed = z.safeParse(leftSchema, this.options.state.get(key));
    return parsed.success ? parsed.data : [];
  }
}
