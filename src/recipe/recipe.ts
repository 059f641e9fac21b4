import type { ImageRequest } from '../imageModel/imageModel';

/** Which program wrote a recipe into an image. */
export type RecipeSource = 'easel' | 'automatic1111' | 'comfyui' | 'invokeai';

/** What an image says about how it was made. Of other programs' images nothing but the prompt is sure to be there. */
export interface Recipe {
  readonly source: RecipeSource;
  /** As sent, or as the other program has it. */
  readonly prompt: string;
  readonly negativePrompt?: string;
  /** A model id of ours, or whatever the other program calls its model. */
  readonly model?: string;
  readonly seed?: number;
  /** The whole request, in Easel's own recipes; input images only where they are in the web. */
  readonly request?: ImageRequest;
  readonly regionId?: string;
  readonly requestId?: string;
  /** When the job was started, in milliseconds since the epoch. */
  readonly madeAt?: number;
  /** The image only holds the place of one that is not made yet. */
  readonly isPlaceholder?: boolean;
  /** What else another program wrote, by its names, as text. */
  readonly other?: Readonly<Record<string, string>>;
}
