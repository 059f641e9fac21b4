import assert from 'node:assert/strict';
import type { ModelDescriptor } from '../../../src/imageModel/modelDescriptor';
import {
  type Draft,
  pageMessageSchema,
  maxTextLength as textLengthOfHost,
} from '../../../src/shared/panelProtocol';
import {
  emptyDraft,
  fitDraft,
  isDraft,
  maxTextLength,
  switchModel,
} from '../../../src/webview/draft';

const size = (width: number, height: number) => ({ width, height });

function descriptor(values: Partial<ModelDescriptor> & { id: string }): ModelDescriptor {
  return {
    label: values.id,
    family: 'Test',
    regions: ['cn-beijing'],
    sizeRule: { kind: 'fixed', presets: [size(1000, 1000)] },
    defaultSize: size(1000, 1000),
    maxImagesPerCall: 1,
    promptLimit: { max: 800, unit: 'characters' },
    watermark: false,
    ...values,
  };
}

const free = descriptor({
  id: 'free',
  sizeRule: { kind: 'free', presets: [size(2048, 2048), size(2688, 1536)] },
  defaultSize: size(2048, 2048),
  maxImagesPerCall: 6,
  promptExtendDefault: true,
});
const fixed = descriptor({
  id: 'fixed',
  sizeRule: { kind: 'fixed', presets: [size(1664, 928), size(1328, 1328)] },
  defaultSize: size(1664, 928),
});
const styled = descriptor({ id: 'styled', styles: ['<auto>', '<anime>'], maxImagesPerCall: 4 });

describe('the draft of the form', () => {
  it('starts with the defaults of the model', () => {
    assert.deepEqual(emptyDraft(styled), {
      modelId: 'styled',
      prompt: '',
      negativePrompt: '',
      size: size(1000, 1000),
      count: 1,
      seed: null,
      promptExtend: false,
      watermark: false,
      style: '<auto>',
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

  it('clamps the count and takes the first style, but leaves the texts and the seed', () => {
    const draft = { ...emptyDraft(free), prompt: 'a', negativePrompt: 'b', count: 6, seed: 7 };
    const { prompt, negativePrompt, count, seed, style } = switchModel(draft, free, styled);
    assert.deepEqual([prompt, negativePrompt, count, seed, style], ['a', 'b', 4, 7, '<auto>']);
    assert.equal(switchModel({ ...draft, style: '<anime>' }, styled, styled).style, '<anime>');
    assert.equal(switchModel({ ...draft, style: '<anime>' }, styled, free).style, '');
  });

  it('moves to the first model when its own is gone', () => {
    const draft = { ...emptyDraft(styled), prompt: 'a' };
    const fitted = fitDraft(draft, [fixed, free]);
    assert.deepEqual([fitted.modelId, fitted.prompt, fitted.style], ['fixed', 'a', '']);
  });

  it('is the same object when nothing has to change', () => {
    const draft = emptyDraft(styled);
    assert.equal(fitDraft(draft, [free, styled]), draft);
    assert.equal(fitDraft({ ...draft, style: 'gone' }, [styled]).style, '<auto>');
  });

  it('is cut where the host would not take it back, never in the middle of a character', () => {
    assert.equal(maxTextLength, textLengthOfHost);
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

  it('is told from what an older page may have kept', () => {
    const draft = emptyDraft(free);
    assert.equal(isDraft(draft), true);
    const { style, ...older } = draft;
    assert.equal(style, '');
    const broken = [undefined, null, 'text', {}, older, { ...draft, size: '1*1' }];
    const wrong = [
      { ...draft, count: Number.NaN },
      { ...draft, seed: '7' },
      { ...draft, size: {} },
    ];
    assert.deepEqual([...broken, ...wrong].map(isDraft), Array(9).fill(false));
    assert.equal(isDraft({ ...draft, prompt: 'x'.repeat(100_001) }), false);
  });
});
