import * as z from 'zod/mini';

// The part of the contract that is about the prompt: styles, earlier and saved prompts, images that are dropped or pasted.

const idSchema = z.string().check(z.maxLength(100));
const target = z.enum(['images', 'mask']);

/** What the page may say about the prompt. */
export const promptMessages = [
  /** The host lets the person choose among saved and earlier prompts; what was chosen comes back as `reuse`. */
  z.object({ type: z.literal('choosePrompt') }),
  /** Keeps the prompt for later, or forgets a kept one; answered by `prompts`. */
  z.object({
    type: z.literal('savePrompt'),
    prompt: z.string().check(z.maxLength(100_000)),
    isSaved: z.boolean(),
  }),
  /** Opens the project's style file, and makes it first where there is none. */
  z.object({ type: z.literal('editStyles') }),
  /** The bytes of an image that was pasted, or dropped from outside VS Code; answered by `inputsAdded`. */
  z.object({
    type: z.literal('addImageFile'),
    target,
    name: z.string().check(z.maxLength(200)),
    bytes: z.instanceof(Uint8Array),
  }),
  /** Files that were dropped; those that do not lie in the workspace are refused. */
  z.object({
    type: z.literal('addDroppedFiles'),
    target,
    uris: z.array(z.string().check(z.maxLength(4000))).check(z.maxLength(30)),
  }),
  /** Images of the history that were dropped on the form. */
  z.object({
    type: z.literal('addImages'),
    target,
    imageIds: z.array(idSchema).check(z.maxLength(30)),
  }),
] as const;

/** A text around prompts. */
export interface PanelStyle {
  /** The host's; drafts name the style by it. */
  readonly id: string;
  readonly name: string;
  /** Has `{prompt}` in it, once. */
  readonly prompt: string;
  readonly source: 'builtIn' | 'user' | 'project';
}

/** Earlier prompts, for the arrow keys. */
export interface PanelPrompts {
  /** Newest first, each once; at most 100, and 200,000 characters together. */
  readonly recent: readonly string[];
  readonly saved: readonly string[];
}

/** What the host may say about the prompt. */
export type PromptHostMessage = { readonly type: 'prompts'; readonly prompts: PanelPrompts };

/** Every text of the tools around the prompt. */
export interface PromptStrings {
  readonly style: string;
  readonly noStyle: string;
  /** The groups of styles. */
  readonly styleSources: Readonly<Record<PanelStyle['source'], string>>;
  readonly editStyles: string;
  /** Of the draft's style, when nobody has it any more. */
  readonly styleGone: string;
  /** Before the text that goes to the service. */
  readonly willBeSent: string;
  /** Where `prompt_extend` is on. */
  readonly willBeRewritten: string;
  readonly earlierPrompts: string;
  /** Of a button that is pressed while the prompt is a saved one. */
  readonly savePrompt: string;
  /** Read aloud. */
  readonly promptSaved: string;
  readonly promptRemoved: string;
  /** Of a button that is pressed while the seed stays as it is. */
  readonly keepSeed: string;
  readonly rollSeed: string;
  /** Under the input images, which can be pasted and dropped. */
  readonly dropHint: string;
  /** `{0}` is a file name. */
  readonly fileTooLarge: string;
  readonly fileNoImage: string;
}
