import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import type { Strictness } from '../../emulator/models/modelRow';
import { assertRefused, submitTo } from './emulatorClient';

describe('emulator: sizes', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  /** Strictness, model, size, number of input images, other parameters. */
  type SizeCase = readonly [Strictness, string, string, number?, object?];
  const taken: readonly SizeCase[] = [
    ['doc', 'qwen-image-3.0', '2048*2048'],
    ['doc', 'qwen-image-3.0', '1456*182'],
    ['live', 'qwen-image-3.0-pro', '2560*2560'],
    ['live', 'qwen-image-2.1-pro', '2560*2560'],
    ['doc', 'qwen-image-edit-plus', '512*2048', 1],
    ['doc', 'z-image-turbo', '2048*2048'],
    ['doc', 'wan2.7-image-pro', '4K'],
    ['doc', 'wan2.7-image-pro', '4096*4096'],
    ['live', 'wan2.7-image', '4096*4096'],
    ['doc', 'wan2.7-image-pro', '2K', 2],
    ['doc', 'wan2.7-image', '2172*272'],
    ['doc', 'wan2.6-image', '2K', 1],
    ['doc', 'wan2.6-image', '768*768', 1],
    ['doc', 'wan2.6-t2i', '960*1696'],
    ['live', 'wan2.5-t2i-preview', '768*768'],
    ['doc', 'wan2.5-i2i-preview', '768*768', 1],
  ];
  for (const [strictness, model, size, images = 0, more = {}] of taken) {
    it(`${strictness}: ${model} takes ${size} with ${images} images`, async () => {
      const reply = await submitTo(emulator, strictness, model, { size, ...more }, images);
      assert.equal(reply.status, 200, JSON.stringify(reply.body));
    });
  }

  const area3 =
    'Image area must be between 262144 (512x512) and 6553600 (2560x2560) pixels for t2i requests';
  const area2 = 'Image area must be between 262144 (512x512) and 4194304 (2048x2048) pixels.';
  const refused: readonly (readonly [...SizeCase, message: string])[] = [
    ['doc', 'qwen-image-3.0', '2560*2560', 0, {}, area2],
    ['live', 'qwen-image-3.0', '2561*2560', 0, {}, area3],
    ['live', 'qwen-image-3.0', '2560*2560', 1, {}, area2],
    ['doc', 'qwen-image-3.0', '2048*255', 0, {}, 'Aspect ratio must be between 1:8 and 8:1'],
    [
      'doc',
      'qwen-image-3.0',
      '1K',
      0,
      {},
      "Invalid size '1K'. Expected format: '<width>*<height>'",
    ],
    ['live', 'qwen-image-2.1-turbo', '2560*2560', 0, {}, area2],
    [
      'doc',
      'qwen-image-edit-max',
      '511*2048',
      1,
      {},
      'Size 511*2048 is out of range [512*512, 2048*2048]',
    ],
    [
      'live',
      'qwen-image-edit-plus',
      '512*2049',
      1,
      {},
      'Size 512*2049 is out of range [512*512, 2048*2048]',
    ],
    ['doc', 'z-image-turbo', '511*512', 0, {}, area2],
    ['doc', 'z-image-turbo', '1024x1024', 0, {}, 'Invalid size format'],
    [
      'doc',
      'wan2.7-image',
      '4K',
      0,
      {},
      'Size 4K is not supported for t2i scenario. Maximum supported size is 2K',
    ],
    [
      'live',
      'wan2.7-image',
      '4K',
      0,
      {},
      'Size 4K is not supported for t2i scenario. Maximum supported size is 2K',
    ],
    [
      'doc',
      'wan2.7-image-pro',
      '4K',
      1,
      {},
      'Size 4K is not supported for i2i scenario. Maximum supported size is 2K',
    ],
    [
      'doc',
      'wan2.7-image-pro',
      '4K',
      0,
      { enable_sequential: true },
      'Size 4K is not supported for sequential scenario. Maximum supported size is 2K',
    ],
    [
      'doc',
      'wan2.7-image',
      '2049*2048',
      0,
      {},
      'Total pixels (4196352) must be between 589824 and 4194304',
    ],
    [
      'live',
      'wan2.7-image',
      '9999*9999',
      0,
      {},
      'Total pixels (99980001) must be between 589824 and 16777216',
    ],
    [
      'doc',
      'wan2.7-image-pro',
      '2049*2048',
      1,
      {},
      'Total pixels (4196352) must be between 589824 and 4194304',
    ],
    ['doc', 'wan2.7-image-pro', '1k', 0, {}, 'Invalid size format'],
    ['doc', 'wan2.7-image-pro', '3000*300', 0, {}, 'Aspect ratio must be between 1:8 and 8:1'],
    ['doc', 'wan2.6-image', '4K', 1, {}, 'Invalid size format'],
    [
      'doc',
      'wan2.6-image',
      '2049*2048',
      1,
      {},
      'Total pixels (4196352) must be between 589824 and 4194304.',
    ],
    [
      'doc',
      'wan2.6-image',
      '1281*1280',
      0,
      { enable_interleave: true },
      'Total pixels (1639680) must be between 589824 and 1638400.',
    ],
    [
      'doc',
      'wan2.6-image',
      '2K',
      0,
      { enable_interleave: true },
      'Size 2K is not supported for interleave scenario. Maximum supported size is 1K',
    ],
    [
      'doc',
      'wan2.5-i2i-preview',
      '1281*1280',
      1,
      {},
      'Total pixels (1639680) must be between 589824 and 1638400.',
    ],
    [
      'live',
      'wan2.5-t2i-preview',
      '767*768',
      0,
      {},
      'Total pixels (589056) must be between 589824 and 2073600.',
    ],
  ];
  for (const [strictness, model, size, images, more, message] of refused) {
    it(`${strictness}: ${model} refuses ${size} with ${images} images ${JSON.stringify(more)}`, async () => {
      const reply = await submitTo(emulator, strictness, model, { size, ...more }, images);
      assertRefused(reply, 400, 'InvalidParameter', message);
    });
  }

  it('snap the sides of wan2.6-image to multiples of 16', async () => {
    await submitTo(emulator, 'doc', 'wan2.6-image', { size: '1033*1032', n: 1 }, 1);
    assert.equal(emulator.ledger()[0]?.size, '1040*1024');
  });
});
