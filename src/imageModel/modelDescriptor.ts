import { type Condition, type ConditionSubject, unmetCondition } from './conditions';
import type { ImageSize, RequestedSize, SizeName } from './imageModel';
import type { ImageRule } from './inputImage';
import type { ParameterSpecs } from './parameters';

/** Limits of a size. */
export interface SizeBounds {
  /** Width times height, in pixels. */
  readonly minArea?: number;
  readonly maxArea?: number;
  /** Each side, in pixels. */
  readonly minSide?: number;
  readonly maxSide?: number;
  /** Width divided by height. */
  readonly minRatio?: number;
  readonly maxRatio?: number;
}

/** An area that can be asked for by name. */
export interface NamedSize {
  readonly name: SizeName;
  /** Width times height, in pixels, about. */
  readonly area: number;
  /** The service knows the name; else Easel sends pixels in the shape of the last input image. */
  readonly isOnWire: boolean;
}

/** Which sizes a model takes. `presets` are offered in this order; the first is not necessarily the default. */
export type SizeRule =
  | {
      readonly kind: 'fixed';
      readonly presets: readonly ImageSize[];
      /** Sizes that the documents do not name, but the service was seen to take. */
      readonly tolerated?: SizeBounds;
    }
  | (SizeBounds & {
      readonly kind: 'free';
      readonly presets: readonly ImageSize[];
      readonly named?: readonly NamedSize[];
      readonly tolerated?: SizeBounds;
      /** The service rounds each side to a multiple of this. */
      readonly step?: number;
    })
  /** There is no such parameter: the output follows the input. */
  | { readonly kind: 'none'; readonly presets: readonly [] };

/** A text limit beyond which the service cuts the text without a word. */
export interface TextLimit {
  readonly max: number;
  readonly unit: 'characters' | 'tokens';
  /** Recommended; whether more is read is not known. */
  readonly isAdvice?: boolean;
}

/** The rules that can differ within a model. */
interface VariableRules {
  readonly sizeRule: SizeRule;
  readonly defaultSize: RequestedSize;
  /** The greatest `n`; the smallest is 1. */
  readonly maxImagesPerCall: number;
  /** Absent where the model takes no images. */
  readonly images?: ImageRule;
}

/** Other rules in some case, such as when images go in. */
export interface ModelVariant extends Partial<VariableRules> {
  readonly when: readonly Condition[];
}

/** Everything the UI may offer for a model; plain data, it also goes to the page. */
export interface ModelDescriptor extends VariableRules {
  readonly id: string;
  readonly label: string;
  readonly family: string;
  /** Region ids in which the model exists. */
  readonly regions: readonly string[];
  /** Those of them that only a host list names. */
  readonly unconfirmedRegions?: readonly string[];
  /** `unconfirmed`: facts of third parties. `guessed`: a typed id with the rules of its family, which never block. */
  readonly facts: 'documented' | 'unconfirmed' | 'guessed';
  /** In this order; each that applies replaces what it names. */
  readonly variants?: readonly ModelVariant[];
  readonly promptLimit: TextLimit;
  readonly negativePromptLimit?: TextLimit;
  readonly seed?: { readonly min: number; readonly max: number };
  readonly parameters: ParameterSpecs;
  /** Where an edit may be confined by a mask; the mask is required then. */
  readonly maskWhen?: readonly Condition[];
}

/** The rules for a request: those of the model, with what its variants replace. */
export function rulesFor(model: ModelDescriptor, subject: ConditionSubject): ModelDescriptor {
  const applying = (model.variants ?? []).filter(({ when }) => !unmetCondition(when, subject));
  const replaced = applying.map(({ when: _, ...rules }) => rules);
  return Object.assign({}, model, ...replaced);
}

/** Whether the model cannot do without an input image. */
export function needsImages({ images }: ModelDescriptor): boolean {
  return images !== undefined && images.min > 0;
}
