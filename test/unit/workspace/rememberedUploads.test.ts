import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { RememberedUploads } from '../../../src/workspace/rememberedUploads';
import { MemoryState } from '../../fakes/memoryState';

describe('remembered uploads', () => {
  it('are there after a reload, and none is found under a name that every object has', async () => {
    const state = new MemoryState();
    const upload = { ossUrl: 'oss://a/b.png', expiresAt: 10 };
    await new RememberedUploads(state, () => 0).set('one', upload);
    const reloaded = new RememberedUploads(state, () => 0);
    deepStrictEqual(reloaded.get('one'), upload);
    strictEqual(reloaded.get('constructor'), undefined);
  });

  it('are forgotten when they have expired, and the oldest when there are too many', async () => {
    let now = 0;
    const state = new MemoryState();
    const uploads = new RememberedUploads(state, () => now);
    await uploads.set('early', { ossUrl: 'oss://early', expiresAt: 5 });
    now = 6;
    for (let index = 0; index <= 100; index += 1) {
      await uploads.set(`file ${index}`, { ossUrl: `oss://${index}`, expiresAt: 1_000 });
    }
    strictEqual(uploads.get('early'), undefined);
    strictEqual(uploads.get('file 0'), undefined);
    strictEqual(uploads.get('file 100')?.ossUrl, 'oss://100');
  });
});
