import * as z from 'zod/mini';
import type { ImageSize } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { RequestField } from '../imageModel/requestRules';

// The contract of the host (src/panel) and the page (src/webview). What comes from the page is validated with zod,
// because the page is the less trusted side; what goes to it needs types only. A message carries intents and ids,
// never a command, a path, a URL or a key.

/** In UTF-16 units; far above what any model reads. */
export const maxTextLength = 100_000;

/** What is typed into the form. Numbers may be out of range: the host's rules say so, in words. */
export const draftSchema = z.object({
  modelId: z.string().check(z.maxLength(200)),
  prompt: z.string().check(z.maxLength(maxTextLength)),
  negativePrompt: z.string().check(z.maxLength(maxTextLength)),
  size: z.object({ width: z.number(), height: z.number() }),
  count: z.number(),
  /** Null is "a new one each time". */
  seed: z.nullable(z.number()),
  promptExtend: z.boolean(),
  watermark: z.boolean(),
  /** Empty where the model has no styles. */
  style: z.string().check(z.maxLength(200)),
});

/** The form's values. */
export type Draft = z.infer<typeof draftSchema>;

/** What a button of a failed job does; the page names it, the host knows how. */
const panelActionSchema = z.enum([
  'setApiKey',
  'openConsole',
  'selectModel',
  'openProxySettings',
  'openEndpointSetting',
  'openFolderSetting',
  'openFolder',
  'showLog',
]);

/** A next step that a failed job offers. */
export type PanelAction = z.infer<typeof panelActionSchema>;

const id = z.string().check(z.maxLength(100));

/** Everything the page may say. */
export const pageMessageSchema = z.discriminatedUnion('type', [
  /** The page has loaded, with the draft it kept over a reload, if any. Nothing is posted to it before this. */
  z.object({ type: z.literal('ready'), draft: z.optional(draftSchema) }),
  /** The form changed (debounced): check it and remember it. */
  z.object({ type: z.literal('draftChanged'), draft: draftSchema }),
  z.object({ type: z.literal('generate'), draft: draftSchema }),
  z.object({ type: z.literal('cancel'), jobId: id }),
  /**
   * Fetch the paid images of a failed job again, or send a failed request again; the host knows which. It answers with
   * a `job` in any case: until then the page lets nobody press again.
   */
  z.object({ type: z.literal('retry'), jobId: id }),
  z.object({ type: z.literal('insert'), imageId: id }),
  z.object({ type: z.literal('open'), imageId: id }),
  z.object({ type: z.literal('copyPath'), imageId: id }),
  z.object({ type: z.literal('reveal'), imageId: id }),
  z.object({ type: z.literal('act'), action: panelActionSchema }),
]);

/** One message of the page. */
export type PageMessage = z.infer<typeof pageMessageSchema>;

/** A sentence about one field of the draft, in the person's language. */
export interface DraftIssue {
  readonly severity: 'error' | 'warning';
  readonly field: RequestField;
  readonly text: string;
}

/** A saved image as the page shows it. */
export interface PanelImage {
  readonly id: string;
  /** A webview URI. */
  readonly src: string;
  readonly fileName: string;
  readonly size: ImageSize;
}

/** A job as the page shows it; texts are in the person's language. */
export interface PanelJob {
  readonly id: string;
  readonly prompt: string;
  readonly modelLabel: string;
  readonly size: ImageSize;
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly status: 'running' | 'saved' | 'failed' | 'cancelled';
  /** While running: the phase in words. Otherwise a sentence on how it ended, or empty. */
  readonly text: string;
  /**
   * What another try of a failed job would be: `fetch` costs nothing; `again` sends the request anew; `maybeBilled`
   * does too, though the first one may have been billed.
   */
  readonly retry: 'none' | 'fetch' | 'again' | 'maybeBilled';
  /** Buttons of a failed job, in this order. */
  readonly actions: readonly PanelAction[];
  /** In the order of the set; while running, those that are saved already. */
  readonly images: readonly PanelImage[];
}

/** Everything the page shows but what is being typed. */
export interface PanelState {
  readonly models: readonly ModelDescriptor[];
  readonly regionLabel: string;
  readonly hasApiKey: boolean;
  /** Newest first. */
  readonly jobs: readonly PanelJob[];
}

/** Everything the host may say. */
export type HostMessage =
  /** `draft` only where the form is to be filled: the answer to `ready`, and a prompt handed over by a command. */
  | { readonly type: 'state'; readonly state: PanelState; readonly draft?: Draft }
  /** A new or changed job. */
  | { readonly type: 'job'; readonly job: PanelJob }
  /** The answer to `draftChanged`. */
  | { readonly type: 'checked'; readonly issues: readonly DraftIssue[] };

/** Every text of the page; the host fills it with `l10n.t`. `{0}` is replaced by the page. */
export interface PanelStrings {
  readonly title: string;
  readonly formTitle: string;
  readonly prompt: string;
  readonly promptPlaceholder: string;
  readonly model: string;
  readonly size: string;
  readonly customSize: string;
  readonly width: string;
  readonly height: string;
  readonly count: string;
  readonly fewerImages: string;
  readonly moreImages: string;
  readonly seed: string;
  readonly seedPlaceholder: string;
  readonly randomSeed: string;
  readonly negativePrompt: string;
  readonly negativePromptPlaceholder: string;
  readonly promptExtend: string;
  readonly promptExtendHint: string;
  readonly watermark: string;
  readonly style: string;
  readonly styleNames: Readonly<Record<string, string>>;
  readonly moreOptions: string;
  readonly generate: string;
  /** The key that generates; the page knows which of the two, as the host may run on another machine. */
  readonly generateKey: string;
  readonly generateKeyMac: string;
  /** Why an empty form does not generate. */
  readonly promptNeeded: string;
  readonly cancel: string;
  readonly cancelling: string;
  readonly retryLabels: Readonly<Record<Exclude<PanelJob['retry'], 'none'>, string>>;
  readonly actionLabels: Readonly<Record<PanelAction, string>>;
  readonly results: string;
  readonly insert: string;
  readonly open: string;
  readonly copyPath: string;
  readonly reveal: string;
  /** In a picture's place. */
  readonly fileGone: string;
  /** The picture itself, and its toolbar: `{0}` is the file name. */
  readonly openImage: string;
  readonly imageActions: string;
  /** Read aloud. */
  readonly pathCopied: string;
  /** Of a long prompt. */
  readonly showMore: string;
  readonly showLess: string;
  /** Puts a job's prompt into the form. */
  readonly usePrompt: string;
  readonly noKeyTitle: string;
  readonly noKeyText: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  /** `{0}` seconds. */
  readonly seconds: string;
  /** `{0}` minutes, `{1}` seconds. */
  readonly minutesSeconds: string;
  /** `{0}` of `{1}` characters or tokens used. */
  readonly charactersUsed: string;
  readonly tokensUsed: string;
  /** Read aloud: `{0}` images. */
  readonly imagesReady: string;
}
