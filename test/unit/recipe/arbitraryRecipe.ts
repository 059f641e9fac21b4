import fc from 'fast-check';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import type { Recipe } from '../../../src/recipe/recipe';

/** Awkward in JSON, XML or a terminal. */
export const awkwardPrompts: readonly string[] = [
  '一只在月光下的狐狸，水墨画',
  'a fox 🦊 with a family 👨‍👩‍👧‍👦 and a flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  'ثعلب تحت ضوء القمر \u202eabc\u202c',
  'He said "hi" & \'bye\' <b>bold</b> </rdf:RDF> ]]> <![CDATA[ &amp; &#10;',
  'line one\r\nline two\ttab\u0000\u0001\u001b[31mred\u007f\u0085\u2028\u2029',
  '\ud800 half a character, \ufffe \uffff \ufeff',
  '好'.repeat(5000),
  '\\"{}[],: %s -->',
];

const text = fc.oneof(
  fc.constantFrom(...awkwardPrompts),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

const webImage = fc.webUrl({ validSchemes: ['https'] }).map((uri) => ({ uri }));

const request: fc.Arbitrary<ImageRequest> = fc.record(
  {
    modelId: fc.constantFrom('some-model', 'another'),
    prompt: text,
    size: fc.oneof(
      fc.nat(4000).map((width) => ({ width, height: 7 })),
      fc.constantFrom('1K' as const, '4K' as const, 'auto' as const),
    ),
    count: fc.integer({ min: 1, max: 12 }),
    seed: fc.nat(),
    negativePrompt: text,
    promptExtend: fc.boolean(),
    style: fc.constantFrom('<auto>', '<anime>'),
    strength: fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
    colorPalette: fc.array(
      fc.nat(100).map((ratio) => ({ hex: '#C2D1E6', ratio })),
      {
        maxLength: 5,
      },
    ),
    typed: text.map((prompt) => ({ prompt, style: 'wash' })),
    images: fc.array(webImage, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['modelId', 'prompt', 'size', 'count'], noNullPrototype: true },
);

/** Recipes that Easel may write. */
export const arbitraryRecipe: fc.Arbitrary<Recipe> = fc.record(
  {
    source: fc.constant('easel' as const),
    prompt: text,
    negativePrompt: text,
    model: fc.constantFrom('some-model', 'yet another'),
    seed: fc.nat(),
    request,
    regionId: fc.constantFrom('beijing', 'singapore'),
    requestId: fc.uuid(),
    madeAt: fc.integer({ min: 0, max: 4e12 }),
    isPlaceholder: fc.constant(true),
  },
  { requiredKeys: ['source', 'prompt'], noNullPrototype: true },
);
