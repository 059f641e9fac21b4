import assert from 'node:assert/strict';
import type { SizeRule } from '../../src/imageModel/modelDescriptor';
import { issueText } from '../../src/ui/issueText';
import { phaseText } from '../../src/ui/phaseText';
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
    const styles = ['<auto>', '<3d cartoon>', '<anime>'];
    assert.equal(
      issueText({ severity: 'error', field: 'style', rule: 'styleUnknown', style: 'x', styles }),
      'The model has no style "x". Choose one of <auto>, <3d cartoon>, and <anime>.',
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

describe('the text of a phase', () => {
  it('says when a busy service is asked again', () => {
    assert.equal(phaseText({ phase: 'throttled', retryInMs: 3_200 }), 'Busy, trying again in 4 s');
    assert.equal(phaseText({ phase: 'throttled', retryInMs: 0 }), 'Busy, trying again in 1 s');
  });
});
