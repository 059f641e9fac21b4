import assert from 'node:assert/strict';
import { pageMessageSchema } from '../../../src/shared/pageMessage';
import { type Draft, maxTextLength as textLengthOfHost } from '../../../src/shared/panelProtocol';
import { maxTextLength, readDraft } from '../../../src/webview/readDraft';

const texts = { modelId: 'model', prompt: 'a fox', negativePrompt: '' };
const numbers = { size: { width: 10, height: 10 }, count: 1, seed: null };
const full: Draft = {
  ...texts,
  ...numbers,
  images: ['a', 'b'],
  mask: 'm',
  style: 'user:Poster',
  parameters: {
    promptExtend: true,
    style: '<anime>',
    strength: 0.5,
    sketchColors: ['#112233'],
    colorPalette: [{ hex: '#112233', ratio: 100 }],
    boxes: [[[1, 2, 3, 4]], []],
  },
};

describe('a draft that was kept', () => {
  it('is read as it was written', () => {
    assert.equal(maxTextLength, textLengthOfHost);
    assert.equal(readDraft({ ...full, ownCount: 6 })?.ownCount, 6);
    assert.deepEqual(readDraft(JSON.parse(JSON.stringify(full))), full);
    for (const size of ['1K', '2K', '4K', 'auto'] as const) {
      assert.equal(readDraft({ ...full, size })?.size, size);
    }
  });

  it('may be of an older page, which had three parameters and no images', () => {
    const older = { ...texts, ...numbers, promptExtend: true, watermark: false, style: '<anime>' };
    const parameters = { promptExtend: true, watermark: false, style: '<anime>' };
    const read = { ...texts, ...numbers, images: [], mask: null, parameters };
    assert.deepEqual(readDraft(older), read);
    const { style: _, ...unstyled } = parameters;
    assert.deepEqual(readDraft({ ...older, style: '' })?.parameters, unstyled);
  });

  it('is none when the host would refuse it', () => {
    const broken: unknown[] = [
      undefined,
      null,
      'text',
      [],
      {},
      { ...full, size: '1*1' },
      { ...full, size: {} },
      { ...full, count: Number.NaN },
      { ...full, ownCount: '6' },
      { ...full, seed: '7' },
      { ...full, prompt: 'x'.repeat(maxTextLength + 1) },
      { ...full, images: [5] },
      { ...full, images: Array(31).fill('a') },
      { ...full, images: ['x'.repeat(101)] },
      { ...full, mask: 5 },
      { ...full, parameters: [] },
      { ...full, parameters: { strength: '1' } },
      { ...full, parameters: { promptExtend: 1 } },
      { ...full, parameters: { style: 'x'.repeat(201) } },
      { ...full, parameters: { sketchColors: [1] } },
      { ...full, parameters: { colorPalette: [{ hex: '#112233' }] } },
      { ...full, parameters: { boxes: [[[1, 2, 3]]] } },
    ];
    for (const value of broken) {
      assert.equal(readDraft(value), undefined);
      const message = { type: 'generate', draft: value };
      assert.equal(pageMessageSchema.safeParse(message).success, false, JSON.stringify(value));
    }
  });
});
