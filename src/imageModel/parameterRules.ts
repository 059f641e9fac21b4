import type { ImageRequest, ImageSize } from './imageModel';
import type {
  Box,
  ImageParameters,
  PaletteColor,
  ParameterName,
  ParameterSpec,
  ParameterValue,
} from './parameters';
import type { RequestIssue } from './requestRules';

/** What is wrong with the value of a parameter. */
export type ParameterIssue =
  | { readonly field: ParameterName; readonly rule: 'parameterMissing' }
  | {
      readonly field: ParameterName;
      readonly rule: 'numberOutOfRange';
      readonly value: number;
      readonly min: number;
      readonly max: number;
      readonly isInteger: boolean;
    }
  | {
      readonly field: ParameterName;
      readonly rule: 'choiceUnknown';
      readonly value: string;
      readonly values: readonly string[];
    }
  | { readonly field: ParameterName; readonly rule: 'colorInvalid'; readonly value: string }
  | {
      readonly field: 'colorPalette' | 'sketchColors';
      readonly rule: 'colorCount';
      readonly count: number;
      readonly min: number;
      readonly max: number;
    }
  /** In percent. */
  | { readonly field: 'colorPalette'; readonly rule: 'paletteSum'; readonly sum: number }
  | {
      readonly field: 'boxes';
      readonly rule: 'boxesPerImage';
      readonly images: number;
      readonly maxPerImage: number;
    }
  | { readonly field: 'boxes'; readonly rule: 'boxInvalid'; readonly box: Box }
  | {
      readonly field: 'boxes';
      readonly rule: 'boxOutside';
      readonly box: Box;
      /** Of the image. */
      readonly size: ImageSize;
    };

/** Checks a value against the spec of a parameter that applies. A value of another kind than the spec's passes. */
export function checkParameter(
  field: ParameterName,
  spec: ParameterSpec,
  value: ParameterValue,
  request: ImageRequest,
): RequestIssue[] {
  switch (spec.kind) {
    case 'flag':
      return [];
    case 'number': {
      const { min, max, isInteger = false } = spec;
      const isGood =
        typeof value !== 'number' ||
        (value >= min && value <= max && (!isInteger || Number.isInteger(value)));
      if (isGood) return [];
      return [{ severity: 'error', field, rule: 'numberOutOfRange', value, min, max, isInteger }];
    }
    case 'choice':
      if (typeof value !== 'string' || spec.values.includes(value)) return [];
      return [{ severity: 'error', field, rule: 'choiceUnknown', value, values: spec.values }];
    case 'colors':
      return checkColors('sketchColors', request.sketchColors ?? [], 0, spec.max);
    case 'palette':
      return checkPalette(request.colorPalette ?? [], spec.min, spec.max);
    case 'boxes':
      return checkBoxes(request.boxes ?? [], request, spec.maxPerImage);
  }
}

function checkColors(
  field: 'colorPalette' | 'sketchColors',
  colors: readonly string[],
  min: number,
  max: number,
): RequestIssue[] {
  const count = colors.length;
  const issues: RequestIssue[] = colors
    .filter((color) => !/^#[0-9a-f]{6}$/i.test(color))
    .map((value) => ({ severity: 'error', field, rule: 'colorInvalid', value }));
  if (count < min || count > max) {
    issues.push({ severity: 'error', field, rule: 'colorCount', count, min, max });
  }
  return issues;
}

/** An empty palette is none. */
function checkPalette(palette: readonly PaletteColor[], min: number, max: number): RequestIssue[] {
  if (palette.length === 0) return [];
  const colors = palette.map(({ hex }) => hex);
  const issues = checkColors('colorPalette', colors, min, max);
  // In hundredths, as fractions of them do not add up exactly.
  const sum = palette.reduce((total, { ratio }) => total + Math.round(ratio * 100), 0);
  const isBroken = palette.some(({ ratio }) => !(ratio > 0));
  if (sum !== 10_000 || isBroken) {
    issues.push({ severity: 'error', field: 'colorPalette', rule: 'paletteSum', sum: sum / 100 });
  }
  return issues;
}

function checkBoxes(
  boxes: NonNullable<ImageParameters['boxes']>,
  { images = [] }: ImageRequest,
  maxPerImage: number,
): RequestIssue[] {
  if (boxes.every((own) => own.length === 0)) return [];
  const isTooMany = boxes.length !== images.length || boxes.some((own) => own.length > maxPerImage);
  if (isTooMany) {
    return [
      {
        severity: 'error',
        field: 'boxes',
        rule: 'boxesPerImage',
        images: images.length,
        maxPerImage,
      },
    ];
  }
  return boxes.flatMap((own, position) =>
    own.flatMap((box) => checkBox(box, images[position]?.size)),
  );
}

/** A box that is none is refused; what lies outside the image is only pointless. */
function checkBox(box: Box, size: ImageSize | undefined): RequestIssue[] {
  const [x1, y1, x2, y2] = box;
  const isWhole = box.every((side) => Number.isInteger(side) && side >= 0);
  if (!isWhole || x1 >= x2 || y1 >= y2) {
    return [{ severity: 'error', field: 'boxes', rule: 'boxInvalid', box }];
  }
  if (!size || (x2 <= size.width && y2 <= size.height)) return [];
  return [{ severity: 'warning', field: 'boxes', rule: 'boxOutside', box, size }];
}
