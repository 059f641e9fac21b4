import assert from 'node:assert/strict';
import type { JobPhase, JobState } from '../../src/generation/generationJob';
import { ImageGenerationError } from '../../src/imageModel/errors';
import { ErrorNotifier } from '../../src/ui/errorNotifier';
import { errorText } from '../../src/ui/errorText';
import { cancelCostText, cancelledText, phaseText } from '../../src/ui/phaseText';
import { countImages } from '../../src/ui/statusBar';
import { RecordingLogger } from '../fakes/recordingLogger';
import { FakeWindow } from './fakeWindow';

/** A lost answer, what its text says of the bill, and what the list of tasks had to say. */
const lostRows: readonly (readonly [code: string, bill: RegExp, list: RegExp])[] = [
  ['LostTaskNotFound', /Most likely it was not taken and is not billed/, /shows none like it/],
  ['LostTaskAmbiguous', /it may have been billed\. Look at your bill/, /More than one task/],
  ['Interrupted', /It may have been billed; look at your bill/, /keeps no list of such requests/],
];

const phases: readonly JobPhase[] = [
  { phase: 'waiting' },
  { phase: 'throttled', retryInMs: 3_200 },
  { phase: 'submitting' },
  { phase: 'searching' },
  { phase: 'queued', taskId: 't' },
  { phase: 'running' },
  { phase: 'downloading', done: 1, total: 3 },
];

describe('the text of a lost answer', () => {
  for (const [code, bill, list] of lostRows) {
    it(`says of ${code} what the list of tasks has shown, and where the bill is`, () => {
      const error = new ImageGenerationError('network', 'for the log', { code, billed: 'maybe' });
      const { message, actions } = errorText(error);
      assert.match(message, bill);
      assert.match(message, list);
      assert.doesNotMatch(message, /It is not known whether/, 'it says what is known instead');
      assert.deepEqual(actions, ['openConsole', 'showLog']);
    });
  }
});

describe('the message of a failure', () => {
  it('has four buttons at most, with the one that sends again as the last', async () => {
    const window = new FakeWindow();
    try {
      const notifier = new ErrorNotifier(new RecordingLogger(), () => 'https://console.test');
      const facts = { code: 'ECONNRESET', billed: 'maybe', retryable: true } as const;
      const error = new ImageGenerationError('network', 'for the log', facts);
      await notifier.show(error, { label: 'Send Again', isLikely: false, run: () => {} });
      const labels = ['Open Console', 'Show Log', 'Check Connection', 'Send Again'];
      assert.deepEqual(window.messages[0]?.buttons, labels);
    } finally {
      window.restore();
    }
  });
});

describe('a job under way', () => {
  it('says in each phase what it does, and what cancelling costs', () => {
    assert.deepEqual(
      phases.map((phase) => `${phaseText(phase)}: ${cancelCostText(phase)}`),
      [
        'Waiting for a free slot: Nothing is sent yet; cancelling is free.',
        'Waiting for a free slot, next try in 4 s: Nothing is sent yet; cancelling is free.',
        'Sending: Cancelling is free until the service begins.',
        'Looking for the lost task at the service: It may have been billed, also if you cancel.',
        'Queued: Cancelling is free until the service begins.',
        'Painting: The service has begun: billed in any case.',
        'Downloading 2 of 3: Paid for; if you cancel, it can be fetched for 24 hours.',
      ],
    );
  });

  it('says when it was cancelled whether that is billed', () => {
    assert.match(cancelledText('no'), /nothing is billed/);
    assert.match(cancelledText('maybe'), /may be billed/);
    assert.match(cancelledText('yes'), /is billed\.$/);
  });

  it('is counted where it is on its way', () => {
    const request = { modelId: 'm', prompt: 'p', size: 'auto', count: 3 } as const;
    const states: readonly JobState[] = [
      ...phases.map((progress): JobState => ({ status: 'running', progress, images: [] })),
      { status: 'cancelled', billed: 'no' },
    ];
    const jobs = states.map((state) => ({ request, state }));
    assert.deepEqual(countImages(jobs), { waiting: 9, making: 9, downloading: 2 });
    assert.deepEqual(countImages([]), { waiting: 0, making: 0, downloading: 0 });
  });
});
