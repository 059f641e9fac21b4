import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Thumbnails } from '../../../src/history/thumbnails';
import { encodePng, padPng } from '../../emulator/picture/encodePng';

function png(width = 4, height = 3): Buffer {
  return encodePng({ width, height, pixels: new Uint8Array(width * height * 3) });
}

/** A lossless WebP of one pixel. */
const webp = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');

describe('thumbnails', () => {
  let storage: string;
  let thumbnails: Thumbnails;
  beforeEach(() => {
    storage = mkdtempSync(path.join(os.tmpdir(), 'easel-thumbnails-'));
    thumbnails = new Thumbnails(storage, 'window');
  });
  afterEach(() => rmSync(storage, { recursive: true }));

  function names(): readonly string[] {
    return readdirSync(thumbnails.folder).sort();
  }

  it('are none at first', async () => {
    await thumbnails.load();
    assert.deepEqual([thumbnails.has('a-0'), thumbnails.path('a-0')], [false, undefined]);
    assert.deepEqual(readdirSync(storage), []);
  });

  it('are kept over a restart, under the name that their bytes have', async () => {
    assert.ok(await thumbnails.keep('a-0', webp));
    assert.ok(await thumbnails.keep('a-1', png()));
    assert.deepEqual(names(), ['a-0.webp', 'a-1.png']);
    const later = new Thumbnails(storage, 'later');
    assert.equal(later.has('a-0'), false);
    await later.load();
    assert.equal(later.path('a-0'), path.join(later.folder, 'a-0.webp'));
    assert.deepEqual(readFileSync(later.path('a-1') ?? ''), png());
    if (process.platform !== 'win32') {
      assert.equal(statSync(later.path('a-1') ?? '').mode & 0o777, 0o600);
    }
  });

  it('take the place of an earlier one', async () => {
    await thumbnails.keep('a-0', png());
    await thumbnails.keep('a-0', webp);
    assert.deepEqual(names(), ['a-0.webp']);
    await thumbnails.keep('a-0', webp);
    assert.deepEqual(readFileSync(thumbnails.path('a-0') ?? ''), webp);
  });

  it('are nothing but small pictures', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const large = padPng(png(), 100_001);
    for (const bytes of [svg, Buffer.alloc(0), Buffer.from('RIFF'), large, png(4000, 2)]) {
      assert.equal(await thumbnails.keep('a-0', bytes), false);
    }
    assert.equal(thumbnails.has('a-0'), false);
  });

  it('never leave their folder', async () => {
    for (const id of [
      '../a-0',
      '/etc/a-0',
      'a/b-0',
      'con',
      'a',
      '',
      '.-0',
      `${'a'.repeat(99)}-0`,
    ]) {
      assert.equal(await thumbnails.keep(id, png()), false, id);
    }
    assert.deepEqual(readdirSync(storage), []);
  });

  it('are removed with their images', async () => {
    for (const id of ['a-0', 'a-1', 'b-0']) await thumbnails.keep(id, png());
    const later = new Thumbnails(storage, 'later');
    await later.remove(['a-0', 'b-0', 'none-0', '../a-1']);
    assert.deepEqual(names(), ['a-1.png']);
    assert.deepEqual([later.has('a-0'), later.has('a-1')], [false, true]);
  });
});
