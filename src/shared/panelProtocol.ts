import * as z from 'zod/mini';
import type { ImageSize, RequestedSize } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { parameterShape } from '../imageModel/parameterSchema';
import type { ParameterName } from '../imageModel/parameters';
import type { RequestField } from '../imageModel/requestRules';
import { sizeSchema } from '../imageModel/sizeSchema';

// The contract of the host (src/panel) and the page (src/webview). What comes from the page is validated with zod,
// because the page is the less trusted side; what goes to it needs types only. A message carries intents and ids,
// never a command, a path, a URL or a key.

/** In UTF-16 units; far above what any model reads. */
export const maxTextLength = 100_000;

/** Of a job, an image or an input image; the host gives them. */
export const idSchema = z.string().check(z.maxLength(100));

/** Far above what any model takes. */
const maxInputs = 30;

/** What is typed into the form. Numbers may be out of range: the host's rules say so, in words. */
export const draftSchema = z.object({
  modelId: z.string().check(z.maxLength(200)),
  prompt: z.string().check(z.maxLength(maxTextLength)),
  negativePrompt: z.string().check(z.maxLength(maxTextLength)),
  size: sizeSchema,
  count: z.number(),
  /** The person's own number, where the form has another one as the model or a set wants it. */
  ownCount: z.optional(z.number()),
  /** Null is "a new one each time". */
  seed: z.nullable(z.number()),
  /** Ids that the host gave to input images, in their order. */
  images: z.array(idSchema).check(z.maxLength(maxInputs)),
  mask: z.nullable(idSchema),
  /** Absent is "not set". What the model lacks is kept for one that has it. */
  parameters: z.object(parameterShape),
});

/** The form's values. */
export type Draft = z.infer<typeof draftSchema>;

/** What a button of a failed job does; the page names it, the host knows how. */
export const panelActionSchema = z.enum([
  'setApiKey',
  'openConsole',
  'selectModel',
  'openProxySettings',
  'openEndpointSetting',
  'openWorkspaceSetting',
  'openFolderSetting',
  'openFolder',
  'checkConnection',
  'showLog',
]);

/** A next step that a failed job offers. */
export type PanelAction = z.infer<typeof panelActionSchema>;

/** A sentence about one field of the draft, in the person's language. */
export interface DraftIssue {
  readonly severity: 'error' | 'warning';
  readonly field: RequestField;
  readonly text: string;
}

/** An input image as the page shows it. */
export interface PanelInput {
  /** The host's; drafts name the image by it. */
  readonly id: string;
  /** A webview URI; absent for an image in the web, and for one that may not be shown. */
  readonly src?: string;
  /** The file name; of an image in the web, the end of its address. */
  readonly name: string;
  /** The whole address of an image in the web. */
  readonly address?: string;
  /** In pixels, where it is known. */
  readonly size?: ImageSize;
}

/** A model as the page offers it. */
export interface PanelModel extends ModelDescriptor {
  /** Such as "¥0.20 per image", with its source where that is not the official list; or that it is not known. */
  readonly priceText: string;
  /** What the person should know of the row, such as that its facts are unconfirmed. */
  readonly note?: string;
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
  readonly size: RequestedSize;
  readonly count: number;
  /** What it has cost, in words; absent while it runs and where no price is known. */
  readonly costText?: string;
  /** What the model wrote between the images. */
  readonly writtenText?: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt?: number;
  /** `uncertain`: it may have been billed, and nothing is there that could be fetched. */
  readonly status: 'running' | 'saved' | 'failed' | 'uncertain' | 'cancelled';
  /** While running: the phase in words. Otherwise a sentence on how it ended, or empty. */
  readonly text: string;
  /**
   * What another try of a failed job would be: `fetch` costs nothing; `again` sends the request anew; `maybeBilled`
   * does too, though the first one may have been billed.
   */
  readonly retry: 'none' | 'fetch' | 'again' | 'maybeBilled';
  /** What cancelling costs by now, in words; empty unless it runs. */
  readonly cancelText: string;
  /** From the press until the service has said what came of it. */
  readonly isCancelling: boolean;
  /** Buttons of a failed job, in this order. */
  readonly actions: readonly PanelAction[];
  /** In the order of the set; while running, those that are saved already. */
  readonly images: readonly PanelImage[];
}

/** Everything the page shows but what is being typed. */
export interface PanelState {
  readonly models: readonly PanelModel[];
  readonly regionLabel: string;
  /** Those that the draft names, and any other that it might. */
  readonly inputs: readonly PanelInput[];
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
  | {
      readonly type: 'checked';
      readonly issues: readonly DraftIssue[];
      /** What Generate will cost, such as "¥0.40"; absent where it is not known. */
      readonly costText?: string;
    }
  /** To be added to the draft; of a mask there is one. */
  | {
      readonly type: 'inputsAdded';
      readonly target: 'images' | 'mask';
      readonly inputs: readonly PanelInput[];
    };

/** The label of a parameter and, where it does not speak for itself, a sentence. */
export interface ParameterStrings {
  readonly label: string;
  readonly hint?: string;
}

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
  /** Where the service may make fewer. */
  readonly countUpTo: string;
  readonly fewerImages: string;
  readonly moreImages: string;
  readonly seed: string;
  readonly seedPlaceholder: string;
  readonly randomSeed: string;
  readonly negativePrompt: string;
  readonly negativePromptPlaceholder: string;
  readonly parameters: Readonly<Record<ParameterName, ParameterStrings>>;
  /** Of the wire values of choices, such as `<watercolor>` and `repaint`. */
  readonly choiceNames: Readonly<Record<string, string>>;
  readonly images: string;
  readonly addImage: string;
  readonly mask: string;
  readonly addMask: string;
  /** `{0}` is the name of an input image. */
  readonly removeInput: string;
  readonly moveInputLeft: string;
  readonly moveInputRight: string;
  /** A finished image goes into the form. */
  readonly useAsReference: string;
  readonly addColor: string;
  /** `{0}` is the colour's position, from 1. */
  readonly color: string;
  readonly colorShare: string;
  readonly removeColor: string;
  readonly evenShares: string;
  readonly addBox: string;
  /** `{0}` is the image's position, from 1. */
  readonly boxesOfImage: string;
  readonly boxLeft: string;
  readonly boxTop: string;
  readonly boxRight: string;
  readonly boxBottom: string;
  /** Short, above the four numbers of the boxes. */
  readonly boxSides: readonly [left: string, top: string, right: string, bottom: string];
  readonly drawBoxes: string;
  /** `{0}` boxes are as many as an image may have. */
  readonly mostBoxes: string;
  readonly removeBox: string;
  /** Under 1K, 2K and 4K in a choice of sizes: the shape of the last input image. */
  readonly shapeOfImage: string;
  /** There is no size to choose. */
  readonly sizeFollowsImage: string;
  /** In the place of an empty number. */
  readonly notSet: string;
  /** The picker of all models, where an id can be typed. */
  readonly otherModel: string;
  readonly moreOptions: string;
  readonly generate: string;
  /** The key that generates; the page knows which of the two, as the host may run on another machine. */
  readonly generateKey: string;
  readonly generateKeyMac: string;
  /** Why an empty form does not generate. */
  readonly promptNeeded: string;
  readonly cancel: string;
  readonly cancelling: string;
  /** Above what is known of an `uncertain` job. */
  readonly maybeBilled: string;
  /** Of the button that sends such a job again. */
  readonly maybeBilledTwice: string;
  readonly retryLabels: Readonly<Record<Exclude<PanelJob['retry'], 'none'>, string>>;
  readonly actionLabels: Readonly<Record<PanelAction, string>>;
  readonly results: string;
  readonly insert: string;
  readonly open: string;
  readonly copyPath: string;
  readonly reveal: string;
  /** Of a whole job: several images, and images with text. */
  readonly insertAll: string;
  readonly insertTextAndImages: string;
  readonly copyText: string;
  /** In a picture's place. */
  readonly fileGone: string;
  /** The picture itself, and its toolbar: `{0}` is the file name. */
  readonly openImage: string;
  readonly imageActions: string;
  /** Read aloud. */
  readonly pathCopied: string;
  readonly textCopied: string;
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
