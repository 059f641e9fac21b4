import assert from 'node:assert/strict';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import { checkImages, checkMask } from '../../../src/imageModel/imageRules';
import type { ImageRule, InputImage } from '../../../src/imageModel/inputImage';

const rule: ImageRule = {
  min: 1,
  max: 2,
  maxBytes: 1000,
  minSide: 100,
  maxSide: 800,
  minRatio: 1 / 4,
  maxRatio: 4,
  formats: ['png', 'jpeg'],
  alpha: false,
};
const fox: InputImage = {
  uri: 'file:///fox.png',
  format: 'png',
  byteLength: 1000,
  size: { width: 400, height: 100 },
  hasAlpha: false,
};
const web: InputImage = { uri: 'https://example.com/fox.png' };

function broken(images: readonly InputImage[], own = rule) {
  return checkImages(own, images).map((issue) => `${issue.severity} ${issue.field} ${issue.rule}`);
}

describe('checkImages', () => {
  it('finds nothing wrong with images within the rule', () => {
    assert.deepEqual(broken([fox]), []);
    assert.deepEqual(broken([fox, fox]), []);
  });

  it('holds the number of images', () => {
    assert.deepEqual(checkImages(rule, undefined), [
      { severity: 'error', field: 'images', rule: 'imageCount', count: 0, min: 1, max: 2 },
    ]);
    assert.deepEqual(broken([fox, fox, fox]), ['error images imageCount']);
  });

  it('warns of images that the model takes none of', () => {
    assert.deepEqual(checkImages(undefined, []), []);
    assert.deepEqual(
      checkImages(undefined, [fox]).map((issue) => issue.rule),
      ['ignored'],
    );
  });

  it('refuses a file of another format, and one that is no image, and says which', () => {
    for (const format of ['gif', undefined] as const) {
      const [issue] = checkImages(rule, [fox, { ...fox, format }]);
      assert.deepEqual(issue, {
        severity: 'error',
        field: 'images',
        rule: 'imageFormat',
        position: 1,
        format,
        formats: ['png', 'jpeg'],
      });
    }
  });

  it('holds bytes, sides and ratio', () => {
    assert.deepEqual(broken([{ ...fox, byteLength: 1001 }]), ['error images imageBytes']);
    const size = (width: number, height: number) => broken([{ ...fox, size: { width, height } }]);
    assert.deepEqual(size(99, 120), ['error images imageSides']);
    assert.deepEqual(size(700, 801), ['error images imageSides']);
    assert.deepEqual(size(401, 100), ['error images imageRatio']);
    assert.deepEqual(size(100, 401), ['error images imageRatio']);
    assert.deepEqual(size(100, 400), []);
  });

  it('only warns of sides that are advice', () => {
    const small = { ...fox, size: { width: 50, height: 50 } };
    assert.deepEqual(broken([small], { ...rule, sidesAreAdvice: true }), [
      'warning images imageSides',
    ]);
  });

  it('warns of transparency where the documents exclude it', () => {
    assert.deepEqual(broken([{ ...fox, hasAlpha: true }]), ['warning images imageAlpha']);
    assert.deepEqual(broken([{ ...fox, hasAlpha: true }], { ...rule, alpha: true }), []);
  });

  it('cannot judge what lies on the web, but counts it', () => {
    assert.deepEqual(broken([web]), []);
    assert.deepEqual(broken([web, web, web]), ['error images imageCount']);
  });
});

describe('checkMask', () => {
  const masked = [{ parameter: 'editFunction', is: ['masked'] }] as const;
  const request: ImageRequest = {
    modelId: 'm',
    prompt: 'p',
    size: 'auto',
    count: 1,
    images: [fox],
    editFunction: 'masked',
  };
  const check = (change: Partial<ImageRequest>) =>
    checkMask(masked, { ...request, ...change }, rule).map(
      (issue) => `${issue.severity} ${issue.field} ${issue.rule}`,
    );

  it('wants a mask exactly where the edit has one', () => {
    assert.deepEqual(check({}), ['error mask maskMissing']);
    assert.deepEqual(check({ mask: fox }), []);
    assert.deepEqual(check({ editFunction: 'other' }), []);
    assert.deepEqual(checkMask(masked, { ...request, editFunction: 'other', mask: fox }, rule), [
      { severity: 'warning', field: 'mask', rule: 'ignored', unmet: masked[0] },
    ]);
    assert.deepEqual(checkMask(undefined, { ...request, mask: fox }), [
      { severity: 'warning', field: 'mask', rule: 'ignored' },
    ]);
  });

  it('wants it as large as the image, as far as both are known', () => {
    const size = { width: 300, height: 100 };
    assert.deepEqual(check({ mask: { ...fox, size } }), ['warning mask maskSizeDiffers']);
    assert.deepEqual(check({ mask: web }), []);
    assert.deepEqual(check({ mask: { ...fox, size }, images: [web] }), []);
  });

  it('judges its file as that of an image, but for transparency', () => {
    assert.deepEqual(check({ mask: { ...fox, format: 'bmp' } }), ['error mask imageFormat']);
    assert.deepEqual(check({ mask: { ...fox, hasAlpha: true } }), []);
  });
});
