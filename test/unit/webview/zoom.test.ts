import assert from 'node:assert/strict';
import {
  actualFactor,
  bestColumns,
  canMove,
  fitted,
  moveBy,
  placeImage,
  zoomAt,
} from '../../../src/webview/compare/zoom';

const pane = { width: 400, height: 300 };
const image = { width: 2000, height: 1000 };
const actual = actualFactor(pane, image, 1);
const frame = { pane, image, actual };

describe('the zoom of compared images', () => {
  it('fits a whole image into the middle of its pane', () => {
    assert.deepEqual(placeImage(pane, image, fitted), {
      left: 0,
      top: 50,
      width: 400,
      height: 200,
    });
    assert.equal(canMove(pane, image, fitted), false);
  });

  it('keeps the point under the pointer where it is', () => {
    const at = { x: 100, y: 100 };
    const zoom = zoomAt(fitted, 4, at, frame);
    const { left, top, width, height } = placeImage(pane, image, zoom);
    assert.deepEqual([(at.x - left) / width, (at.y - top) / height], [0.25, 0.25]);
  });

  it('goes to a pixel of the screen for one of the image', () => {
    const zoom = zoomAt(fitted, actual, { x: 200, y: 150 }, frame);
    assert.equal(placeImage(pane, image, zoom).width, image.width);
    assert.equal(actualFactor(pane, image, 2), actual / 2);
  });

  it('goes neither below fit nor beyond sixteen times the actual size', () => {
    assert.equal(zoomAt(fitted, 0.1, { x: 0, y: 0 }, frame).factor, 1);
    assert.equal(zoomAt(fitted, 1000, { x: 0, y: 0 }, frame).factor, actual * 16);
  });

  it('goes down to the actual size of an image that is smaller than its pane', () => {
    const small = { width: 40, height: 20 };
    const own = { pane, image: small, actual: actualFactor(pane, small, 1) };
    assert.equal(zoomAt(fitted, 0.01, { x: 0, y: 0 }, own).factor, 0.1);
  });

  it('moves no farther than the edges', () => {
    const zoom = zoomAt(fitted, 2, { x: 200, y: 150 }, frame);
    const moved = placeImage(pane, image, moveBy(zoom, { x: -30, y: 0 }, frame));
    assert.equal(moved.left, placeImage(pane, image, zoom).left - 30);
    assert.equal(placeImage(pane, image, moveBy(zoom, { x: -9999, y: 0 }, frame)).left, -400);
  });

  it('puts images where they are largest', () => {
    assert.equal(bestColumns({ width: 1600, height: 800 }, image, 4, 40), 2);
    assert.equal(bestColumns({ width: 300, height: 800 }, image, 2, 40), 1);
    assert.equal(bestColumns({ width: 1600, height: 800 }, { width: 500, height: 1000 }, 4, 40), 4);
  });
});
