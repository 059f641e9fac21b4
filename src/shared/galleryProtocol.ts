import * as z from 'zod/mini';
import type { ImageSize } from '../imageModel/imageModel';

// The part of the contract that is about the history: what the page asks for, and what it is told.

/** Of an image or a job; the host gives them. */
const idSchema = z.string().check(z.maxLength(100));

/** Far more than a person selects by hand, and all that one action is asked for. */
export const maxSelected = 500;
/** In one answer. */
export const maxPageItems = 200;
/** Of a thumbnail, in bytes. */
export const maxThumbnailBytes = 100_000;

/** Which images of the history are wanted; what is null or empty does not matter. */
export const galleryFilterSchema = z.object({
  /** Words that all have to be in the prompt, the file name or the model's name, in any order and case. */
  text: z.string().check(z.maxLength(200)),
  modelId: z.nullable(z.string().check(z.maxLength(200))),
  /** Milliseconds since the epoch: made then or later. */
  since: z.nullable(z.number()),
  shape: z.nullable(z.enum(['landscape', 'portrait', 'square'])),
  /** Made in this workspace only. */
  isHere: z.boolean(),
  isFavourite: z.boolean(),
});

/** A filter of the gallery. */
export type GalleryFilter = z.infer<typeof galleryFilterSchema>;

/** What the host does with images of the history, one or several; `insert` and the like keep their order. */
export const imageActionSchema = z.enum([
  'insert',
  'copyMarkdown',
  'copyPath',
  'open',
  'reveal',
  /** To the trash, after a question. */
  'delete',
  'useAsReference',
  /** Those that are none become favourites; where all are, none is any more. */
  'toggleFavourite',
  // The next four fill the form from one image's request.
  'usePrompt',
  'useSeed',
  'useAll',
  /** All but the seed. */
  'remix',
  /** Asks for the version of git and answers with `compare`. */
  'compareWithGit',
]);

/** A word for what the host does with images. */
export type ImageAction = z.infer<typeof imageActionSchema>;

const imageIds = z.array(idSchema).check(z.minLength(1), z.maxLength(maxSelected));

/** What the page may say about the history. */
export const galleryMessages = [
  /** Answered by `historyPage` with the same number, unless a later query came before the answer. */
  z.object({
    type: z.literal('queryHistory'),
    queryId: z.number(),
    filter: galleryFilterSchema,
    offset: z.number().check(z.nonnegative()),
    limit: z.number().check(z.positive(), z.maximum(maxPageItems)),
  }),
  z.object({ type: z.literal('setFavourite'), imageIds, isFavourite: z.boolean() }),
  z.object({ type: z.literal('actOnImages'), action: imageActionSchema, imageIds }),
  /** Answered by `details`. */
  z.object({ type: z.literal('showDetails'), imageId: idSchema }),
  /** A small WebP or PNG picture of an image, made by the page and kept by the host; the only bytes but those of pasted images that the page sends. */
  z.object({
    type: z.literal('keepThumbnail'),
    imageId: idSchema,
    bytes: z.instanceof(Uint8Array),
  }),
  /** Of several compared: one stays, the others go to the trash, after a question. */
  z.object({
    type: z.literal('acceptImage'),
    keep: idSchema,
    trash: z.array(idSchema).check(z.minLength(1), z.maxLength(3)),
  }),
] as const;

/** An image of the history as the gallery shows it. */
export interface GalleryImage {
  readonly id: string;
  readonly jobId: string;
  /** A webview URI of the file; absent where the page may not show it. */
  readonly src?: string;
  /** A webview URI of its thumbnail; absent until there is one. */
  readonly thumbnail?: string;
  readonly fileName: string;
  readonly size: ImageSize;
  /** Cut to 300 characters. */
  readonly prompt: string;
  readonly modelLabel: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly isFavourite: boolean;
}

/** All that is known of an image; texts are in the person's language. */
export interface ImageDetails {
  readonly id: string;
  readonly src?: string;
  readonly fileName: string;
  /** Relative to the workspace, or whole. */
  readonly path: string;
  readonly prompt: string;
  /** What was sent, where a style was put around the prompt. */
  readonly sentPrompt?: string;
  /** As the service rewrote it, where it says so. */
  readonly actualPrompt?: string;
  readonly negativePrompt?: string;
  readonly modelLabel: string;
  /** As `1024 × 1024`, `2K`, or in words. */
  readonly requestedSize: string;
  readonly size: ImageSize;
  /** Sent with the request. */
  readonly seed?: number;
  /** Every other parameter that was not the default. */
  readonly parameters: readonly { readonly label: string; readonly value: string }[];
  readonly costText?: string;
  readonly startedAt: number;
  /** Milliseconds. */
  readonly tookMs?: number;
  readonly requestId?: string;
  readonly isFavourite: boolean;
}

/** One of the images that are compared. */
export interface ComparedImage {
  readonly id: string;
  readonly src: string;
  /** The file name, or where an earlier version is from. */
  readonly label: string;
  readonly size: ImageSize;
  /** False for an earlier version, which cannot be accepted or put in the trash. */
  readonly isFile: boolean;
}

/** What the page itself does when a menu asks for it. */
export type PageAction = 'copyImage' | 'compare' | 'details';

/** What the host may say about the history. */
export type GalleryHostMessage =
  | {
      readonly type: 'historyPage';
      readonly queryId: number;
      readonly offset: number;
      /** How many images pass the filter. */
      readonly total: number;
      readonly items: readonly GalleryImage[];
      /** The models of all images of the history, by name. */
      readonly models: readonly { readonly id: string; readonly label: string }[];
    }
  /** Images came, changed or went; what is shown is to be asked for again. */
  | { readonly type: 'historyChanged' }
  /** Their files are in the trash. */
  | { readonly type: 'imagesGone'; readonly imageIds: readonly string[] }
  | { readonly type: 'details'; readonly details: ImageDetails }
  | { readonly type: 'compare'; readonly images: readonly ComparedImage[] }
  | {
      readonly type: 'actInPage';
      readonly action: PageAction;
      readonly imageIds: readonly string[];
    };

/** How long ago, as the gallery offers it. */
export type GalleryTime = 'any' | 'today' | 'week' | 'month' | 'year';

/** A shape, as the gallery offers it. */
export type GalleryShape = 'any' | NonNullable<GalleryFilter['shape']>;
