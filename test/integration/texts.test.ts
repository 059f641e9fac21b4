import assert from 'node:assert/strict';
import { modelCatalog } from '../../src/dashscope/modelCatalog';
import type { Condition } from '../../src/imageModel/conditions';
import type { ImageRule } from '../../src/imageModel/inputImage';
import type { SizeRule } from '../../src/imageModel/modelDescriptor';
import { issueText } from '../../src/ui/issueText';
import { choiceText, parameterTexts } from '../../src/ui/parameterTexts';
import { phaseText } from '../../src/ui/phaseText';
import { costText, priceSourceText, priceText } from '../../src/ui/priceText';
import { endSentence, joinSentences, listText } from '../../src/ui/sentences';

describe('sentences', () => {
  it('end in the full stop of their script', () => {
    const pairs = [
      ['n must be 1', 'n must be 1.'],
      ['n must be 1.', 'n must be 1.'],
      ['Really?', 'Really?'],
      ['He said "no."', 'He said "no."'],
      ['参数错误', '参数错误。'],
      ['参数错误。', '参数错误。'],
      ['没有“colour”', '没有“colour”。'],
      ['请检查 url！', '请检查 url！'],
    ] as const;
    for (const [text, expected] of pairs) assert.equal(endSentence(text), expected);
  });

  it('are joined with a space, but not after a Chinese full stop', () => {
    assert.equal(joinSentences(['One.', 'Two.']), 'One. Two.');
    assert.equal(joinSentences(['一。', '二！', '三。']), '一。二！三。');
    assert.equal(
      joinSentences(['服务端拒绝了请求：n must be 1.', '请调整。']),
      '服务端拒绝了请求：n must be 1. 请调整。',
    );
    assert.equal(joinSentences([]), '');
  });

  it('list things as the language does', () => {
    assert.equal(listText(['a', 'b', 'c'], 'en'), 'a, b, and c');
    assert.equal(listText(['甲', '乙', '丙'], 'zh-cn'), '甲、乙和丙');
    assert.equal(listText(['only']), 'only');
  });
});

describe('the text of a broken rule', () => {
  const presets = [
    { width: 512, height: 512 },
    { width: 512, height: 1024 },
    { width: 1024, height: 512 },
  ];
  const size = { width: 8, height: 8 };

  it('lists sizes, styles and regions readably', () => {
    const sizeRule: SizeRule = { kind: 'fixed', presets };
    assert.equal(
      issueText({ severity: 'error', field: 'size', rule: 'sizeNotOffered', size, sizeRule }),
      'The model cannot make 8 × 8. Choose one of 512 × 512, 512 × 1024, and 1024 × 512.',
    );
    const values = ['<auto>', '<3d cartoon>', '<anime>'];
    assert.equal(
      issueText({ severity: 'error', field: 'style', rule: 'choiceUnknown', value: 'x', values }),
      '"Style" cannot be "x". Choose one of <auto>, <3d cartoon>, and <anime>.',
    );
    const regions = ['cn-beijing', 'ap-southeast-1'];
    assert.match(
      issueText({ severity: 'error', field: 'model', rule: 'notInRegion', regions }),
      /only in Beijing and Singapore\./,
    );
  });

  it('tells a free size in whole sentences', () => {
    const sizeRule: SizeRule = { kind: 'free', presets, minSide: 512, maxSide: 1440, maxArea: 2e6 };
    assert.equal(
      issueText({ severity: 'error', field: 'size', rule: 'sizeOutOfRange', size, sizeRule }),
      'The model cannot make 8 × 8. Each side must be 512 to 1440 pixels. Width times height must be at most 2000000 pixels.',
    );
  });
});

describe('the text of what is ignored', () => {
  const ignored = (unmet?: Condition) =>
    issueText({
      severity: 'warning',
      field: 'thinking',
      rule: 'ignored',
      ...(unmet && { unmet }),
    });

  it('names the setting as forms do', () => {
    assert.equal(ignored(), 'This model has no setting "Think first"; it is left out.');
  });

  it('says in words on what the setting depends', () => {
    assert.equal(ignored({ images: 'some' }), '"Think first" does nothing without an input image.');
    assert.equal(
      ignored({ images: 'none' }),
      '"Think first" does nothing when there are input images.',
    );
    assert.equal(
      ignored({ parameter: 'sequential', is: [false] }),
      '"Think first" does nothing unless "Make a set" is off.',
    );
    assert.equal(
      ignored({ parameter: 'editFunction', is: ['expand', 'doodle'] }),
      '"Think first" does nothing unless "Kind of edit" is Expand the image or Paint from a line drawing.',
    );
  });
});

describe('the text of an image that does not fit', () => {
  const imageRule: ImageRule = {
    ...{ min: 1, max: 1, maxBytes: 10 * 1024 * 1024, minSide: 240, maxSide: 8000 },
    ...{ minRatio: 1 / 8, maxRatio: 8, formats: ['png', 'jpeg', 'webp'], alpha: false },
  };
  const severity = 'error';
  const position = 1;

  it('says which one, what it is and what it must be', () => {
    const size = { width: 9000, height: 100 };
    const of = { severity, field: 'images', position } as const;
    const texts = [
      issueText({ ...of, rule: 'imageFormat', format: 'gif', formats: imageRule.formats }),
      issueText({ ...of, rule: 'imageBytes', byteLength: 10_485_761, maxBytes: 10_485_760 }),
      issueText({ ...of, rule: 'imageSides', size, imageRule }),
      issueText({ ...of, rule: 'imageRatio', size, imageRule }),
    ];
    assert.deepEqual(texts, [
      'Input image 2 is not in a format that the model reads. Use PNG, JPEG, or WebP.',
      'Input image 2 has 10.1 MB; the model reads at most 10 MB.',
      'Input image 2 is 9000 × 100; each side must be 240 to 8000 pixels.',
      'Input image 2 is 9000 × 100, which is too long or too narrow. The ratio must be between 1:8 and 8:1.',
    ]);
  });

  it('says of a mask that it is the mask', () => {
    const issue = { severity, field: 'mask', rule: 'imageFormat', position: 0 } as const;
    assert.match(
      issueText({ ...issue, format: undefined, formats: ['png'] }),
      /^The mask is not .* Use PNG\.$/,
    );
  });

  it('counts them', () => {
    const text = (count: number, min: number, max: number) =>
      issueText({ severity, field: 'images', rule: 'imageCount', count, min, max });
    assert.equal(text(0, 1, 1), 'This model needs an input image. Add one.');
    assert.equal(text(0, 1, 3), 'This model needs 1 to 3 input images. Add one.');
    assert.equal(text(2, 0, 1), 'This model takes one input image; there are 2.');
    assert.equal(text(4, 0, 3), 'This model takes at most 3 input images; there are 4.');
  });
});

describe('the texts of parameters', () => {
  it('name every choice of the catalogue', () => {
    const values = modelCatalog.flatMap(({ parameters }) =>
      Object.values(parameters).flatMap((spec) => (spec.kind === 'choice' ? spec.values : [])),
    );
    assert.ok(values.length > 20);
    assert.deepEqual(
      values.filter((value) => choiceText(value) === value),
      [],
    );
    assert.equal(choiceText('toString'), 'toString');
  });

  it('are all different, so that a message can name one', () => {
    const labels = Object.values(parameterTexts()).map(({ label }) => label);
    assert.equal(new Set(labels).size, labels.length);
  });
});

describe('the text of a price', () => {
  const price = { currency: 'CNY', image: 0.2, asOf: '2026-04', source: 'official' } as const;

  it('is short, with the amounts that differ', () => {
    assert.equal(priceText(price), '¥0.20 per image');
    const dollars = { ...price, currency: 'USD', image: 0.04, inputImage: 0.003 } as const;
    assert.equal(priceText(dollars), '$0.04 per image, each input image $0.003');
    assert.equal(
      priceText({ ...price, largeImage: 0.5 }),
      '¥0.20 per image, above 2.25 megapixels ¥0.50',
    );
    assert.equal(
      priceText({ ...price, extendedImage: 0.3 }),
      '¥0.20 per image, with the prompt extended ¥0.30',
    );
  });

  it('tells where it comes from', () => {
    assert.equal(priceSourceText(price), 'price list of 2026-04');
    assert.equal(
      priceSourceText({ ...price, source: 'thirdParty' }),
      'third-party price of 2026-04',
    );
    assert.equal(priceSourceText({ ...price, asOf: '', source: 'user' }), 'your price');
  });

  it('of a job is an amount, or a limit', () => {
    const cost = { amount: 0.1 + 0.2, currency: 'CNY', isUpTo: false } as const;
    assert.equal(costText(cost), '¥0.30');
    assert.equal(costText({ ...cost, amount: 2, isUpTo: true }), 'up to ¥2.00');
    assert.equal(costText({ ...cost, amount: 0.003, currency: 'USD' }), '$0.003');
  });
});

describe('the text of a phase', () => {
  it('says when a busy service is asked again', () => {
    assert.equal(
      phaseText({ phase: 'throttled', retryInMs: 3_200 }),
      'Waiting for a free slot, next try in 4 s',
    );
    assert.equal(
      phaseText({ phase: 'throttled', retryInMs: 0 }),
      'Waiting for a free slot, next try in 1 s',
    );
  });
});
