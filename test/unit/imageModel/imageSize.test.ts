import assert from 'node:assert/strict';
import { parseSize, ratioName } from '../../../src/imageModel/imageSize';
import { textLength } from '../../../src/imageModel/textLength';

describe('parseSize', () => {
  it('reads every separator that people use', () => {
    for (const text of ['1024*768', '1024x768', '1024X768', '1024×768', ' 1024 * 768 ']) {
      assert.deepEqual(parseSize(text), { width: 1024, height: 768 }, text);
    }
  });

  it('reads nothing else as a size', () => {
    for (const text of ['', '1024', '1024*', '2K', '-1*5', '1.5*2', '1024**768', '1024*768px']) {
      assert.equal(parseSize(text), undefined, text);
    }
  });
});

describe('ratioName', () => {
  it('names the usual ratios, also for sizes that are only nearly theirs', () => {
    assert.equal(ratioName({ width: 1664, height: 928 }), '16:9');
    assert.equal(ratioName({ width: 1104, height: 1472 }), '3:4');
    assert.equal(ratioName({ width: 1328, height: 1328 }), '1:1');
    assert.equal(ratioName({ width: 700, height: 300 }), undefined);
  });
});

describe('textLength', () => {
  it('counts every letter, ideograph, digit and symbol as one character', () => {
    assert.equal(textLength('a 狐🦊!', 'characters'), 5);
  });

  it('estimates a token for a Chinese character and for four Latin ones', () => {
    assert.equal(textLength('红色狐狸', 'tokens'), 4);
    assert.equal(textLength('abcdefgh', 'tokens'), 2);
  });
});
