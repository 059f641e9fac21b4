import assert from 'node:assert/strict';
import type { PanelPrompts, PanelStyle } from '../../src/shared/promptProtocol';
import { draftOf, finishedJob, longPrompt, runningJob, stateMessage } from '../fakes/panelFixtures';
import { type StudioPage, studioPages } from './pageHarness';

const pro = 'qwen-image-2.0-pro';

const styles: readonly PanelStyle[] = [
  { id: 'builtIn:photo', name: 'Photo', prompt: 'A photo of {prompt}', source: 'builtIn' },
  { id: 'user:Poster', name: 'Poster', prompt: '{prompt}, poster', source: 'user' },
  { id: 'project:Docs', name: 'Docs', prompt: 'docs: {prompt}', source: 'project' },
];
const prompts: PanelPrompts = { recent: ['a red fox', 'an owl\nat night'], saved: ['a heron'] };

describe('The style of a prompt', () => {
  const open = studioPages();
  const select = (studio: StudioPage) => studio.page.getByLabel('Prompt Style');

  it("is none, the project's, the person's or one of Easel's, in groups", async () => {
    const studio = await open(stateMessage(draftOf(pro), { styles }));
    const groups = select(studio).locator('optgroup');
    assert.deepEqual(
      await groups.evaluateAll((all: { label: string }[]) => all.map(({ label }) => label)),
      ['Project Styles', 'Your Styles', 'Built In'],
    );
    assert.equal(await select(studio).inputValue(), '');
    await select(studio).selectOption('Poster');
    assert.equal((await studio.draft()).style, 'user:Poster');
    await select(studio).selectOption('No Style');
    assert.equal((await studio.draft()).style, null);
  });

  it('stays over a reload, and counts in the length of the prompt', async () => {
    const answer = stateMessage(undefined, { styles });
    const studio = await open(stateMessage(draftOf('wan2.6-t2i', { prompt: 'fox' }), { styles }));
    await studio.page.getByText(/^3 \//).waitFor();
    await select(studio).selectOption('Photo');
    await studio.page.getByText(/^14 \//).waitFor();
    await studio.page.reload();
    await studio.send(answer);
    assert.equal(await select(studio).inputValue(), 'builtIn:photo');
    await studio.page.getByText(/^14 \//).waitFor();
  });

  it('is said to be gone, and kept, when nobody has it any more', async () => {
    const draft = draftOf(pro, { prompt: 'fox', style: 'project:Old' });
    const studio = await open(stateMessage(draft, { styles }));
    await studio.page.locator('#prompt-style-hint').getByText('no longer there').waitFor();
    assert.equal(await select(studio).inputValue(), 'project:Old');
    assert.equal((await studio.draft()).style, 'project:Old');
  });

  it('leads to the file of the project, and stays the one it was', async () => {
    const studio = await open(stateMessage(draftOf(pro, { style: 'user:Poster' }), { styles }));
    await select(studio).selectOption('Edit Project Styles…');
    assert.deepEqual((await studio.posted()).at(-1), { type: 'editStyles' });
    assert.equal(await select(studio).inputValue(), 'user:Poster');
  });

  it('says what is wrong with the styles of the project', async () => {
    const stylesHint = '.easel/styles.json is not valid JSON.';
    const studio = await open(stateMessage(draftOf(pro), { styles, stylesHint }));
    await studio.page.getByText(stylesHint).waitFor();
    await studio.send(stateMessage(undefined, { styles }));
    assert.equal(await studio.page.getByText(stylesHint).isVisible(), false);
  });

  it('shows what will be sent before it is paid for, folded when it is long', async () => {
    const studio = await open(stateMessage(draftOf(pro, { prompt: 'fox' }), { styles }));
    const sent = studio.page.locator('.sent-text');
    assert.equal(await sent.isVisible(), false);
    await studio.send({ type: 'checked', issues: [], sentPrompt: `docs: ${longPrompt}` });
    assert.match((await sent.textContent()) ?? '', /^Will be sent: docs: A small harbour/);
    const height = async () => (await sent.boundingBox())?.height ?? 0;
    const folded = await height();
    await studio.button('Show more').click();
    assert.ok((await height()) > folded);
    await studio.button('Show less').click();
    assert.equal(await height(), folded);
    await studio.send({ type: 'checked', issues: [] });
    assert.equal(await sent.isVisible(), false);
  });

  it('fits with all that belongs to it into 260 pixels, and is clear to a screen reader', async () => {
    const draft = draftOf(pro, { prompt: longPrompt, style: 'project:Old' });
    const stylesHint = `The style "${'x'.repeat(60)}" has no text.`;
    const studio = await open(stateMessage(draft, { styles, stylesHint }), { width: 260 });
    await studio.send({ type: 'reuse', draft: { ...draft, prompt: 'y'.repeat(500) } });
    await studio.untilPosted('draftChanged');
    await studio.send({ type: 'checked', issues: [], sentPrompt: 'x'.repeat(500) });
    assert.deepEqual(await studio.tooWide(), []);
    assert.deepEqual(await studio.violations(), []);
    const side = await studio.page.locator('.side').boundingBox();
    for (const part of ['.prompt-tools', '.replace-question', '.sent', '.style-hint']) {
      const box = await studio.page.locator(part).boundingBox();
      assert.ok(box && side && box.x >= side.x && box.x + box.width <= side.x + side.width, part);
    }
  });

  it('shows at once that the service will rewrite the prompt', async () => {
    const studio = await open(stateMessage(draftOf(pro, { prompt: 'fox' }), { styles }));
    const hint = studio.page.getByText('The service will rewrite the prompt.');
    assert.equal(await hint.isVisible(), true);
    await studio.moreOptions.click();
    await studio.page.getByLabel('Extend the prompt').uncheck();
    assert.equal(await hint.isVisible(), false);
  });
});

describe('Earlier prompts', () => {
  const open = studioPages();
  const value = (studio: StudioPage) => studio.prompt.inputValue();

  it('come with the arrow keys, and what was typed comes back', async () => {
    const studio = await open(stateMessage(draftOf(pro), { prompts }));
    const press = (key: string) => studio.prompt.press(key);
    await studio.prompt.fill('mine');
    await press('ArrowUp');
    assert.equal(await value(studio), 'mine', 'the caret moves in a text that was typed');
    await press('Home');
    await press('ArrowUp');
    assert.equal(await value(studio), 'a red fox');
    await press('ArrowUp');
    assert.equal(await value(studio), 'an owl\nat night');
    await press('ArrowUp');
    assert.equal(await value(studio), 'an owl\nat night');
    await press('ArrowDown');
    assert.equal(await value(studio), 'an owl\nat night', 'there is a line below');
    await press('ArrowDown');
    assert.equal(await value(studio), 'a red fox');
    await press('ArrowDown');
    assert.equal(await value(studio), 'mine');
    assert.equal((await studio.draft()).prompt, 'mine');
  });

  it('are taken back by Undo', async () => {
    const studio = await open(stateMessage(draftOf(pro), { prompts }));
    await studio.prompt.pressSequentially('mine');
    await studio.prompt.press('Home');
    await studio.prompt.press('ArrowUp');
    await studio.prompt.press('Control+z');
    assert.equal(await value(studio), 'mine');
  });

  it('leave the arrow keys to an input method', async () => {
    const studio = await open(stateMessage(draftOf(pro), { prompts }));
    await studio.prompt.focus();
    const protocol = await studio.protocol();
    await protocol.send('Input.imeSetComposition', {
      ...{ text: '狐', selectionStart: 1, selectionEnd: 1 },
    });
    const composing = { key: 'ArrowUp', code: 'ArrowUp', windowsVirtualKeyCode: 229 };
    await protocol.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...composing });
    assert.equal(await value(studio), '狐');
    await protocol.send('Input.insertText', { text: '狐狸' });
    assert.equal(await value(studio), '狐狸');
  });

  it('begin with the job that was started last', async () => {
    const studio = await open(stateMessage(draftOf(pro), { prompts }));
    await studio.send({ type: 'job', job: { ...runningJob, prompt: 'brand new' } });
    await studio.prompt.press('ArrowUp');
    assert.equal(await value(studio), 'brand new');
  });

  it('are searched in a list of the host, which knows the draft by then', async () => {
    const studio = await open(stateMessage(draftOf(pro), { prompts }));
    await studio.prompt.fill('mine');
    await studio.button('Earlier Prompts…').click();
    assert.deepEqual((await studio.posted()).slice(-2), [
      { type: 'draftChanged', draft: draftOf(pro, { prompt: 'mine' }) },
      { type: 'choosePrompt' },
    ]);
  });

  it('are saved and removed at the star', async () => {
    const studio = await open(stateMessage(draftOf(pro), { prompts }));
    const star = studio.button('Save Prompt');
    assert.equal(await star.isDisabled(), true);
    await studio.prompt.fill(' a fox ');
    await star.click();
    const message = { type: 'savePrompt', prompt: 'a fox' } as const;
    assert.deepEqual((await studio.posted()).at(-1), { ...message, isSaved: true });
    await studio.send({ type: 'prompts', prompts: { ...prompts, saved: ['a fox', 'a heron'] } });
    assert.equal(await star.getAttribute('aria-pressed'), 'true');
    await star.click();
    assert.deepEqual((await studio.posted()).at(-1), { ...message, isSaved: false });
    await studio.prompt.fill('a heron');
    assert.equal(await star.getAttribute('aria-pressed'), 'true');
    await studio.prompt.fill('a');
    assert.equal(await star.getAttribute('aria-pressed'), 'false');
  });
});

describe('A prompt that is used again', () => {
  const open = studioPages();
  const value = (studio: StudioPage) => studio.prompt.inputValue();
  const again = { ...draftOf('wan2.7-image'), prompt: 'a heron', count: 3, style: 'user:Poster' };
  const question = (studio: StudioPage) =>
    studio.page.getByRole('group', { name: 'Replace the prompt that you typed?' });

  it('fills the form, in a way that Undo takes back, where nothing was typed', async () => {
    const studio = await open(stateMessage(draftOf(pro), { styles, prompts }));
    await studio.send({ type: 'reuse', draft: again });
    assert.deepEqual(await studio.draft(), again);
    await studio.prompt.press('Control+z');
    assert.equal(await value(studio), '');
  });

  it('is asked about where another one was typed; the texts wait, all else is there at once', async () => {
    const studio = await open(stateMessage(draftOf(pro), { styles, prompts }));
    await studio.prompt.fill('mine');
    await studio.send({ type: 'reuse', draft: again });
    assert.equal(await question(studio).isVisible(), true);
    const typed = { prompt: 'mine', style: null, negativePrompt: '' };
    assert.deepEqual(await studio.draft(), { ...again, ...typed });
    assert.equal(await studio.focused(), 'BUTTON');
    assert.deepEqual(await studio.violations(), []);
    await studio.button('Keep Mine').click();
    assert.equal(await question(studio).isVisible(), false);
    assert.equal(await value(studio), 'mine');
    assert.equal(await studio.focused(), 'prompt');

    await studio.send({ type: 'reuse', draft: again });
    await studio.page.keyboard.press('Enter');
    assert.equal(await value(studio), 'a heron');
    assert.deepEqual(await studio.draft(), again);
    await studio.prompt.press('Control+z');
    assert.equal(await value(studio), 'mine');
  });

  it('leaves what was typed on Escape', async () => {
    const studio = await open(stateMessage(draftOf(pro, { prompt: 'mine' }), { prompts }));
    await studio.send({ type: 'reuse', draft: again });
    await studio.page.keyboard.press('Escape');
    assert.equal(await value(studio), 'mine');
    assert.equal(await question(studio).isVisible(), false);
  });

  for (const [name, prompt] of [
    ['is an earlier one', 'an owl\nat night'],
    ['is a saved one', 'a heron'],
    ['is the same', again.prompt],
  ] as const) {
    it(`asks nothing where the prompt that is there ${name}`, async () => {
      const studio = await open(stateMessage(draftOf(pro, { prompt }), { styles, prompts }));
      await studio.send({ type: 'reuse', draft: again });
      assert.equal(await question(studio).isVisible(), false);
      assert.equal(await value(studio), 'a heron');
    });
  }

  it('asks at a job too, but not for a prompt that was sent or came this way', async () => {
    const studio = await open(stateMessage(draftOf(pro), { jobs: [finishedJob] }));
    const use = studio.button('Use This Prompt Again');
    await studio.prompt.fill('mine');
    await use.click();
    await studio.button('Keep Mine').click();
    await studio.generate.click();
    await use.click();
    assert.equal(await value(studio), finishedJob.prompt);
    await studio.send({ type: 'reuse', draft: again });
    assert.equal(await value(studio), 'a heron');
    assert.equal(await question(studio).isVisible(), false);
  });
});
