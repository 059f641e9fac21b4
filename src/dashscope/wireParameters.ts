import { unmetCondition } from '../imageModel/conditions';
import type { ImageRequest } from '../imageModel/imageModel';
import {
  asksNothing,
  type ImageParameters,
  type PaletteColor,
  type ParameterName,
  parameterNames,
} from '../imageModel/parameters';
import type { ModelRow } from './modelRow';

/** The service's name of each parameter; all but `function` belong into `parameters`. */
const wireNames: Readonly<Record<ParameterName, string>> = {
  promptExtend: 'prompt_extend',
  promptExtendMode: 'prompt_extend_mode',
  watermark: 'watermark',
  style: 'style',
  thinking: 'enable_thinking',
  sequential: 'enable_sequential',
  interleave: 'enable_interleave',
  maxImages: 'max_images',
  referenceStrength: 'ref_strength',
  referenceMode: 'ref_mode',
  editFunction: 'function',
  strength: 'strength',
  topScale: 'top_scale',
  bottomScale: 'bottom_scale',
  leftScale: 'left_scale',
  rightScale: 'right_scale',
  upscaleFactor: 'upscale_factor',
  isSketch: 'is_sketch',
  sketchWeight: 'sketch_weight',
  sketchExtraction: 'sketch_extraction',
  sketchColors: 'sketch_color',
  colorPalette: 'color_palette',
  boxes: 'bbox_list',
};

/** Where the value's form on the wire is not our own. */
const wireValues: { readonly [N in ParameterName]?: (request: ImageParameters) => unknown } = {
  colorPalette: ({ colorPalette = [] }) => colorPalette.map(toWireColor),
  sketchColors: ({ sketchColors = [] }) => sketchColors.map(toRgb),
};

/** The model's parameters that the request sets and that apply in its case, by their wire names. */
export function wireParameters(
  row: ModelRow,
  request: ImageRequest,
): Readonly<Record<string, unknown>> {
  const entries = parameterNames.flatMap((name) => {
    const value = request[name];
    const spec = row.parameters[name];
    if (value === undefined || !spec || unmetCondition(spec.when, request)) return [];
    if (Array.isArray(value) && asksNothing(value)) return [];
    const wireName = row.wireNames?.[name] ?? wireNames[name];
    return [[wireName, wireValues[name]?.(request) ?? value] as const];
  });
  return Object.fromEntries(entries);
}

function toWireColor({ hex, ratio }: PaletteColor): { hex: string; ratio: string } {
  return { hex, ratio: `${ratio.toFixed(2)}%` };
}

function toRgb(hex: string): readonly number[] {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
}
