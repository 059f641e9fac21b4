import * as fc from 'fast-check';
import type { ModelRow } from '../../../src/dashscope/modelRow';
import type { ImageRequest, RequestedSize } from '../../../src/imageModel/imageModel';
import type { InputImage } from '../../../src/imageModel/inputImage';
import { type ParameterSpec, parameterNames } from '../../../src/imageModel/parameters';

/** A request for a model, of which a good part breaks one of its rules, and a region that has the model. */
export function arbitraryRequest(
  row: ModelRow,
): fc.Arbitrary<{ readonly request: ImageRequest; readonly regionId: string }> {
  const parameters = parameterNames.flatMap((name) => {
    const spec = row.parameters[name];
    if (!spec) return [];
    // Most cases have no use for what depends on others.
    const value = arbitraryValue(spec);
    const rare = fc.option(value, { freq: 1, nil: undefined });
    return [[name, spec.when ? rare : value] as const];
  });
  const request = fc.record(
    {
      modelId: fc.constant(row.id),
      prompt: usually(fc.constant('雪中的 fox'), fc.constant('雪'.repeat(6000))),
      size: arbitrarySize(row),
      count: usually(
        fc.integer({ min: 1, max: row.maxImagesPerCall }),
        fc.integer({ min: 0, max: 14 }),
      ),
      seed: usually(fc.integer({ min: 0, max: 2_147_483_647 }), fc.constantFrom(-1, 2 ** 32)),
      negativePrompt: usually(fc.constant('模糊'), fc.constant('糊'.repeat(501))),
      images: arbitraryImages(row),
      mask: arbitraryImage,
      ...Object.fromEntries(parameters),
    },
    {
      requiredKeys: [
        'modelId',
        'prompt',
        'size',
        'count',
        ...(row.images ? (['images'] as const) : []),
      ],
    },
  );
  return fc.record({
    request: request.map((given) => withoutForeign(given as ImageRequest, row)),
    regionId: fc.constantFrom(...row.regions),
  });
}

/** What the model has at all; that it ignores the rest is another test. */
function withoutForeign(request: ImageRequest, row: ModelRow): ImageRequest {
  const { mask, images, seed, negativePrompt, ...others } = Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== undefined),
  ) as unknown as ImageRequest; // Object.fromEntries forgets the names
  return {
    ...others,
    ...(row.seed && seed !== undefined && { seed }),
    ...(row.negativePromptLimit && negativePrompt !== undefined && { negativePrompt }),
    ...(row.images && images && { images }),
    ...(row.maskWhen && mask && { mask }),
  };
}

function usually<T>(good: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: good, weight: 8 }, { arbitrary: other, weight: 1 });
}

function arbitrarySize(row: ModelRow): fc.Arbitrary<RequestedSize> {
  const { sizeRule } = row;
  if (sizeRule.kind === 'none') return fc.constant('auto');
  const side = fc.integer({ min: 200, max: 4400 });
  const free = fc.record({ width: side, height: side });
  const rounded = free.map(({ width, height }) => ({
    width: Math.round(width / 16) * 16,
    height: Math.round(height / 16) * 16,
  }));
  const offered: RequestedSize[] = [...sizeRule.presets];
  if (sizeRule.kind === 'free') offered.push(...(sizeRule.named ?? []).map(({ name }) => name));
  return fc.oneof(
    { arbitrary: fc.constantFrom(...offered), weight: 4 },
    { arbitrary: rounded, weight: 2 },
    { arbitrary: free, weight: 1 },
  );
}

const arbitraryImage: fc.Arbitrary<InputImage> = fc
  .record({
    width: usually(fc.integer({ min: 600, max: 1900 }), fc.integer({ min: 100, max: 9000 })),
    height: usually(fc.integer({ min: 600, max: 1900 }), fc.integer({ min: 100, max: 9000 })),
    kind: usually(fc.constantFrom('png', 'web'), fc.constantFrom('gif', 'alpha')),
  })
  .map(({ width, height, kind }) =>
    kind === 'web'
      ? { uri: `https://images.example.com/${width}x${height}.png` }
      : { uri: `file:///${width}x${height}.${kind}` },
  );

function arbitraryImages(row: ModelRow): fc.Arbitrary<InputImage[]> {
  const { min = 0, max = 0 } = row.images ?? {};
  // Where the wire has room for one image, a second one cannot be sent.
  const hasRoom = row.imageField === undefined || row.imageField === 'images';
  return usually(
    fc.array(arbitraryImage, { minLength: min, maxLength: Math.min(max, 3) }),
    fc.array(arbitraryImage, { maxLength: hasRoom ? max + 1 : max }),
  );
}

function arbitraryValue(spec: ParameterSpec): fc.Arbitrary<unknown> {
  const color = usually(
    fc.constantFrom('#C2D1E6', '#000000', '#ffaa00'),
    fc.constantFrom('red', '#12'),
  );
  switch (spec.kind) {
    case 'flag':
      return fc.boolean();
    case 'number': {
      const { min, max, isInteger } = spec;
      const inside = fc.integer({ min: min * 2, max: max * 2 }).map((half) => half / 2);
      const outside = fc.constantFrom(min - 1, max + 1);
      return usually(isInteger ? fc.integer({ min, max }) : inside, outside);
    }
    case 'choice':
      return usually(fc.constantFrom(...spec.values), fc.constant('<nonsense>'));
    case 'colors':
      return fc.array(color, { minLength: 1, maxLength: 3 });
    case 'palette':
      return usually(arbitraryPalette(color, spec.min, spec.max), arbitraryPalette(color, 1, 12));
    case 'boxes':
      return fc.array(fc.array(arbitraryBox, { maxLength: spec.maxPerImage + 1 }), {
        maxLength: 3,
      });
  }
}

function arbitraryPalette(
  color: fc.Arbitrary<string>,
  min: number,
  max: number,
): fc.Arbitrary<unknown> {
  return fc
    .record({
      colors: fc.array(color, { minLength: min, maxLength: max }),
      total: usually(fc.constant(10_000), fc.constant(9_990)),
    })
    .map(({ colors, total }) => {
      const share = Math.floor(total / colors.length);
      return colors.map((hex, index) => ({
        hex,
        ratio: (index === 0 ? total - share * (colors.length - 1) : share) / 100,
      }));
    });
}

const arbitraryBox = fc
  .tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 0, max: 600 })))
  .map(([a = 0, b = 0, c = 0, d = 0]) => [a, b, a + c, b + d]);

/** The bytes that a made-up `file:///<width>x<height>.<kind>` has: a header that every reader understands. */
export function imageBytes(uri: string): Uint8Array {
  const [, width = '1', height = '1', kind = 'png'] = /(\d+)x(\d+)\.(\w+)$/.exec(uri) ?? [];
  return kind === 'gif'
    ? gif(Number(width), Number(height))
    : png(Number(width), Number(height), kind === 'alpha');
}

function gif(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(14);
  bytes.write('GIF89a', 'latin1');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  bytes[13] = 0x3b;
  return bytes;
}

/** Signature, IHDR and IEND; nobody looks at the pixels. */
function png(width: number, height: number, hasAlpha: boolean): Uint8Array {
  const bytes = Buffer.from(
    '89504e470d0a1a0a0000000d4948445200000000000000000802000000000000000000000049454e44ae426082',
    'hex',
  );
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  if (hasAlpha) bytes[25] = 6;
  return bytes;
}
