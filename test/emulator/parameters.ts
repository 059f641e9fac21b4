import type { Fields } from './fields';
import { isFields } from './fields';
import type { ModelRow, ParameterName, Use } from './models/modelRow';
import { invalidField, invalidParameter, invalidRange } from './refusal';

type Check = (name: string, value: unknown, use: Use) => void;

interface Parameter {
  /** Throws a Refusal. */
  readonly check: Check;
  /** Under which circumstance of this call it does nothing; undefined when it does something. */
  readonly idle?: (use: Use, parameters: Fields, input: Fields) => string | undefined;
}

/** A condition under which a parameter is idle, in words for the request log. */
function when(
  words: string,
  test: (use: Use, parameters: Fields, input: Fields) => boolean,
): NonNullable<Parameter['idle']> {
  return (...call) => (test(...call) ? words : undefined);
}

function forFunctions(...names: readonly string[]): NonNullable<Parameter['idle']> {
  return when('for this function', ({ editFunction }) => !names.includes(editFunction ?? ''));
}

const flag: Check = (name, value) => {
  if (typeof value !== 'boolean') throw invalidField(name);
};

function within(min: number, max: number, kind: 'any' | 'whole' = 'any'): Check {
  return (name, value) => {
    if (!isWithin(value, min, max) || (kind === 'whole' && !Number.isInteger(value))) {
      throw invalidRange(name, min, max);
    }
  };
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && value >= min && value <= max;
}

function oneOf(...values: readonly string[]): Check {
  return (name, value) => {
    if (!values.some((each) => each === value)) {
      throw invalidParameter(`${name} must be one of ${values.join(', ')}.`);
    }
  };
}

const extendMode: Check = (name, value, use) => {
  oneOf('direct', 'agent')(name, value, use);
  if (value === 'agent' && use.images > 0) {
    throw invalidParameter(`${name} agent does not support input images.`);
  }
};

/** For each input image up to two boxes, each from its upper left to its lower right corner. */
const boxes: Check = (name, value, { images }) => {
  if (!Array.isArray(value) || value.length !== images) {
    throw invalidParameter(`The length of ${name} must be the number of input images (${images}).`);
  }
  for (const ofImage of value) {
    if (!Array.isArray(ofImage) || ofImage.length > 2 || !ofImage.every(isBox)) {
      throw invalidField(name);
    }
  }
};

function isBox(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 4) return false;
  if (!value.every((corner) => Number.isInteger(corner) && corner >= 0)) return false;
  const [left, top, right, bottom] = value;
  return left < right && top < bottom;
}

/** Three to ten colours whose shares are 100.00 % together. */
const palette: Check = (name, value) => {
  if (!Array.isArray(value) || value.length < 3 || value.length > 10) {
    throw invalidParameter(`${name} must have 3 to 10 colors.`);
  }
  let hundredths = 0;
  for (const item of value) {
    const { hex, ratio } = isFields(item) ? item : {};
    const share = /^(\d{1,3})\.(\d\d)%$/.exec(String(ratio));
    if (!/^#[\da-f]{6}$/i.test(String(hex)) || !share) throw invalidField(name);
    hundredths += Number(`${share[1]}${share[2]}`);
  }
  if (hundredths !== 100_00) {
    throw invalidParameter(`The ratios of ${name} must add up to 100.00%.`);
  }
};

const colours: Check = (name, value) => {
  const isColour = (colour: unknown): boolean =>
    Array.isArray(colour) &&
    colour.length === 3 &&
    colour.every((channel) => Number.isInteger(channel) && isWithin(channel, 0, 255));
  if (!Array.isArray(value) || !value.every(isColour)) throw invalidField(name);
};

const withoutInterleave = when('without enable_interleave', ({ isInterleaved }) => !isInterleaved);
const withoutReference = when('without ref_img', (_, __, input) => input.ref_img === undefined);
const scale: Parameter = { check: within(1, 2), idle: forFunctions('expand') };

const table: Readonly<Record<ParameterName, Parameter>> = {
  prompt_extend: {
    check: flag,
    idle: when('with enable_interleave', ({ isInterleaved }) => isInterleaved),
  },
  prompt_extend_mode: {
    check: extendMode,
    idle: when('without prompt_extend', (_, { prompt_extend: extend }) => extend === false),
  },
  enable_thinking: { check: flag },
  watermark: { check: flag },
  thinking_mode: {
    check: flag,
    idle: when(
      'with input images or enable_sequential',
      ({ images, isSequential }) => images > 0 || isSequential,
    ),
  },
  enable_sequential: { check: flag },
  bbox_list: { check: boxes },
  color_palette: { check: palette },
  enable_interleave: { check: flag },
  stream: { check: flag, idle: withoutInterleave },
  max_images: { check: within(1, 5, 'whole'), idle: withoutInterleave },
  ref_strength: { check: within(0, 1), idle: withoutReference },
  ref_mode: { check: oneOf('repaint', 'refonly'), idle: withoutReference },
  strength: { check: within(0, 1), idle: forFunctions('stylization_all', 'description_edit') },
  top_scale: scale,
  bottom_scale: scale,
  left_scale: scale,
  right_scale: scale,
  upscale_factor: { check: within(1, 4, 'whole'), idle: forFunctions('super_resolution') },
  is_sketch: { check: flag, idle: forFunctions('doodle') },
  sketch_weight: { check: within(0, 10, 'whole') },
  sketch_extraction: { check: flag },
  sketch_color: { check: colours },
};

/** Checks the model's own parameters, and warns of those that do nothing in this call. Throws a Refusal. */
export function checkParameters(
  row: ModelRow,
  use: Use,
  parameters: Fields,
  input: Fields,
  warn: (warning: string) => void,
): void {
  for (const name of row.parameters) {
    const value = parameters[name];
    if (value === undefined) continue;
    const { check, idle } = table[name];
    check(name, value, use);
    const reason = idle?.(use, parameters, input);
    if (reason !== undefined) warn(`parameters.${name} has no effect ${reason}`);
  }
}
