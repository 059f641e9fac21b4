/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** `doc` takes what the documents promise, `live` also what the service was seen to take. */
export type Strictness = 'doc' | 'live';

/** The end of the paths below `/api/v1/services/aigc/`. */
export type SubmitRoute =
  | 'multimodal-generation/generation'
  | 'image-generation/generation'
  | 'text2image/image-synthesis'
  | 'image2image/image-synthesis';

/** What a submit path wants: where the prompt is, and whether `X-DashScope-Async: enable` must or must not be there. */
export const submitRoutes: Record<
  SubmitRoute,
  { readonly isAsync: boolean; readonly input: 'messages' | 'prompt' }
> = {
  'multimodal-generation/generation': { isAsync: false, input: 'messages' },
  'image-generation/generation': { isAsync: true, input: 'messages' },
  'text2image/image-synthesis': { isAsync: true, input: 'prompt' },
  'image2image/image-synthesis': { isAsync: true, input: 'prompt' },
};

/** What a call is about, as far as rules depend on it. */
export interface Use {
  readonly strictness: Strictness;
  /** How many input images there are. */
  readonly images: number;
  readonly isSequential: boolean;
  readonly isInterleaved: boolean;
  readonly editFunction?: string;
}

/** The sizes of a model, with the service's own words for the others. */
export interface SizeRule {
  /** Why a text is no size at all. */
  readonly badFormat: (text: string) => string;
  /** Why a size is not taken; undefined when it is. */
  readonly refuse: (size: Size, use: Use) => string | undefined;
  /** Sides of the picture are multiples of this. */
  readonly step?: number;
  /** Sizes with names, and the pixels that they stand for. */
  readonly tokens?: Readonly<Record<string, number>>;
  /** Why a named size is not taken. */
  readonly refuseToken?: (token: string, use: Use) => string | undefined;
}

/** How many images a call can ask for. */
export interface CountRule {
  readonly max: number;
  readonly default: Readonly<Record<Strictness, number>>;
  readonly refusal: string;
}

/** How far a text is read; the rest is cut off without a word. */
export interface TextLimit {
  readonly max: number;
  readonly unit: 'characters' | 'tokens';
}

/** How an input image can be sent: by its address, in the body, or uploaded before. */
export type Carrier = 'url' | 'data' | 'oss';

/** The names that `image-size` has for the formats. */
export type ImageFormat = 'jpg' | 'png' | 'bmp' | 'tiff' | 'webp' | 'gif';

/** The input images of a model. */
export interface InputImageRule {
  readonly min: number;
  readonly max: number;
  /** The field of the input; absent where images come in the message. */
  readonly field?: 'images' | 'ref_img' | 'base_image_url' | 'sketch_image_url';
  /** Why so many images are not taken; not needed where there is a field. */
  readonly countRefusal?: (count: number, isInterleaved: boolean) => string;
  /** Instead of `min` and `max` for calls with `enable_interleave`. */
  readonly interleaved?: { readonly min: number; readonly max: number };
  readonly carriers: readonly Carrier[];
  readonly formats: readonly ImageFormat[];
  /** MiB of the file. */
  readonly maxMebibytes: number;
  readonly minSide: number;
  readonly maxSide: number;
  /** The documents only advise these sides: others get a warning. */
  readonly areSidesAdvice?: true;
  /** The longer side by the shorter one. */
  readonly maxRatio?: number;
  /** The documents want no transparency; the service takes it. */
  readonly isOpaque?: true;
  /** Addresses must not have Chinese characters. */
  readonly isPlainAddress?: true;
}

/** Parameters beside `size`, `n`, `seed`, `style` and the negative prompt. */
export type ParameterName =
  | 'prompt_extend'
  | 'prompt_extend_mode'
  | 'enable_thinking'
  | 'watermark'
  | 'thinking_mode'
  | 'enable_sequential'
  | 'bbox_list'
  | 'color_palette'
  | 'enable_interleave'
  | 'stream'
  | 'max_images'
  | 'ref_strength'
  | 'ref_mode'
  | 'strength'
  | 'top_scale'
  | 'bottom_scale'
  | 'left_scale'
  | 'right_scale'
  | 'upscale_factor'
  | 'is_sketch'
  | 'sketch_weight'
  | 'sketch_extraction'
  | 'sketch_color';

/** How a family words its answers. */
export type ReplyShape =
  | 'qwen3'
  | 'qwen2'
  | 'qwen'
  | 'zImage'
  | 'wan2.7'
  | 'wan2.6'
  | 'wanV2'
  | 'wanxV1';

/** One model as the documents have it. */
export interface ModelRow {
  readonly id: string;
  readonly regions: readonly string[];
  readonly routes: readonly SubmitRoute[];
  /** Regions in which only the asynchronous of its paths work. */
  readonly asyncOnlyIn?: readonly string[];
  /** Also on the OpenAI-compatible path of workspace hosts. */
  readonly hasOpenAiPath?: true;
  readonly reply: ReplyShape;
  /** Absent where `size` is not a parameter. */
  readonly size?: SizeRule;
  /** Where neither the call nor an input image says another. */
  readonly defaultSize: Size;
  /** Pixels of an edited picture for which no size is sent; its ratio is that of the last input image. */
  readonly editArea?: number;
  /** A size that is not taken shows only in the task, which fails. */
  readonly sizeFailsTask?: boolean;
  readonly count: CountRule;
  /** With `enable_sequential`. */
  readonly sequentialCount?: CountRule;
  /** With `enable_interleave`. */
  readonly interleavedCount?: CountRule;
  /** Which of the two is looked at first, where both are wrong. */
  readonly checksFirst: 'count' | 'size';
  readonly promptLimit?: TextLimit;
  /** Absent where there is no negative prompt. */
  readonly negativePrompt?: { readonly limit?: TextLimit };
  /** Absent where there is no seed. */
  readonly seedMax?: number;
  readonly parameters: readonly ParameterName[];
  /** Absent where prompts are not rewritten. */
  readonly promptExtendDefault?: boolean;
  /** The text of the watermark; absent where there is none to ask for. */
  readonly watermark?: string;
  readonly styles?: readonly string[];
  /** What `input.function` can be. */
  readonly functions?: readonly string[];
  readonly inputImages?: InputImageRule;
}
