import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import path from 'node:path';
import { clearStrayParts } from '../../../src/journal/strayFiles';
import { storedRecord } from '../../fakes/journalRecords';
import { JournalStorage } from '../../fakes/journalStorage';

describe('parts of downloads', () => {
  let storage: JournalStorage;
  beforeEach(() => {
    storage = new JournalStorage();
  });
  afterEach(() => storage.dispose());

  function putPart(name: string, ageMinutes: number): void {
    const file = storage.put(`downloads/${name}`, 'bytes');
    const seconds = storage.now / 1000 - ageMinutes * 60;
    utimesSync(file, seconds, seconds);
  }

  it('are cleared away when their job has no record and nobody has written to them for long', async () => {
    storage.putRecord(storedRecord('job-1'));
    putPart('job-1-0.part', 60);
    putPart('job-2-0.part', 60);
    putPart('job-2-11.part', 60);
    putPart('job-3-0.part', 1);
    putPart('notes.txt', 60);
    await clearStrayParts(path.join(storage.folder, 'downloads'), storage.folder, storage.now);
    assert.deepEqual(storage.names('downloads'), ['job-1-0.part', 'job-3-0.part', 'notes.txt']);
  });

  it('need not be there', async () => {
    await clearStrayParts(path.join(storage.folder, 'downloads'), storage.folder, storage.now);
    assert.deepEqual(storage.names(''), []);
  });
});
