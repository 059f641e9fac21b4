import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { replaceFile, temporaryOwner, whenFree } from '../../../src/journal/atomicFile';
import { JournalStorage } from '../../fakes/journalStorage';

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe('a file that is replaced', () => {
  let storage: JournalStorage;
  beforeEach(() => {
    storage = new JournalStorage();
  });
  afterEach(() => storage.dispose());

  for (const isDurable of [true, false]) {
    it(`has the new content, and nothing lies beside it (${isDurable ? 'durable' : 'quick'})`, async () => {
      const file = storage.put('here/file.json', 'a longer text than the next one');
      await replaceFile(file, 'short', { windowId: 'a', isDurable });
      assert.equal(readFileSync(file, 'utf8'), 'short');
      assert.deepEqual(storage.names('here'), ['file.json']);
    });
  }

  it('is one of the texts when many replace it at once', async () => {
    const file = path.join(storage.folder, 'file.json');
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(5_000));
    await Promise.all(
      texts.map((text) => replaceFile(file, text, { windowId: 'a', isDurable: false })),
    );
    assert.ok(texts.includes(readFileSync(file, 'utf8')));
    assert.deepEqual(storage.names(''), ['file.json']);
  });

  it('is tried again while another process has it open, and not for long', async () => {
    let tries = 0;
    const freeAfter = (count: number, code: string) => async (): Promise<string> => {
      tries += 1;
      if (tries > count) return 'done';
      throw failure(code);
    };
    assert.equal(await whenFree(freeAfter(3, 'EPERM')), 'done');
    tries = 0;
    await assert.rejects(whenFree(freeAfter(100, 'EBUSY')), { code: 'EBUSY' });
    assert.equal(tries, 6);
    tries = 0;
    await assert.rejects(whenFree(freeAfter(100, 'ENOSPC')), { code: 'ENOSPC' });
    assert.equal(tries, 1);
  });

  it('is written under a name that tells whose it is', () => {
    assert.equal(temporaryOwner('job-1.json.0a1b-2c.17.tmp'), '0a1b-2c');
    assert.equal(temporaryOwner('job-1.json'), undefined);
    assert.equal(temporaryOwner('job-1.2.claim'), undefined);
  });
});
