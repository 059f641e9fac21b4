import assert from 'node:assert/strict';
import type { Draft, DraftIssue } from '../../src/shared/panelProtocol';
import {
  beijingModels,
  draftOf,
  everyJob,
  failedJob,
  jobsBeganAt,
  longPrompt,
  palette,
  stateMessage,
  tallInput,
  webInput,
  wideInput,
} from '../fakes/panelFixtures';
import { studioPages } from './pageHarness';

const pro = 'qwen-image-2.0-pro';

describe('The form of the Studio', () => {
  const open = studioPages();

  it('waits for the host, which gets the draft that was kept', async () => {
    const draft = draftOf('wan2.6-t2i', { prompt: 'kept' });
    const studio = await open(undefined, { memory: { draft, moreOptions: true } });
    assert.deepEqual(await studio.posted(), [{ type: 'ready', draft }]);
    assert.equal(await studio.page.getByRole('main').isVisible(), false);
    await studio.send(stateMessage(draft));
    assert.equal(await studio.prompt.inputValue(), 'kept');
    assert.equal(await studio.model.inputValue(), 'wan2.6-t2i');
    assert.equal(await studio.page.getByLabel('Negative prompt').isVisible(), true);
  });

  it('starts anew when what an older page kept is no draft', async () => {
    const studio = await open(stateMessage(), { memory: { draft: { modelId: 5 } } });
    assert.deepEqual((await studio.posted())[0], { type: 'ready' });
    assert.equal(await studio.model.inputValue(), beijingModels[0]?.id);
    assert.equal(await studio.prompt.inputValue(), '');
  });

  it('tells the host what was typed, after a pause and once', async () => {
    const studio = await open(stateMessage(draftOf(pro)), { now: jobsBeganAt });
    await studio.prompt.pressSequentially('hello');
    assert.deepEqual(await studio.postedDrafts('draftChanged'), []);
    await studio.page.clock.runFor(1000);
    assert.deepEqual(await studio.postedDrafts('draftChanged'), [
      draftOf(pro, { prompt: 'hello' }),
    ]);
  });

  it('loses nothing in a reload, not even what was typed last', async () => {
    const studio = await open(stateMessage(draftOf(pro)));
    await studio.prompt.fill('hello 世界');
    await studio.page.reload();
    const draft = draftOf(pro, { prompt: 'hello 世界' });
    assert.deepEqual((await studio.posted()).slice(1), [
      { type: 'draftChanged', draft },
      { type: 'ready', draft },
    ]);
    await studio.send(stateMessage(draft));
    assert.equal(await studio.prompt.inputValue(), 'hello 世界');
  });

  it('is scrolled and unfolded after a reload as it was before', async () => {
    const answer = stateMessage(draftOf(pro), { jobs: [failedJob] });
    const studio = await open(answer, { width: 400, height: 300 });
    await studio.moreOptions.click();
    await studio.button('Show more').click();
    await studio.page.evaluate(`new Promise((resolve) => {
      document.addEventListener('scrollend', resolve, { capture: true, once: true });
      scrollTo(0, 200);
    }).then(() => {})`);
    await studio.page.reload();
    await studio.send(answer);
    assert.equal(await studio.page.evaluate('scrollY'), 200);
    assert.equal(await studio.page.getByLabel('Negative prompt').isVisible(), true);
    assert.equal(await studio.button('Show less').isVisible(), true);
  });

  it('keeps what is being typed when the host sends a state without a draft', async () => {
    const studio = await open(stateMessage(draftOf('wanx-v1', { prompt: 'a' })));
    await studio.prompt.pressSequentially(' fox');
    await studio.send(stateMessage(undefined, { regionLabel: 'Elsewhere' }));
    assert.equal(await studio.prompt.inputValue(), 'a fox');
    assert.equal(await studio.page.getByText('Elsewhere').isVisible(), true);
  });

  it('moves to another model when its own is gone, and has that checked', async () => {
    const studio = await open(stateMessage(draftOf('wanx-v1', { prompt: 'a fox' })));
    const models = beijingModels.filter(({ id }) => id !== 'wanx-v1');
    await studio.send(stateMessage(undefined, { models }));
    assert.equal(await studio.model.inputValue(), models[0]?.id);
    assert.equal(await studio.prompt.inputValue(), 'a fox');
    const [checked] = await studio.postedDrafts('draftChanged');
    assert.deepEqual([checked?.modelId, checked?.parameters.style], [models[0]?.id, undefined]);
  });

  describe('when it is to generate', () => {
    it('does so on Ctrl+Enter or Command+Enter in any field; Enter alone is a new line', async () => {
      const studio = await open(stateMessage(draftOf(pro, { prompt: 'x' })));
      const { keyboard } = studio.page;
      await studio.prompt.focus();
      await keyboard.press('End');
      await keyboard.press('Enter');
      await keyboard.press('Control+Enter');
      await studio.seed.focus();
      await keyboard.press('Control+Enter');
      await studio.model.focus();
      await keyboard.press('Meta+Enter');
      const draft = draftOf(pro, { prompt: 'x\n' });
      assert.deepEqual(await studio.postedDrafts('generate'), [draft, draft, draft]);
    });

    it('does so once while the keys are held, on a double click, and at the button', async () => {
      const studio = await open(stateMessage(draftOf(pro, { prompt: 'x' })));
      const { keyboard } = studio.page;
      const count = async () => (await studio.postedDrafts('generate')).length;
      await studio.prompt.focus();
      await keyboard.down('Control');
      for (const _ of [1, 2, 3]) await keyboard.down('Enter');
      await keyboard.up('Enter');
      await keyboard.up('Control');
      assert.equal(await count(), 1);
      await studio.generate.dblclick();
      assert.equal(await count(), 2);
      for (const _ of [1, 2, 3]) await keyboard.down('Enter');
      await keyboard.up('Enter');
      assert.equal(await count(), 3);
      await keyboard.press('Control+Enter');
      assert.equal(await count(), 4);
    });

    it('leaves Enter to an input method that composes', async () => {
      const studio = await open(stateMessage(draftOf(pro, { prompt: 'x' })));
      const { keyboard } = studio.page;
      await studio.prompt.focus();
      await keyboard.press('End');
      const inputMethod = await studio.protocol();
      await inputMethod.send('Input.imeSetComposition', {
        text: 'ni',
        selectionStart: 2,
        selectionEnd: 2,
      });
      await keyboard.press('Control+Enter');
      await inputMethod.send('Input.insertText', { text: '你' });
      // How some report the key that ends a composition.
      const ending = { key: 'Enter', keyCode: 229, ctrlKey: true, bubbles: true };
      await studio.prompt.dispatchEvent('keydown', ending);
      assert.deepEqual(await studio.postedDrafts('generate'), []);
      await keyboard.press('Control+Enter');
      const [draft, ...others] = await studio.postedDrafts('generate');
      assert.match(draft?.prompt ?? '', /你$/);
      assert.deepEqual(others, []);
    });

    it('asks for a prompt when there is none', async () => {
      const studio = await open(stateMessage(draftOf(pro)));
      const reason = studio.page.getByRole('alert').getByText('The prompt is empty.');
      assert.equal(await reason.isVisible(), false);
      await studio.seed.focus();
      await studio.page.keyboard.press('Control+Enter');
      assert.equal(await studio.focused(), 'prompt');
      assert.equal(await reason.isVisible(), true);
      assert.equal(await studio.generate.getAttribute('aria-disabled'), 'true');
      await studio.page.keyboard.press('a');
      assert.equal(await reason.isVisible(), false);
      await studio.page.keyboard.press('Control+Enter');
      assert.deepEqual(await studio.postedDrafts('generate'), [draftOf(pro, { prompt: 'a' })]);
    });

    it('goes to the field with an error instead, and says what is wrong with it', async () => {
      const studio = await open(stateMessage(draftOf(pro, { prompt: 'x', count: 9 })));
      const text = 'At most 6 images.';
      await studio.send({ type: 'checked', issues: [issue('count', text)] });
      await studio.prompt.focus();
      await studio.page.keyboard.press('Control+Enter');
      assert.equal(await studio.focused(), 'count');
      assert.equal(await studio.count.getAttribute('aria-invalid'), 'true');
      assert.equal(await studio.count.getAttribute('aria-describedby'), 'count-issue');
      assert.equal(await studio.page.locator('#count-issue').textContent(), text);
      assert.equal(await studio.generate.getAttribute('title'), text);
      await studio.count.fill('3');
      await studio.page.keyboard.press('Control+Enter');
      const drafts = await studio.postedDrafts('generate');
      assert.deepEqual(
        drafts.map(({ count }) => count),
        [3],
      );
    });

    it('opens what is folded to show an error in it', async () => {
      const studio = await open(stateMessage(draftOf(pro, { prompt: 'x', negativePrompt: 'y' })));
      await studio.send({ type: 'checked', issues: [issue('negativePrompt', 'Too long.')] });
      await studio.generate.press('Enter');
      assert.equal(await studio.focused(), 'negativePrompt');
      assert.equal(await studio.page.locator('#negativePrompt-issue').isVisible(), true);
    });

    it('is not held back by an answer that is older than what was typed', async () => {
      const draft = draftOf(pro, { prompt: 'x', count: 9 });
      const studio = await open(stateMessage(draft), { now: jobsBeganAt });
      await studio.count.fill('2');
      await studio.send({ type: 'checked', issues: [issue('count', 'At most 6 images.')] });
      await studio.page.keyboard.press('Control+Enter');
      assert.deepEqual(await studio.postedDrafts('generate'), [{ ...draft, count: 2 }]);
    });
  });

  describe('for another model', () => {
    it('keeps the shape and the texts, and has only what the model has', async () => {
      const draft = draftOf(pro, {
        prompt: 'p',
        negativePrompt: 'n',
        count: 6,
        size: size(2688, 1536),
      });
      const studio = await open(stateMessage(draft));
      const radios = studio.page.getByRole('radio');
      await studio.moreOptions.click();

      await studio.model.selectOption('qwen-image-max');
      const own = { count: 1, ownCount: 6, size: size(1664, 928) };
      const max = { ...draft, modelId: 'qwen-image-max', ...own };
      assert.deepEqual(await studio.draft(), max);
      assert.equal(await studio.count.isVisible(), false);
      assert.equal(await radios.count(), 5);

      await studio.model.selectOption('wanx-v1');
      const options = studio.page.getByLabel('Style', { exact: true }).locator('option');
      assert.equal((await studio.draft()).parameters.style, '<auto>');
      assert.equal(await options.count(), 10);
      for (const label of ['Extend the prompt', 'Add a watermark']) {
        assert.equal(await studio.page.getByLabel(label).isVisible(), false, label);
      }

      await studio.model.selectOption('wan2.6-t2i');
      const { negativePrompt, parameters } = await studio.draft();
      assert.deepEqual([negativePrompt, parameters.style], ['n', undefined]);
      assert.equal(await studio.page.getByLabel('Style', { exact: true }).isVisible(), false);
      const checked = studio.page.getByRole('radio', { checked: true });
      assert.equal(await checked.inputValue(), '1696 × 960');
    });
  });

  describe('in its fields', () => {
    it('takes a size by two numbers, and leaves them there even when they are one by name', async () => {
      const studio = await open(stateMessage(draftOf(pro)));
      const width = studio.page.getByLabel('Width in pixels');
      await studio.page.getByText('Custom', { exact: true }).click();
      assert.equal(await width.inputValue(), '2048');
      await width.fill('1024');
      assert.deepEqual((await studio.draft()).size, size(1024, 2048));
      await width.fill('');
      assert.deepEqual((await studio.draft()).size, size(0, 2048));
      assert.equal(await width.inputValue(), '');
      await width.fill('2048');
      assert.deepEqual((await studio.draft()).size, size(2048, 2048));
      assert.equal(await width.isVisible(), true);
    });

    it('takes digits only for a seed, and none is a new one each time', async () => {
      const studio = await open(stateMessage(draftOf(pro)));
      const lock = studio.button('Keep This Seed');
      const seed = async () => (await studio.draft()).seed;
      assert.equal(await lock.getAttribute('aria-pressed'), 'false');
      await studio.seed.pressSequentially('1e-2.5');
      assert.equal(await seed(), 125);
      assert.equal(await lock.getAttribute('aria-pressed'), 'true');
      await studio.seed.fill('');
      assert.equal(await seed(), null);
      assert.equal(await lock.getAttribute('aria-pressed'), 'false');
    });

    it('rolls a seed and keeps it, until the lock is opened', async () => {
      const studio = await open(stateMessage(draftOf(pro)));
      const lock = studio.button('Keep This Seed');
      const seed = async () => (await studio.draft()).seed;
      await studio.button('Roll a New Seed').click();
      const rolled = await seed();
      assert.equal(await studio.seed.inputValue(), String(rolled));
      assert.equal(await lock.getAttribute('aria-pressed'), 'true');
      await lock.click();
      assert.deepEqual([await seed(), await studio.seed.inputValue()], [null, '']);
      await lock.click();
      assert.equal(await seed(), rolled, 'the number that was there is kept again');
    });

    it('counts images up and down, and lets the number be deleted while it is typed', async () => {
      const studio = await open(stateMessage(draftOf(pro)));
      const count = async () => (await studio.draft()).count;
      assert.equal(await studio.button('Fewer images').isDisabled(), true);
      await studio.button('More images').click();
      assert.equal(await count(), 2);
      await studio.count.fill('');
      assert.equal(await count(), 0);
      assert.equal(await studio.count.inputValue(), '');
      await studio.count.fill('6');
      assert.equal(await studio.button('More images').isDisabled(), true);
    });
  });

  it('offers to set a key while there is none', async () => {
    const studio = await open(stateMessage(draftOf(pro), { hasApiKey: false }));
    await studio.button('Set API Key').click();
    assert.deepEqual((await studio.posted()).at(-1), { type: 'act', action: 'setApiKey' });
    await studio.send(stateMessage());
    assert.equal(await studio.button('Set API Key').isVisible(), false);
  });

  for (const width of [260, 300, 420, 640, 760, 900, 1600]) {
    it(`fits into ${width} pixels without scrolling sideways, with targets of at least 24`, async () => {
      const draft = draftOf('wan2.7-image', {
        prompt: longPrompt,
        size: size(1000, 1000),
        images: [wideInput.id, tallInput.id, webInput.id],
        parameters: { colorPalette: palette, boxes: [[[0, 0, 100, 100]], [], []] },
      });
      const studio = await open(stateMessage(draft, { jobs: everyJob }), { width });
      await studio.moreOptions.click();
      assert.deepEqual(await studio.tooWide(), []);
      const tooSmall = await studio.page.evaluate(`
        [...document.querySelectorAll('button, select, summary, textarea, .chip, .swatch, input.input')]
          .filter((target) => target.checkVisibility())
          .filter((target) => {
            const { width, height } = target.getBoundingClientRect();
            return width < 24 || height < 24;
          })
          .map((target) => target.outerHTML)`);
      assert.deepEqual(tooSmall, []);
    });
  }
});

function issue(field: DraftIssue['field'], text: string): DraftIssue {
  return { severity: 'error', field, text };
}

function size(width: number, height: number): Draft['size'] {
  return { width, height };
}
