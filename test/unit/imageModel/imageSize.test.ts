import assert from 'node:assert/strict';
import type { ImageSize } from '../../../src/imageModel/imageModel';
import {
  fitArea,
  formatSize,
  namedSize,
  parseSize,
  ratioName,
  sameSize,
} from '../../../src/imageModel/imageSize';
import type { ImageRule } from '../../../src/imageModel/inputImage';
import type { SizeRule } from '../../../src/imageModel/modelDescriptor';
import { checkRequest } from '../../../src/imageModel/requestRules';
import { textLength } from '../../../src/imageModel/textLength';
import { fakeModel } from '../../fakes/fakeImageProvider';

describe('parseSize', () => {
  it('reads every separator that people use', () => {
    for (const text of ['1024*768', '1024x768', '1024X768', '1024×768', ' 1024 * 768 ']) {
      assert.deepEqual(parseSize(text), { width: 1024, height: 768 }, text);
    }
  });

  it('reads nothing else as a size', () => {
    for (const text of [
      '',
      '1024',
      '1024*',
      '3K',
      '2 K',
      'large',
      '-1*5',
      '1.5*2',
      '1024**768',
      '1024*768px',
    ]) {
      assert.equal(parseSize(text), undefined, text);
    }
  });

  it('reads the names of areas, and auto', () => {
    assert.equal(parseSize('2K'), '2K');
    assert.equal(parseSize(' 4k '), '4K');
    assert.equal(parseSize('auto'), 'auto');
  });
});

describe('a size', () => {
  it('is written as people read it', () => {
    assert.equal(formatSize({ width: 1024, height: 768 }), '1024 × 768');
    assert.equal(formatSize('2K'), '2K');
    assert.equal(formatSize('auto'), '');
  });

  it('is the same by its pixels or by its name', () => {
    const size = { width: 1024, height: 1024 };
    assert.ok(sameSize(size, { ...size }));
    assert.ok(!sameSize(size, { width: 1024, height: 1025 }));
    assert.ok(sameSize('1K', '1K'));
    assert.ok(!sameSize('1K', size));
  });

  it('has a name only where the rule has it', () => {
    const named = [{ name: '1K', area: 1024 * 1024, isOnWire: true }] as const;
    const rule: SizeRule = { kind: 'free', presets: [], named };
    assert.equal(namedSize(rule, '1K'), named[0]);
    assert.equal(namedSize(rule, '2K'), undefined);
    assert.equal(namedSize(rule, { width: 1024, height: 1024 }), undefined);
    assert.equal(namedSize({ kind: 'fixed', presets: [] }, '1K'), undefined);
  });
});

describe('fitArea', () => {
  const area = 1024 * 1024;
  const image = (width: number, height: number) => ({
    uri: 'file:///fox.png',
    size: { width, height },
  });

  it('makes a square where no shape is known', () => {
    assert.deepEqual(fitArea(area, {}), { width: 1024, height: 1024 });
    const web = { uri: 'https://example.com/fox.png' };
    assert.deepEqual(fitArea(area, {}, [web]), { width: 1024, height: 1024 });
  });

  it('takes the shape of the last image, in steps', () => {
    const size = fitArea(area, { step: 16 }, [image(100, 900), image(1600, 900)]);
    assert.deepEqual(size, { width: 1360, height: 768 });
  });

  it('stays within sides and ratios whatever the image is', () => {
    const rule = { minSide: 512, maxSide: 2048, minRatio: 1 / 4, maxRatio: 4, step: 16 };
    for (const shape of [image(9000, 10), image(10, 9000), image(4001, 1000), image(1, 1)]) {
      const { width, height } = fitArea(area, rule, [shape]);
      const name = `${width} × ${height}`;
      assert.ok(width >= 512 && height >= 512 && width <= 2048 && height <= 2048, name);
      assert.ok(width / height <= 4 && width / height >= 1 / 4, name);
      assert.ok(width % 16 === 0 && height % 16 === 0, name);
    }
  });
});

describe('fitArea without limits of the ratio', () => {
  it('goes no further than 1:8 and 8:1', () => {
    const area = 1024 * 1024;
    const shapes = [
      [20_000, 20],
      [20, 20_000],
      [3000, 100],
    ] as const;
    for (const rule of [
      { step: 16 },
      { step: 1, minSide: 256 },
      { maxRatio: 20, minRatio: 1 / 20 },
    ]) {
      for (const [width, height] of shapes) {
        const image = { uri: 'file:///fox.png', size: { width, height } };
        const fitted = fitArea(area, rule, [image]);
        const ratio = fitted.width / fitted.height;
        const limit = 'maxRatio' in rule ? 20 : 8;
        assert.ok(ratio <= limit && ratio >= 1 / limit, JSON.stringify(fitted));
        assert.ok(Math.max(ratio, 1 / ratio) > limit * 0.9, JSON.stringify(fitted));
      }
    }
  });

  it('takes an image without pixels for a square', () => {
    const image = { uri: 'file:///fox.png', size: { width: 0, height: 0 } };
    assert.deepEqual(fitArea(1024 * 1024, {}, [image]), { width: 1024, height: 1024 });
  });
});

describe('a named size that stands for pixels', () => {
  const images: ImageRule = {
    ...{ min: 0, max: 1, maxBytes: 9, minSide: 1, maxSide: 9_000 },
    ...{ formats: ['png'], alpha: true },
  };

  function issues(size: ImageSize, isOnWire = false) {
    const named = [{ name: '1K', area: 1024 * 1024, isOnWire }] as const;
    const bounds = { minArea: 512 * 512, maxArea: 1024 * 1024, minSide: 512 };
    const sizeRule: SizeRule = { kind: 'free', presets: [], named, ...bounds };
    const model = { ...fakeModel, images, sizeRule };
    const input = { uri: 'file:///fox.png', format: 'png', size } as const;
    const request = { modelId: 'fake-model', prompt: 'a fox', size: '1K', count: 1 } as const;
    return checkRequest(model, { ...request, images: [input] }, 'cn-beijing').map((issue) => ({
      ...issue,
      ...('sizeRule' in issue && { sizeRule: undefined }),
    }));
  }

  it('is judged by the pixels that are sent', () => {
    assert.deepEqual(issues({ width: 800, height: 600 }), []);
    assert.deepEqual(issues({ width: 4000, height: 500 }), [
      {
        severity: 'error',
        field: 'size',
        rule: 'sizeOutOfRange',
        size: { width: 2896, height: 512 },
        sizeRule: undefined,
      },
    ]);
  });

  it('is left to the service where the service knows the name', () => {
    assert.deepEqual(issues({ width: 4000, height: 500 }, true), []);
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
