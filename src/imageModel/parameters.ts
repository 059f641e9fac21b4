import type { Condition } from './conditions';

/** One colour of a palette. */
export interface PaletteColor {
  /** `#RRGGBB` */
  readonly hex: string;
  /** Its share of the image, in percent with two decimals; all shares together are 100. */
  readonly ratio: number;
}

/** Left, top, right and bottom in pixels of the input image. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/**
 * What some models have besides prompt, size, number and seed. A new parameter is a line here and in `parameterKinds`,
 * its wire name, its label, and a spec in the rows of the models that have it.
 */
export interface ImageParameters {
  readonly promptExtend?: boolean;
  readonly promptExtendMode?: string;
  readonly watermark?: boolean;
  readonly style?: string;
  /** The model reasons about the prompt first. */
  readonly thinking?: boolean;
  /** A set of images that tell one story; `count` is the greatest number then. */
  readonly sequential?: boolean;
  /** Text and images in one answer. */
  readonly interleave?: boolean;
  /** The most images of an interleaved answer. */
  readonly maxImages?: number;
  readonly referenceStrength?: number;
  readonly referenceMode?: string;
  /** What an editing model is to do. */
  readonly editFunction?: string;
  readonly strength?: number;
  readonly topScale?: number;
  readonly bottomScale?: number;
  readonly leftScale?: number;
  readonly rightScale?: number;
  readonly upscaleFactor?: number;
  readonly isSketch?: boolean;
  readonly sketchWeight?: number;
  readonly sketchExtraction?: boolean;
  /** The colours of a sketch's lines, each `#RRGGBB`. */
  readonly sketchColors?: readonly string[];
  readonly colorPalette?: readonly PaletteColor[];
  /** Where to edit: boxes for each input image, in their order. */
  readonly boxes?: readonly (readonly Box[])[];
}

/** The name of such a parameter. */
export type ParameterName = keyof ImageParameters;

/** The value of some parameter. */
export type ParameterValue = NonNullable<ImageParameters[ParameterName]>;

/** What a parameter's value is, for each of them, in the order in which forms show them. */
export const parameterKinds = {
  editFunction: 'choice',
  strength: 'number',
  topScale: 'number',
  bottomScale: 'number',
  leftScale: 'number',
  rightScale: 'number',
  upscaleFactor: 'number',
  isSketch: 'flag',
  style: 'choice',
  referenceMode: 'choice',
  referenceStrength: 'number',
  sketchWeight: 'number',
  sketchExtraction: 'flag',
  sketchColors: 'colors',
  sequential: 'flag',
  interleave: 'flag',
  maxImages: 'number',
  thinking: 'flag',
  promptExtend: 'flag',
  promptExtendMode: 'choice',
  colorPalette: 'palette',
  boxes: 'boxes',
  watermark: 'flag',
} as const satisfies Record<ParameterName, ParameterSpec['kind']>;

/** All of them, in the order in which forms show them. */
export const parameterNames = Object.keys(parameterKinds) as readonly ParameterName[]; // its keys are the names

/** Whether a value asks for nothing: a flag that is off, an empty list. */
export function asksNothing(value: ParameterValue | undefined): boolean {
  if (value === undefined || value === false) return true;
  // Boxes are a list for each image.
  return Array.isArray(value) && value.flat().length === 0;
}

/** How a model has a parameter; plain data. `default` is what a form starts with, and is sent. */
export type ParameterSpec = (
  | { readonly kind: 'flag'; readonly default: boolean }
  | {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      readonly isInteger?: boolean;
      readonly default?: number;
    }
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly default: string }
  | { readonly kind: 'colors'; readonly max: number }
  | { readonly kind: 'palette'; readonly min: number; readonly max: number }
  | { readonly kind: 'boxes'; readonly maxPerImage: number }
) & {
  /** The service refuses a request without it. */
  readonly isRequired?: boolean;
  /** The service ignores it otherwise; all of them must hold. */
  readonly when?: readonly Condition[];
};

/** The parameters of a model. */
export type ParameterSpecs = { readonly [N in ParameterName]?: ParameterSpec };

/** What a model's parameters start with, and are sent as. */
export function defaultParameters(specs: ParameterSpecs): ImageParameters {
  const entries = parameterNames.flatMap((name) => {
    const spec = specs[name];
    return spec && 'default' in spec && spec.default !== undefined ? [[name, spec.default]] : [];
  });
  return Object.fromEntries(entries);
}
