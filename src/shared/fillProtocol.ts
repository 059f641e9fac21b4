import * as z from 'zod/mini';
import type { RequestedSize } from '../imageModel/imageModel';
import type { TextLimit } from '../imageModel/modelDescriptor';
import { sizeSchema } from '../imageModel/sizeSchema';
import type { DraftIssue, PanelAction, PanelJob } from './panelProtocol';

// The part of the contract that is about missing images: a plan of them, and what is done with it.

/** Of an image of the plan; the host gives them. */
const itemId = z.string().check(z.maxLength(100));

/** What the page may say about the plan. A place in a document is named by the image that it lacks. */
export const fillMessages = [
  z.object({
    type: z.literal('tickFill'),
    itemIds: z.array(itemId).check(z.maxLength(10_000)),
    isTicked: z.boolean(),
  }),
  z.object({
    type: z.literal('setFillPrompt'),
    itemId,
    prompt: z.string().check(z.maxLength(100_000)),
  }),
  z.object({ type: z.literal('setFillSize'), itemId, size: sizeSchema }),
  /** Makes what is ticked; of many images, the host asks first. */
  z.object({ type: z.literal('runFill') }),
  /** Nothing more is started; what the service has begun is kept. */
  z.object({ type: z.literal('stopFill') }),
  z.object({ type: z.literal('retryFill'), itemId }),
  /** Shows the place in its document. */
  z.object({ type: z.literal('revealFill'), itemId }),
  /** Opens the image that was made. */
  z.object({ type: z.literal('openFill'), itemId }),
  /** Looks again at the documents. */
  z.object({ type: z.literal('planFillAgain') }),
  /** Answered by `fill` without a plan. */
  z.object({ type: z.literal('closeFill') }),
] as const;

/** An image that a document lacks, as the page shows it; texts are in the person's language. */
export interface PanelFillItem {
  readonly id: string;
  /** Of the first document that wants it; an index in the plan's. */
  readonly document: number;
  /** From 1. */
  readonly line: number;
  /** Absent where nothing names a file yet. */
  readonly fileName?: string;
  /** The whole path, and further places that want the image, in words. */
  readonly hint: string;
  /** Why it is wanted, in a few words. */
  readonly reason: string;
  readonly prompt: string;
  readonly size: RequestedSize;
  readonly isTicked: boolean;
  /** `skipped`: an image lies there by now. */
  readonly status: 'planned' | 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  /** How far it is, or why it failed. */
  readonly text: string;
  /** What is wrong with the prompt or the size; with an error it is not made. */
  readonly issue?: Pick<DraftIssue, 'severity' | 'text'>;
  /** A webview URI of the finished image. */
  readonly src?: string;
  readonly retry: PanelJob['retry'];
  readonly actions: readonly PanelAction[];
}

/** How the run of a plan goes. */
export interface PanelFillSummary {
  /** `stopping`: nothing more is started, and the last ones are awaited. */
  readonly status: 'idle' | 'running' | 'stopping';
  /** So many would be made now. */
  readonly startable: number;
  /** What these cost, in words; absent where there is none, and where no price is known. */
  readonly costText?: string;
  readonly done: number;
  readonly failed: number;
  /** That are started or wait for their turn. */
  readonly open: number;
  /** Something was started already. */
  readonly hasRun: boolean;
  /** What the person should know, such as what goes on after a stop. */
  readonly note?: string;
}

/** A plan of missing images. */
export interface PanelFill {
  /** Another plan has another one. */
  readonly id: string;
  /** Of the document or the folder. */
  readonly title: string;
  /** The documents that lack images, by their names. */
  readonly documents: readonly string[];
  /** What was left out, in words. */
  readonly limitText?: string;
  readonly modelLabel: string;
  /** Of one image. */
  readonly priceText: string;
  readonly promptLimit: TextLimit;
  /** That can be chosen. */
  readonly sizes: readonly RequestedSize[];
  readonly items: readonly PanelFillItem[];
  readonly summary: PanelFillSummary;
}

/** What the host may say about the plan. */
export type FillHostMessage =
  | { readonly type: 'fill'; readonly fill: PanelFill | null }
  /** Somebody has just asked for the plan, and wants to see it. */
  | { readonly type: 'showFill' }
  /** Of the plan that is shown. */
  | {
      readonly type: 'fillChanged';
      readonly items: readonly PanelFillItem[];
      readonly summary: PanelFillSummary;
    };

/** Every text of the plan. */
export interface FillStrings {
  readonly tab: string;
  /** `{0}` is the document or the folder. */
  readonly title: string;
  readonly oneMissing: string;
  /** `{0}` is how many. */
  readonly manyMissing: string;
  /** `{0}` documents. */
  readonly inDocuments: string;
  readonly changeModel: string;
  readonly lookAgain: string;
  readonly close: string;
  readonly selectAll: string;
  /** `{0}` of `{1}`. */
  readonly selected: string;
  readonly generateOne: string;
  /** `{0}` is how many. */
  readonly generateMany: string;
  readonly resumeOne: string;
  readonly resumeMany: string;
  readonly nothingSelected: string;
  readonly stop: string;
  readonly stopping: string;
  /** `{0}` of `{1}`. */
  readonly progress: string;
  readonly failed: string;
  /** Read aloud at the end of a run: `{0}` were made. */
  readonly finished: string;
  readonly emptyTitle: string;
  /** `{0}` is the document or the folder. */
  readonly emptyText: string;
  /** Of a row: `{0}` is its name. */
  readonly include: string;
  readonly prompt: string;
  readonly promptPlaceholder: string;
  readonly size: string;
  readonly line: string;
  readonly newFile: string;
  /** Of the button that shows the place. */
  readonly reveal: string;
  readonly openImage: string;
  readonly autoSize: string;
}
