import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import { parameterShape } from '../../../src/imageModel/parameterSchema';
import {
  asksNothing,
  defaultParameters,
  type ImageParameters,
  type ParameterSpecs,
  parameterNames,
} from '../../../src/imageModel/parameters';
import { checkRequest } from '../../../src/imageModel/requestRules';
import { fakeModel } from '../../fakes/fakeImageProvider';

const parameters: ParameterSpecs = {
  strength: { kind: 'number', min: 0, max: 1, default: 0.5 },
  maxImages: { kind: 'number', min: 1, max: 5, isInteger: true },
  editFunction: { kind: 'choice', values: ['expand', 'doodle'], default: 'expand' },
  topScale: {
    kind: 'number',
    min: 1,
    max: 2,
    when: [{ parameter: 'editFunction', is: ['expand'] }],
  },
  sketchColors: { kind: 'colors', max: 2 },
  colorPalette: { kind: 'palette', min: 3, max: 4 },
  boxes: { kind: 'boxes', maxPerImage: 2 },
};
const size = { width: 200, height: 100 };
const fox = { uri: 'file:///fox.png', format: 'png', size } as const;
const images = {
  min: 0,
  max: 3,
  maxBytes: 9,
  minSide: 1,
  maxSide: 999,
  formats: ['png'],
  alpha: true,
} as const;
const model = { ...fakeModel, parameters, images };

function broken(change: Partial<ImageRequest>, specs = parameters): string[] {
  const request = { modelId: 'm', prompt: 'p', size: fakeModel.defaultSize, count: 1, ...change };
  return checkRequest({ ...model, parameters: specs }, request, 'cn-beijing').map(
    ({ severity, field, rule }) => `${severity} ${field} ${rule}`,
  );
}

describe('the rules of parameters', () => {
  it('hold numbers in their range, and whole where they must be', () => {
    assert.deepEqual(broken({ strength: 0, maxImages: 5 }), []);
    assert.deepEqual(broken({ strength: 1.01 }), ['error strength numberOutOfRange']);
    assert.deepEqual(broken({ strength: Number.NaN }), ['error strength numberOutOfRange']);
    assert.deepEqual(broken({ maxImages: 2.5 }), ['error maxImages numberOutOfRange']);
    assert.deepEqual(broken({ maxImages: 0 }), ['error maxImages numberOutOfRange']);
  });

  it('know the values of a choice', () => {
    assert.deepEqual(broken({ editFunction: 'doodle' }), []);
    assert.deepEqual(broken({ editFunction: 'paint' }), ['error editFunction choiceUnknown']);
  });

  it('want what the service wants in any case', () => {
    const required: ParameterSpecs = {
      editFunction: { kind: 'choice', values: ['a'], default: 'a', isRequired: true },
    };
    assert.deepEqual(broken({}, required), ['error editFunction parameterMissing']);
    assert.deepEqual(broken({ editFunction: 'a' }, required), []);
  });

  it('warn of what does nothing in this case, and name the condition', () => {
    assert.deepEqual(broken({ editFunction: 'expand', topScale: 1.5 }), []);
    assert.deepEqual(broken({ editFunction: 'doodle', topScale: 1.5 }), [
      'warning topScale ignored',
    ]);
    // Nor is its range judged then.
    assert.deepEqual(broken({ editFunction: 'doodle', topScale: 9 }), ['warning topScale ignored']);
  });

  it('do not warn of a default that a form sends along', () => {
    const specs: ParameterSpecs = {
      thinking: { kind: 'flag', default: true, when: [{ images: 'none' }] },
    };
    assert.deepEqual(broken({ thinking: true, images: [fox] }, specs), []);
  });

  it('count colors and read each', () => {
    assert.deepEqual(broken({ sketchColors: ['#1d4ed8', '#FFFFFF'] }), []);
    assert.deepEqual(broken({ sketchColors: ['blue'] }), ['error sketchColors colorInvalid']);
    assert.deepEqual(broken({ sketchColors: ['#000000', '#000000', '#000000'] }), [
      'error sketchColors colorCount',
    ]);
  });

  it('add up the shares of a palette in hundredths of a percent', () => {
    const palette = (...ratios: number[]) =>
      broken({ colorPalette: ratios.map((ratio) => ({ hex: '#000000', ratio })) });
    assert.deepEqual(palette(33.33, 33.33, 33.34), []);
    assert.deepEqual(palette(), []);
    assert.deepEqual(palette(33.33, 33.33, 33.33), ['error colorPalette paletteSum']);
    assert.deepEqual(palette(50, 50, 0), ['error colorPalette paletteSum']);
    assert.deepEqual(palette(50, 50), ['error colorPalette colorCount']);
  });

  it('want a list of areas for each image', () => {
    const box = [0, 0, 200, 100] as const;
    const check = (...boxes: (readonly (typeof box)[])[]) => broken({ images: [fox, fox], boxes });
    assert.deepEqual(check([box], []), []);
    assert.deepEqual(check([], []), []);
    assert.deepEqual(check([box]), ['error boxes boxesPerImage']);
    assert.deepEqual(check([box, box, box], []), ['error boxes boxesPerImage']);
  });

  it('want areas with an extent in whole pixels, and warn of those outside their image', () => {
    const check = (...box: [number, number, number, number]) =>
      broken({ images: [fox], boxes: [[box]] });
    assert.deepEqual(check(10, 10, 10, 20), ['error boxes boxInvalid']);
    assert.deepEqual(check(20, 10, 10, 20), ['error boxes boxInvalid']);
    assert.deepEqual(check(-1, 0, 10, 10), ['error boxes boxInvalid']);
    assert.deepEqual(check(0, 0, 1.5, 2), ['error boxes boxInvalid']);
    assert.deepEqual(check(0, 0, 201, 100), ['warning boxes boxOutside']);
    const web = { uri: 'https://example.com/a.png' };
    assert.deepEqual(broken({ images: [web], boxes: [[[0, 0, 9999, 9999]]] }), []);
  });
});

describe('parameters', () => {
  it('start with their defaults, where they have one', () => {
    assert.deepEqual(defaultParameters(parameters), { editFunction: 'expand', strength: 0.5 });
  });

  it('ask nothing when they are off or empty', () => {
    for (const value of [undefined, false, [], [[], []]]) assert.ok(asksNothing(value));
    for (const value of [true, 0, '', ['#000000']]) assert.ok(!asksNothing(value), `${value}`);
  });

  it('are read from outside, each by its kind', () => {
    const schema = z.strictObject(parameterShape);
    const all: Required<ImageParameters> = {
      ...{ editFunction: 'expand', strength: 0.5, topScale: 1, bottomScale: 1, leftScale: 1 },
      ...{ rightScale: 1, upscaleFactor: 2, isSketch: true, style: '<auto>' },
      ...{ referenceMode: 'repaint', referenceStrength: 1, sketchWeight: 3 },
      ...{ sketchExtraction: false, sketchColors: ['#000000'], sequential: true },
      ...{ interleave: false, maxImages: 3, thinking: true, promptExtend: true },
      ...{ promptExtendMode: 'direct', watermark: false },
      colorPalette: [{ hex: '#000000', ratio: 100 }],
      boxes: [[[0, 0, 1, 1]]],
    };
    assert.deepEqual(Object.keys(all).sort(), [...parameterNames].sort());
    assert.deepEqual(schema.parse(all), all);
    for (const [name, value] of Object.entries(all)) {
      const other = typeof value === 'string' ? 1 : 'x';
      assert.ok(!schema.safeParse({ [name]: other }).success, name);
    }
  });
});
