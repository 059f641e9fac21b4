import assert from 'node:assert/strict';
import type { PanelJob } from '../../src/shared/panelProtocol';
import {
  cancelledJob,
  draftOf,
  failedJob,
  jobsBeganAt,
  runningJob,
  savedJob,
  stateMessage,
  uncertainJob,
  waitingJob,
} from '../fakes/panelFixtures';
import { studioPages } from './pageHarness';

const showing = (...jobs: PanelJob[]) =>
  stateMessage(draftOf('qwen-image-2.0-pro', { prompt: 'p' }), { jobs });
const canDismiss = true;

describe('The queue of the Studio', () => {
  const open = studioPages();

  it('offers to cancel all where several jobs run', async () => {
    const studio = await open(showing(runningJob, savedJob));
    assert.equal(await studio.button('Cancel All').isVisible(), false);
    await studio.send(showing(runningJob, waitingJob));
    await studio.button('Cancel All').dblclick();
    assert.deepEqual((await studio.posted()).slice(1), [{ type: 'cancelAll' }]);
    assert.equal(await studio.page.getByRole('tab', { name: 'Jobs' }).textContent(), 'Jobs2');
  });

  it('lets go of jobs that have ended badly, one or all', async () => {
    const cancelled = { ...cancelledJob, canDismiss };
    const studio = await open(showing(cancelled, { ...failedJob, canDismiss }, savedJob));
    await studio.button('Dismiss').first().click();
    await studio.button('Clear Ended Jobs').click();
    assert.deepEqual((await studio.posted()).slice(1), [
      { type: 'dismiss', jobId: cancelled.id },
      { type: 'dismissEnded' },
    ]);
    await studio.send(stateMessage(undefined, { jobs: [savedJob] }));
    assert.equal(await studio.button('Clear Ended Jobs').isVisible(), false);
    assert.equal(await studio.focused(), `prompt-${savedJob.id}`);
  });

  it('does not clear what may still be fetched or is to be decided', async () => {
    const studio = await open(showing({ ...uncertainJob, canDismiss }));
    assert.equal(await studio.button('Clear Ended Jobs').isVisible(), false);
    assert.equal(await studio.button('Dismiss').count(), 1);
  });

  it('keeps the focus where a job was that is gone', async () => {
    const first = { ...failedJob, canDismiss };
    const studio = await open(showing(first, savedJob));
    await studio.button('Dismiss').first().focus();
    await studio.send(stateMessage(undefined, { jobs: [savedJob] }));
    assert.equal(await studio.focused(), `prompt-${savedJob.id}`);
  });

  it('says how long jobs like it have taken, until it has taken longer', async () => {
    const job = { ...runningJob, expectedMs: 29_400 };
    const studio = await open(showing(job), { now: jobsBeganAt + 12_000 });
    const elapsed = studio.page.locator('.elapsed');
    assert.equal(await elapsed.textContent(), '12 s · about 30 s');
    await studio.page.clock.runFor(18_000);
    assert.equal(await elapsed.textContent(), '30 s');
  });

  it('stands beside the history, by mouse and by keyboard, and after a reload as before', async () => {
    const studio = await open(showing(savedJob));
    const { page } = studio;
    const tab = (name: string) => page.getByRole('tab', { name });
    assert.equal(await tab('Jobs').getAttribute('aria-selected'), 'true');
    await tab('Jobs').focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await tab('History').getAttribute('aria-selected'), 'true');
    assert.equal(await studio.focused(), 'tab-history');
    assert.equal(await studio.jobs.first().isVisible(), false);
    await page.reload();
    await studio.send(showing(savedJob));
    assert.equal(await tab('History').getAttribute('aria-selected'), 'true');
    await tab('Jobs').click();
    assert.equal(await studio.jobs.first().isVisible(), true);
    assert.deepEqual(await studio.violations(), []);
  });

  it('says what is to be known before generating', async () => {
    const text = 'No folder is open.';
    const notices = [{ kind: 'noFolder', text, action: 'openFolder' }] as const;
    const studio = await open(stateMessage(draftOf('qwen-image-2.0-pro'), { notices }));
    await studio.page.getByText(text).waitFor();
    await studio.button('Open Folder').click();
    assert.deepEqual((await studio.posted()).at(-1), { type: 'act', action: 'openFolder' });
    await studio.page.context().setOffline(true);
    await studio.page.getByText('You are offline.').waitFor();
    await studio.page.context().setOffline(false);
    await studio.page.getByText('You are offline.').waitFor({ state: 'hidden' });
    assert.deepEqual(await studio.violations(), []);
  });

  it('lets its images be dragged, and tells the menu which one it is about', async () => {
    const studio = await open(showing(savedJob));
    const tile = studio.page.locator('.tile').first();
    const data = await studio.page.evaluate<string>(`(() => {
      const dataTransfer = new DataTransfer();
      document.querySelector('.tile').dispatchEvent(new DragEvent('dragstart', { dataTransfer }));
      return dataTransfer.getData('application/vnd.easel.images+json');
    })()`);
    const imageId = savedJob.images[0]?.id;
    assert.deepEqual(JSON.parse(data), { imageIds: [imageId] });
    const place = JSON.parse((await tile.getAttribute('data-vscode-context')) ?? '');
    assert.equal(place.imageId, imageId);
    assert.equal(place.webviewSection, 'image');
  });
});
