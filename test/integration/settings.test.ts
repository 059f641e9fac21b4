import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Settings } from '../../src/settings/settings';
import { RecordingLogger } from '../fakes/recordingLogger';

describe('the settings', () => {
  const configuration = () => vscode.workspace.getConfiguration('easel', null);
  afterEach(() => configuration().update('prices', undefined, true));

  it('keep the good prices when one is none, and name that one in the log once', async () => {
    const own = { 'wan2.6-t2i': 0.11, bogus: 'cheap', 'qwen-image-2.0': { image: 0.18 } };
    await configuration().update('prices', own, true);
    const logger = new RecordingLogger();
    const settings = new Settings(logger);
    const { bogus: _, ...good } = own;
    assert.deepEqual(settings.prices, good);
    assert.deepEqual(settings.prices, good);
    assert.deepEqual(logger.lines.filter((line) => line.includes('bogus')).length, 1);
  });
});
