import assert from 'node:assert/strict';
import type { PanelJob } from '../../src/shared/panelProtocol';
import {
  cancelledJob,
  draftOf,
  everyJob,
  failedJob,
  finishedJob,
  goneJob,
  jobsBeganAt,
  runningJob,
  savedJob,
  stateMessage,
  uncertainJob,
  waitingJob,
} from '../fakes/panelFixtures';
import { picture, type StudioPage, studioPages } from './pageHarness';

const pro = 'qwen-image-2.0-pro';
const [savedImage] = savedJob.images;

/** What the host sends with these jobs, the form being filled in. */
const showing = (...jobs: PanelJob[]) => stateMessage(draftOf(pro, { prompt: 'p' }), { jobs });

describe('The jobs of the Studio', () => {
  const open = studioPages();

  describe('when one changes', () => {
    it('leave every picture and every other job untouched', async () => {
      const studio = await open(showing(runningJob, savedJob));
      await studio.page.evaluate(`
        globalThis.changes = 0;
        new MutationObserver(({ length }) => { changes += length; }).observe(
          document.querySelectorAll('article')[1],
          { subtree: true, childList: true, attributes: true, characterData: true },
        )`);
      await markNodes(studio);
      await studio.send({ type: 'job', job: { ...runningJob, text: 'Downloading' } });
      await studio.send({ type: 'job', job: finishedJob });
      assert.equal(await studio.page.evaluate('changes'), 0);
      assert.deepEqual(await nodeMarks(studio), [
        'article 0',
        'img new',
        'img new',
        'article 1',
        'img 2',
      ]);
    });

    it('put a finished picture exactly where its place was kept', async () => {
      const studio = await open(showing(runningJob));
      const boxes = studio.page.locator('.tile, .tile .frame');
      const places = async () => Promise.all((await boxes.all()).map((each) => each.boundingBox()));
      const kept = await places();
      await studio.send({ type: 'job', job: finishedJob });
      assert.equal(kept.length, 4);
      assert.deepEqual(await places(), kept);
      // Rejected for a picture that the policy forbids.
      await studio.page.evaluate(
        `Promise.all([...document.querySelectorAll('.jobs img')].map((image) => image.decode()))`,
      );
    });

    it('read aloud the phase, and how many images are ready', async () => {
      const studio = await open(showing(runningJob));
      await studio.send({ type: 'job', job: { ...runningJob, text: 'Downloading 1 of 2' } });
      assert.equal(await spoken(studio), 'Downloading 1 of 2');
      await studio.send({ type: 'job', job: finishedJob });
      assert.equal(await spoken(studio), 'Images ready: 2');
    });

    it('keep the focus in the job whose button is gone', async () => {
      const studio = await open(showing(runningJob, savedJob));
      await studio.button('Cancel').focus();
      await studio.send({ type: 'job', job: finishedJob });
      assert.equal(await studio.focused(), `prompt-${runningJob.id}`);
    });

    it('keep the focus and the pictures when jobs come and go around them', async () => {
      const studio = await open(showing(finishedJob, savedJob));
      await studio.button('Insert into Editor').first().focus();
      await markNodes(studio);
      const newest = { ...runningJob, id: 'newest' };
      await studio.send(stateMessage(undefined, { jobs: [newest, finishedJob] }));
      assert.equal(await studio.focused(), 'Insert into Editor');
      assert.deepEqual(await nodeMarks(studio), ['article new', 'article 0', 'img 1', 'img 2']);
      await studio.send(stateMessage());
      assert.equal(await studio.jobs.count(), 0);
      assert.equal(await studio.page.getByText('Your images will appear here').isVisible(), true);
    });
  });

  it('show the time that passes, and in the end the time it took', async () => {
    const studio = await open(showing(runningJob), { now: jobsBeganAt + 58_000 });
    const elapsed = studio.page.locator('.elapsed');
    assert.equal(await elapsed.textContent(), '58 s');
    await studio.page.clock.runFor(2000);
    assert.equal(await elapsed.textContent(), '1 min 00 s');
    await studio.send({ type: 'job', job: finishedJob });
    await studio.page.clock.runFor(2000);
    assert.equal(await elapsed.isVisible(), false);
    assert.equal(await studio.page.getByText('12 s', { exact: true }).isVisible(), true);
  });

  it('are inserted as a whole, with the text that the model wrote', async () => {
    const story = { ...finishedJob, id: 'story', writtenText: 'Once upon a time.' };
    const studio = await open(showing(story, savedJob, runningJob));
    const [first, second, third] = await studio.jobs.all();
    assert.ok(first && second && third);
    await first.getByRole('button', { name: 'Insert Text and Images' }).click();
    await first.getByRole('button', { name: 'Copy Text' }).click();
    assert.equal(await spoken(studio), 'Text copied');
    for (const job of [second, third]) {
      assert.equal(await job.locator('.job-buttons').isVisible(), false);
    }
    await studio.send({ type: 'job', job: finishedJob });
    await third.getByRole('button', { name: 'Insert All' }).dblclick();
    assert.equal(await third.getByRole('button', { name: 'Copy Text' }).isVisible(), false);
    assert.deepEqual((await studio.posted()).slice(1), [
      { type: 'insertAll', jobId: 'story' },
      { type: 'copyText', jobId: 'story' },
      { type: 'insertAll', jobId: finishedJob.id },
    ]);
    assert.deepEqual(await studio.violations(), []);
  });

  it('are used by the keyboard alone', async () => {
    const studio = await open(showing(savedJob), { reducedMotion: 'reduce' });
    const { keyboard } = studio.page;
    const next = async (key: string) => {
      await keyboard.press(key);
      return studio.focused();
    };
    await studio.generate.focus();
    assert.equal(await next('Tab'), 'tab-jobs');
    assert.equal(await next('Tab'), 'Use This Prompt Again');
    assert.equal(await next('Tab'), `Open ${savedImage?.fileName}`);
    await keyboard.press('Enter');
    assert.equal(await next('Tab'), 'Insert into Editor');
    const opacity = `getComputedStyle(document.querySelector('.toolbar')).opacity`;
    assert.equal(await studio.page.evaluate(opacity), '1');
    await keyboard.press('Enter');
    for (const label of ['Use as Reference', 'Open', 'Copy Path', 'Reveal in Explorer']) {
      assert.equal(await next('ArrowRight'), label);
      await keyboard.press('Enter');
    }
    assert.equal(await next('ArrowRight'), 'Insert into Editor');
    assert.equal(await next('End'), 'Reveal in Explorer');
    assert.deepEqual(
      (await studio.posted()).slice(1),
      (['open', 'insert', 'useAsReference', 'open', 'copyPath', 'reveal'] as const).map(
        (action) => ({
          type: 'actOnImages',
          action,
          imageIds: [savedImage?.id],
        }),
      ),
    );
    assert.equal(await spoken(studio), 'Path copied');
  });

  it('say when the file of a picture is gone, and show it when it is back', async () => {
    const studio = await open(showing(goneJob));
    await studio.jobs.getByText('The file is no longer there').waitFor();
    const buttons = studio.page.locator('.tile').getByRole('button');
    assert.equal(await buttons.count(), 1);
    assert.equal(await buttons.getAttribute('aria-label'), 'Copy Path');
    await studio.page.route('**/gone.png', (route) => route.fulfill(picture));
    await studio.page.evaluate(`dispatchEvent(new Event('focus'))`);
    await studio.button('Open gone.png').waitFor();
    assert.equal(await buttons.count(), 6);
  });

  it('offer the next steps, and those that may cost something once', async () => {
    const studio = await open(showing(runningJob, failedJob, cancelledJob));
    await studio.button('Show Log').dblclick();
    await studio.button('Cancel').dblclick();
    assert.equal(await studio.button('Cancelling…').getAttribute('aria-disabled'), 'true');
    const retry = studio.button('Try Again');
    await retry.dblclick();
    await retry.press('Enter');
    const pressed: unknown[] = [
      { type: 'act', action: 'showLog' },
      { type: 'cancel', jobId: runningJob.id },
      { type: 'retry', jobId: failedJob.id },
    ];
    assert.deepEqual((await studio.posted()).slice(1), pressed);
    await studio.send({ type: 'job', job: { ...failedJob, text: 'Still refused.' } });
    await retry.press('Enter');
    assert.deepEqual((await studio.posted()).slice(1), [...pressed, pressed[2]]);
  });

  it('say what cancelling costs, and let nobody press again before the answer', async () => {
    const studio = await open(showing(waitingJob));
    const cancel = studio.button('Cancel');
    const cost = studio.page.getByText(waitingJob.cancelText);
    assert.equal(await cost.isVisible(), true);
    assert.equal(await cancel.getAttribute('title'), waitingJob.cancelText);
    assert.equal(await cancel.getAttribute('aria-describedby'), await cost.getAttribute('id'));
    await cancel.click();
    // Something else of the job has changed, and the host still waits for the service.
    const waiting = { ...waitingJob, text: 'Sending', isCancelling: true };
    await studio.send({ type: 'job', job: waiting });
    assert.equal(await studio.button('Cancelling…').getAttribute('aria-disabled'), 'true');
    // It has begun, so it goes on.
    const begun = { ...runningJob, id: waitingJob.id };
    await studio.send({ type: 'job', job: begun });
    await cancel.click();
    assert.equal(await studio.page.getByText(begun.cancelText).isVisible(), true);
    const pressed = { type: 'cancel', jobId: waitingJob.id };
    assert.deepEqual((await studio.posted()).slice(1), [pressed, pressed]);
  });

  it('show what may have been billed as such, and send it again by one press only', async () => {
    const studio = await open(showing(runningJob));
    await studio.send({ type: 'job', job: { ...uncertainJob, id: runningJob.id } });
    await studio.page.getByText('May have been billed', { exact: true }).waitFor();
    assert.equal(await spoken(studio), `May have been billed · ${uncertainJob.text}`);
    const again = studio.button('Send Again');
    assert.equal(await again.getAttribute('title'), 'You may pay twice.');
    const labels = await studio.page.locator('.outcome-buttons button').allTextContents();
    assert.deepEqual(labels, ['Open Console', 'Show Log', 'Send Again']);
    await again.dblclick();
    const pressed = { type: 'retry', jobId: runningJob.id };
    assert.deepEqual((await studio.posted()).slice(1), [pressed]);
    await studio.send({ type: 'job', job: failedJob });
    const shown = await studio.page.getByText('May have been billed', { exact: true }).all();
    assert.equal(shown.length, 2);
    assert.equal(await shown[0]?.isVisible(), false, 'a refused request is not billed');
  });

  it('show markup and 5,000 characters as the text that they are', async () => {
    const prompt = `<img src=x onerror=alert(1)></script><b>bold</b>&amp; ${'长'.repeat(2500)}${'x'.repeat(2500)}`;
    const saved = { ...savedJob, prompt, modelLabel: '<i>model</i>' };
    const failed = { ...failedJob, text: '<script>1</script>' };
    const draft = draftOf(pro, { prompt });
    const studio = await open(stateMessage(draft, { jobs: [saved, failed] }));
    assert.equal(await studio.prompt.inputValue(), prompt);
    assert.equal(await studio.page.getByRole('heading', { name: '<img' }).textContent(), prompt);
    assert.equal(await studio.page.locator('article :is(b, i, script)').count(), 0);
    const picture = studio.page.locator('article img');
    assert.equal((await picture.getAttribute('alt'))?.length, 251);
    await studio.button('Show more').first().click();
    assert.equal(await studio.button('Show less').isVisible(), true);
    assert.deepEqual(await studio.tooWide(), []);
  });

  it('give their prompt to the form, and Undo takes it back', async () => {
    const studio = await open(stateMessage(draftOf(pro), { jobs: [savedJob] }));
    await studio.prompt.pressSequentially('mine');
    await studio.button('Use This Prompt Again').click();
    await studio.button('Replace').click();
    assert.equal(await studio.prompt.inputValue(), savedJob.prompt);
    assert.equal((await studio.draft()).prompt, savedJob.prompt);
    await studio.page.keyboard.press('Control+Z');
    assert.equal(await studio.prompt.inputValue(), 'mine');
    assert.equal((await studio.draft()).prompt, 'mine');
  });

  it('move nothing for somebody who wants no motion, by the system or by VS Code', async () => {
    const studio = await open(showing(runningJob));
    const bar = studio.page.locator('.bar');
    assert.equal(await bar.isVisible(), true);
    await studio.page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await bar.isVisible(), false);
    await studio.page.emulateMedia({ reducedMotion: 'no-preference' });
    assert.equal(await bar.isVisible(), true);
    await studio.page.evaluate(`document.body.classList.add('vscode-reduce-motion')`);
    assert.equal(await bar.isVisible(), false);
  });

  describe('below the form in a narrow window', () => {
    const small = { width: 400, height: 500 };
    const top = async (studio: StudioPage) =>
      (await studio.jobs.first().boundingBox())?.y ?? Number.NaN;

    it('come into view when the form has started one', async () => {
      const studio = await open(showing(savedJob), small);
      assert.ok((await top(studio)) > small.height);
      await studio.generate.click();
      await studio.send({ type: 'job', job: runningJob });
      assert.ok((await top(studio)) < small.height);
    });

    it('leave the page where it is when something else has', async () => {
      const studio = await open(showing(savedJob), small);
      await studio.send({ type: 'job', job: runningJob });
      assert.equal(await studio.jobs.count(), 2);
      assert.equal(await studio.page.evaluate('scrollY'), 0);
    });
  });

  it('are accessible, as the form is, in every state', async () => {
    const draft = draftOf(pro, { prompt: 'p', count: 9 });
    const studio = await open(stateMessage(draft, { jobs: everyJob, hasApiKey: false }));
    await studio.send({
      type: 'checked',
      issues: [
        { severity: 'error', field: 'count', text: 'At most 6 images.' },
        { severity: 'warning', field: 'prompt', text: 'The prompt is cut.' },
      ],
    });
    await studio.moreOptions.click();
    assert.deepEqual(await studio.violations(), []);
  });
});

/** What a screen reader was given to say last. */
async function spoken(studio: StudioPage): Promise<string | null> {
  return studio.page.locator('[role=status][aria-live]').textContent();
}

/** Numbers the jobs and pictures, so that a node which takes another's place can be told from it. */
async function markNodes(studio: StudioPage): Promise<void> {
  await studio.page.evaluate(`
    document.querySelectorAll('article, .jobs img').forEach((node, at) => { node.mark = at; })`);
}

/** Each job and picture with the number it was given. */
async function nodeMarks(studio: StudioPage): Promise<unknown> {
  return studio.page.evaluate(`[...document.querySelectorAll('article, .jobs img')].map(
    ({ localName, mark = 'new' }) => localName + ' ' + mark)`);
}
