import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readImageHeader } from '../../src/util/imageHeader';
import { emulator } from '../emulator/controlClient';
import type { OpenWorkbench } from '../host/openWorkbench';
import { type EmulatorWorkbench, openEmulatorWorkbench, showFailure } from './emulatorWorkbench';

// A guide whose images are still to be made: planned, edited, run, stopped, resumed.

const subjects = ['fox', 'owl', 'hare', 'crane', 'otter', 'heron', 'badger', 'lynx'];
const names = ['morning', 'noon', 'night'].flatMap((time) =>
  subjects.map((subject) => `${subject}-${time}`),
);
const chapters = names.map((name) => {
  const title = name.replace('-', ' in the ');
  return `## The ${title}\n\nThe ${title} lives by the river.\n\n![A ${title}](img/${name}.png)\n`;
});
const todo = '<!-- TODO image: a map of the river, ink on paper -->';
const guide = `# Animals of the river\n\n${chapters.join('\n')}\n## Map\n\n${todo}\n\n![the end of the day]()\n`;

describe('Filling the missing images of a document', () => {
  let folder: string;
  let open: OpenWorkbench;
  let suite: EmulatorWorkbench;

  before(async () => {
    suite = await openEmulatorWorkbench(
      { 'guide.md': guide },
      {
        viewport: { width: 1600, height: 1000 },
        settings: { user: { 'easel.model': 'wan2.2-t2i-flash' } },
      },
    );
    ({ folder, open } = suite);
  });

  afterEach(async function () {
    await showFailure(this.currentTest, open?.workbench);
  });

  after(() => suite?.close());

  const confirm = () =>
    open.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Generate' }).click();

  it('plans them, makes what is ticked, stops, goes on, and leaves the links right', async () => {
    const { workbench, page } = open;
    await emulator.settings({ queueMs: 0, runMs: 1500 });
    await workbench.openFile('guide.md');
    await workbench.command('Easel: Fill Missing Images in Document…');
    const studio = await workbench.webviewWith('.fill-row');
    const rows = (status: string) => studio.locator(`.fill-row[data-status="${status}"]`);
    const prompt = (name: string) => studio.getByRole('textbox', { name: `Prompt for ${name}` });
    assert.equal(await rows('planned').count(), 26);
    await studio.getByText('26 images are missing').waitFor();
    await workbench.screenshot('fill-plan-dark');
    await prompt('fox-morning.png').fill('a red fox drinking from a river at dawn');
    for (const name of ['lynx-night.png', 'badger-night.png']) {
      await studio.getByRole('checkbox', { name: `Generate ${name}` }).uncheck();
    }
    await studio.getByText('24 of 26 selected').waitFor();
    await studio.getByRole('button', { name: /^Generate 24 Images · ¥\d/ }).click();
    await page.locator('.monaco-dialog-box', { hasText: 'They cost ¥' }).waitFor();
    await confirm();
    await rows('done').nth(1).waitFor();
    await workbench.screenshot('fill-running-dark');
    await studio.getByRole('button', { name: 'Stop', exact: true }).click();
    const resume = studio.getByRole('button', { name: /^Resume: \d+ Images · ¥/ });
    await resume.waitFor();
    const doneByThen = await rows('done').count();
    assert.ok(doneByThen >= 2 && doneByThen < 24, `${doneByThen} were done`);
    assert.equal((await emulator.ledger()).length, doneByThen);
    await workbench.screenshot('fill-stopped-dark');

    await emulator.settings({ runMs: 0 });
    await resume.click();
    await confirm();
    await studio.getByText('24 of 24 done').waitFor({ timeout: 60_000 });
    await workbench.screenshot('fill-done-dark');
    assert.equal((await emulator.ledger()).length, 24);
    const files = (await readdir(path.join(folder, 'img'))).sort();
    const wanted = names.filter((name) => name !== 'lynx-night' && name !== 'badger-night');
    assert.deepEqual(files, wanted.map((name) => `${name}.png`).sort());
    assert.ok(readImageHeader(await readFile(path.join(folder, 'img', 'fox-morning.png'))));
    const requests = (await emulator.requests()).map((request) => JSON.stringify(request));
    assert.ok(requests.some((text) => text.includes('a red fox drinking from a river at dawn')));

    // Only the comment and the empty link have changed; each is a step of undo.
    const empty = '![the end of the day]()';
    const file = path.join(folder, 'guide.md');
    /** Which of the two are as they were, once so many are. */
    const untilBack = (count: number) =>
      workbench.until(async () => {
        const text = await readFile(file, 'utf8');
        const isBack = [text.includes(todo), text.includes(empty)];
        return isBack.filter(Boolean).length === count && text;
      }, `not ${count} of the links are as they were`);
    await workbench.tab('guide.md').click();
    await workbench.goToLine(1);
    await page.keyboard.press('Control+s');
    await untilBack(0);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+s');
    await untilBack(1);
    await page.keyboard.press('Control+Shift+z');
    await page.keyboard.press('Control+s');
    const filled = await untilBack(0);
    assert.ok(filled.startsWith(guide.slice(0, guide.indexOf(todo))));
    assert.match(filled, /!\[a map of the river, ink on paper\]\(assets\/images\/[^)]+\.png\)/);
    assert.match(filled, /!\[the end of the day\]\(assets\/images\/[^)]+\.png\)/);
    await studio.getByRole('button', { name: 'Look Again' }).click();
    await studio.getByText('2 images are missing').waitFor();
  });

  it('says how a run has ended when the Studio was closed meanwhile, and shows the plan again', async () => {
    const { workbench } = open;
    await emulator.settings({ queueMs: 0, runMs: 1500 });
    const studio = await workbench.webviewWith('.fill-row');
    // Those that were not wanted are not ticked by another look.
    await studio.getByText('0 of 2 selected').waitFor();
    await studio.getByRole('checkbox', { name: 'Select All' }).check();
    await studio.getByRole('button', { name: /^Generate 2 Images · ¥/ }).click();
    await studio.locator('.fill-row[data-status="running"]').nth(1).waitFor();
    await workbench.tab('Easel Studio').click({ button: 'middle' });
    await workbench.toast('2 of 2 missing images in guide.md are made.').waitFor();
    await workbench.screenshot('fill-ended-dark');
    await workbench.pressToastButton('2 of 2 missing images', 'Show Plan');
    const again = await workbench.webviewWith('.fill-row');
    await again.locator('.fill-row[data-status="done"]').nth(1).waitFor();
    // The Studio has the focus, and the document is beside it.
    await workbench.command('Easel: Fill Missing Images in Document…');
    await workbench.toast('No image is missing in guide.md.').waitFor();
  });
});
