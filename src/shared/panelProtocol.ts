import * as z from 'zod/mini';
import type { ImageSize, RequestedSize } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { parameterShape } from '../imageModel/parameterSchema';
import type { RequestField } from '../imageModel/requestRules';
import { sizeSchema } from '../imageModel/sizeSchema';
import type { FillHostMessage, PanelFill } from './fillProtocol';
import type { GalleryHostMessage } from './galleryProtocol';
import type { PanelPrompts, PanelStyle, PromptHostMessage } from './promptProtocol';

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
  /** The id of the style around the prompt; absent or null is none. */
  style: z.optional(z.nullable(z.string().check(z.maxLength(200)))),
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
  'manageTrust',
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
  /** How long jobs like this one have taken, in milliseconds; absent where none is known. */
  readonly expectedMs?: number;
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
  /** Whether it can be taken from the list. */
  readonly canDismiss: boolean;
  /** In the order of the set; while running, those that are saved already. */
  readonly images: readonly PanelImage[];
}

/** Something that the person should know before generating, with a step that mends it. */
export interface PanelNotice {
  readonly kind: 'restricted' | 'noFolder';
  readonly text: string;
  readonly action: PanelAction;
}

/** Everything the page shows but what is being typed. */
export interface PanelState {
  readonly models: readonly PanelModel[];
  readonly regionLabel: string;
  /** Those that the draft names, and any other that it might. */
  readonly inputs: readonly PanelInput[];
  readonly hasApiKey: boolean;
  readonly notices: readonly PanelNotice[];
  readonly styles: readonly PanelStyle[];
  /** What is wrong with the styles of the user or the project, in words; absent when nothing is. */
  readonly stylesHint?: string;
  readonly prompts: PanelPrompts;
  /** The plan of missing images, while there is one. */
  readonly fill?: PanelFill | undefined;
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
      /** What will be sent, where a style is put around the prompt. */
      readonly sentPrompt?: string;
    }
  /** To be added to the draft; of a mask there is one. */
  | {
      readonly type: 'inputsAdded';
      readonly target: 'images' | 'mask';
      readonly inputs: readonly PanelInput[];
    }
  /** The form is to be filled from an earlier request; a prompt that was typed and not sent is not replaced unasked. */
  | { readonly type: 'reuse'; readonly draft: Draft }
  | GalleryHostMessage
  | PromptHostMessage
  | FillHostMessage;
