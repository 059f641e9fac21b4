import assert from 'node:assert/strict';
import type { ModelDescriptor } from '../../../src/imageModel/modelDescriptor';
import { pageMessageSchema } from '../../../src/shared/pageMessage';
import type { Draft } from '../../../src/shared/panelProtocol';
import {
  changeDraft,
  emptyDraft,
  fitDraft,
  namedSizes,
  rulesOf,
  switchModel,
} from '../../../src/webview/draft';
import { maxTextLength } from '../../../src/webview/readDraft';

const size = (width: number, height: number) => ({ width, height });

function descriptor(values: Partial<ModelDescriptor> & { id: string }): ModelDescriptor {
  return {
    label: values.id,
    family: 'Test',
    regions: ['cn-beijing'],
    sizeRule: { kind: 'fixed', presets: [size(1000, 1000)] },
    defaultSize: size(1000, 1000),
    maxImagesPerCall: 1,
    facts: 'documented',
    promptLimit: { max: 800, unit: 'characters' },
    parameters: {},
    ...values,
  };
}

const free = descriptor({
  id: 'free',
  sizeRule: { kind: 'free', presets: [size(2048, 2048), size(2688, 1536)] },
  defaultSize: size(2048, 2048),
  maxImagesPerCall: 6,
  parameters: { promptExtend: { kind: 'flag', default: true } },
});
const fixed = descriptor({
  id: 'fixed',
  sizeRule: { kind: 'fixed', presets: [size(1664, 928), size(1328, 1328)] },
  defaultSize: size(1664, 928),
});
const styled = descriptor({
  id: 'styled',
  maxImagesPerCall: 4,
  parameters: {
    style: { kind: 'choice', values: ['<auto>', '<anime>'], default: '<auto>' },
    strength: { kind: 'number', min: 0, max: 1, default: 0.5 },
    promptExtend: { kind: 'flag', default: false },
  },
});
const withImages = [{ images: 'some' }] as const;
/** Other sizes with images, more images in a set. */
const edits = descriptor({
  id: 'edits',
  sizeRule: {
    kind: 'free',
    presets: [size(2048, 2048), size(2688, 1536)],
    named: [
      { name: '1K', area: 1024 * 1024, isOnWire: false },
      { name: '4K', area: 4096 * 4096, isOnWire: true },
    ],
  },
  defaultSize: size(2048, 2048),
  maxImagesPerCall: 4,
  images: {
    min: 0,
    max: 3,
    maxBytes: 1000,
    minSide: 1,
    maxSide: 5000,
    formats: ['png'],
    alpha: true,
  },
  variants: [
    {
      when: withImages,
      defaultSize: '1K',
      sizeRule: {
        kind: 'free',
        presets: [size(1024, 1024), size(1536, 864)],
        named: [{ name: '1K', area: 1024 * 1024, isOnWire: false }],
      },
    },
    { when: [{ parameter: 'sequential', is: [true] }], maxImagesPerCall: 12 },
  ],
  parameters: { sequential: { kind: 'flag', default: false } },
});

describe('the draft of the form', () => {
  it('starts with the defaults of the model', () => {
    assert.deepEqual(emptyDraft(styled), {
      modelId: 'styled',
      prompt: '',
      negativePrompt: '',
      size: size(1000, 1000),
      count: 1,
      seed: null,
      images: [],
      mask: null,
      parameters: { style: '<auto>', strength: 0.5, promptExtend: false },
    } satisfies Draft);
  });

  it('keeps the shape when another model offers it in other pixels', () => {
    const draft = { ...emptyDraft(free), size: size(2688, 1536) };
    assert.deepEqual(switchModel(draft, free, fixed).size, size(1664, 928));
  });

  it('falls back to the default size when the shape is not offered', () => {
    const draft = { ...emptyDraft(free), size: size(2688, 1536) };
    assert.deepEqual(switchModel(draft, free, styled).size, size(1000, 1000));
  });

  it('keeps a typed size where any size can be typed, and only there', () => {
    const draft = { ...emptyDraft(free), size: size(1500, 700) };
    const other = { ...free, id: 'other' };
    assert.deepEqual(switchModel(draft, free, other).size, size(1500, 700));
    assert.deepEqual(switchModel(draft, free, fixed).size, size(1664, 928));
  });

  it('clamps the count, but leaves the texts, the seed and the images', () => {
    const typed = { prompt: 'a', negativePrompt: 'b', count: 6, seed: 7, images: ['x'], mask: 'y' };
    const switched = switchModel({ ...emptyDraft(free), ...typed }, free, styled);
    const { prompt, negativePrompt, count, seed, images, mask } = switched;
    assert.deepEqual([prompt, negativePrompt, count, seed], ['a', 'b', 4, 7]);
    assert.deepEqual([images, mask], [['x'], 'y']);
  });

  it('keeps a parameter that was changed where another model has it, and takes its defaults else', () => {
    const from = { ...styled, id: 'from' };
    const parametersAfter = (parameters: Draft['parameters'], to = styled) =>
      switchModel({ ...emptyDraft(from), parameters }, from, to).parameters;
    const defaults = { style: '<auto>', strength: 0.5, promptExtend: false };
    assert.deepEqual(parametersAfter({ ...defaults, style: '<anime>' }), {
      ...defaults,
      style: '<anime>',
    });
    assert.deepEqual(parametersAfter({ style: '<gone>', strength: 7 }), defaults);
    assert.deepEqual(parametersAfter({ ...defaults, promptExtend: true }, free), {
      promptExtend: true,
    });
    // An extended prompt may cost more: what is only the default of one is not asked of the other.
    const fromFree = switchModel(emptyDraft(free), free, styled);
    assert.equal(fromFree.parameters.promptExtend, false);
  });

  it('keeps what was changed and the other model lacks, until it is back with one that has it', () => {
    const own = { style: '<anime>', strength: 0.5, promptExtend: false, watermark: true };
    const away = switchModel({ ...emptyDraft(styled), parameters: own }, styled, fixed);
    // A default is no choice: the next model has its own.
    assert.deepEqual(away.parameters, { style: '<anime>', watermark: true });
    assert.equal(fitDraft(away, [fixed, styled]), away);
    assert.deepEqual(switchModel(away, fixed, styled).parameters, own);
    // What the next model does not offer is its default.
    const strict = { ...styled, parameters: { style: { ...styled.parameters.style, values: [] } } };
    const plain = descriptor({ id: 'strict', parameters: strict.parameters as never });
    assert.equal(switchModel(away, fixed, plain).parameters.style, '<auto>');
  });

  it('is judged by what its model has', () => {
    const away = { ...emptyDraft(fixed), parameters: { sequential: true } };
    const variant = {
      when: [{ parameter: 'sequential', is: [true] }],
      maxImagesPerCall: 9,
    } as const;
    assert.equal(rulesOf({ ...fixed, variants: [variant] }, away).maxImagesPerCall, 1);
  });

  it('moves to the first model when its own is gone', () => {
    const draft = { ...emptyDraft(styled), prompt: 'a' };
    const fitted = fitDraft(draft, [fixed, free]);
    assert.deepEqual([fitted.modelId, fitted.prompt, fitted.parameters], ['fixed', 'a', {}]);
  });

  it('is the same object when nothing has to change', () => {
    const draft = emptyDraft(styled);
    assert.equal(fitDraft(draft, [free, styled]), draft);
    const parameters = { style: 'gone', watermark: true, strength: 9 };
    assert.deepEqual(fitDraft({ ...draft, parameters }, [styled]).parameters, {
      style: '<auto>',
      watermark: true,
      promptExtend: false,
      strength: 9,
    });
  });

  it('is cut where the host would not take it back, never in the middle of a character', () => {
    const prompt = `${'x'.repeat(maxTextLength - 1)}🦊`;
    const negativePrompt = `x${'🦊'.repeat(maxTextLength)}`;
    const draft = { ...emptyDraft(styled), prompt, negativePrompt };
    const accepts = (given: Draft): boolean =>
      pageMessageSchema.safeParse({ type: 'generate', draft: given }).success;
    assert.equal(accepts(draft), false);
    const fitted = fitDraft(draft, [styled]);
    assert.equal(accepts(fitted), true);
    assert.equal(fitted.prompt, 'x'.repeat(maxTextLength - 1));
    assert.ok(fitted.negativePrompt.isWellFormed());
    assert.equal(fitted.negativePrompt.length, maxTextLength - 1);
    const longest = { ...draft, prompt: 'x'.repeat(maxTextLength), negativePrompt: '' };
    assert.equal(fitDraft(longest, [styled]), longest);
  });
});

describe('a change in the form', () => {
  const draft = emptyDraft(edits);

  it('takes the default size along when images come and go', () => {
    const edited = changeDraft(draft, { images: ['x'] }, edits);
    assert.equal(edited.size, '1K');
    const more = changeDraft(edited, { images: ['x', 'y'] }, edits);
    assert.equal(more.size, '1K');
    assert.deepEqual(changeDraft(more, { images: [] }, edits).size, size(2048, 2048));
  });

  it('keeps the shape of a size that is no longer offered', () => {
    const wide = changeDraft(draft, { size: size(2688, 1536) }, edits);
    assert.deepEqual(changeDraft(wide, { images: ['x'] }, edits).size, size(1536, 864));
    const large = changeDraft(draft, { size: '4K' }, edits);
    assert.equal(changeDraft(large, { images: ['x'] }, edits).size, '1K');
  });

  it('keeps a typed size', () => {
    const typed = changeDraft(draft, { size: size(1234, 999) }, edits);
    assert.deepEqual(changeDraft(typed, { images: ['x'] }, edits).size, size(1234, 999));
  });

  it('lowers the number of images with its limit, and lets a larger one be typed', () => {
    const set = changeDraft(draft, { parameters: { sequential: true }, count: 12 }, edits);
    assert.equal(set.count, 12);
    assert.equal(changeDraft(set, { parameters: { sequential: false } }, edits).count, 4);
    assert.equal(changeDraft(draft, { count: 9 }, edits).count, 9);
  });

  it('gives a number back that a model or the end of a set has cut', () => {
    const away = switchModel({ ...emptyDraft(free), count: 6 }, free, styled);
    assert.deepEqual([away.count, away.ownCount], [4, 6]);
    const further = switchModel(away, styled, fixed);
    assert.deepEqual([further.count, further.ownCount], [1, 6]);
    assert.deepEqual(switchModel(further, fixed, free), { ...emptyDraft(free), count: 6 });
    // Unless another was typed meanwhile.
    const typed = changeDraft(away, { count: 2 }, styled);
    assert.deepEqual([typed.count, 'ownCount' in typed], [2, false]);
    assert.equal(switchModel(typed, styled, free).count, 2);
  });

  it('makes several images of a set of one, and one again when it is none', () => {
    const as = (sequential: boolean) => ({ parameters: { sequential } });
    const set = changeDraft(draft, as(true), edits);
    assert.equal(set.count, 4);
    assert.equal(changeDraft(set, { prompt: 'p' }, edits).count, 4);
    assert.deepEqual(changeDraft(set, as(false), edits), { ...draft, ...as(false) });
    const [variant] = edits.variants?.slice(1) ?? [];
    assert.ok(variant);
    const pairs = { ...edits, variants: [{ ...variant, maxImagesPerCall: 2 }] };
    assert.equal(changeDraft(draft, as(true), pairs).count, 2);
    const typed = changeDraft(set, { count: 3 }, edits);
    assert.equal(changeDraft(typed, as(false), edits).count, 3);
    assert.equal(changeDraft({ ...draft, count: 2 }, as(true), edits).count, 2);
    assert.equal(changeDraft(set, { count: 1 }, edits).count, 1);
    const elsewhere = switchModel(set, edits, fixed);
    assert.equal(elsewhere.count, 1);
    assert.deepEqual(switchModel(elsewhere, fixed, edits), set);
  });

  it('offers an area by name when the service knows it or an image gives the shape', () => {
    const names = (hasImages: boolean) => namedSizes(edits, hasImages).map(({ name }) => name);
    assert.deepEqual([names(false), names(true)], [['4K'], ['1K', '4K']]);
  });
});
