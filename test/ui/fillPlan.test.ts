import assert from 'node:assert/strict';
import type { PanelFill, PanelFillItem, PanelFillSummary } from '../../src/shared/fillProtocol';
import { stateMessage } from '../fakes/panelFixtures';
import { type StudioPage, studioPages } from './pageHarness';

const square = { width: 1024, height: 1024 };

const itemOf = (index: number, values: Partial<PanelFillItem> = {}): PanelFillItem => ({
  id: `plan-${index}`,
  document: 0,
  line: index * 4,
  fileName: `picture-${index}.png`,
  hint: `img/picture-${index}.png`,
  reason: 'missing',
  prompt: `a picture of ${index} foxes`,
  size: square,
  isTicked: true,
  status: 'planned',
  text: '',
  retry: 'none',
  actions: [],
  ...values,
});

const summaryOf = (values: Partial<PanelFillSummary> = {}): PanelFillSummary => ({
  status: 'idle',
  startable: 3,
  costText: '¥0.60',
  done: 0,
  failed: 0,
  open: 0,
  hasRun: false,
  ...values,
});

const planOf = (items = [1, 2, 3].map((index) => itemOf(index))): PanelFill => ({
  id: 'plan',
  title: 'guide.md',
  documents: ['guide.md'],
  modelLabel: 'Qwen-Image 2.0',
  priceText: '¥0.20 per image',
  promptLimit: { max: 800, unit: 'characters' },
  sizes: [square, { width: 1440, height: 810 }],
  items,
  summary: summaryOf({ startable: items.length }),
});

describe('the plan of missing images in the page', () => {
  const open = studioPages();
  const openPlan = async (fill = planOf(), width = 1100): Promise<StudioPage> => {
    const studio = await open(stateMessage(undefined, { fill }), { width });
    await studio.send({ type: 'showFill' });
    return studio;
  };
  const run = (studio: StudioPage) => studio.page.locator('.fill-run');
  const row = (studio: StudioPage, index: number) =>
    studio.page.locator(`[data-item="plan-${index}"]`);

  it('has a tab only while there is a plan', async () => {
    const studio = await open(stateMessage());
    const tab = studio.page.getByRole('tab', { name: /^Fill/ });
    assert.equal(await tab.count(), 0);
    await studio.send({ type: 'fill', fill: planOf() });
    await studio.send({ type: 'showFill' });
    assert.equal(await tab.getAttribute('aria-selected'), 'true');
    await studio.send({ type: 'fill', fill: null });
    assert.equal(await tab.count(), 0);
    const jobs = studio.page.getByRole('tab', { name: /^Jobs/ });
    assert.equal(await jobs.getAttribute('aria-selected'), 'true');
  });

  it('says what is missing, and what it costs on the button that pays', async () => {
    const studio = await openPlan();
    await studio.page.getByText('3 images are missing').waitFor();
    assert.equal(await run(studio).textContent(), 'Generate 3 Images · ¥0.60');
    await run(studio).click();
    await studio.untilPosted('runFill');
    // Not twice for one run.
    await run(studio).click({ force: true });
    const posted = (await studio.posted()).filter(({ type }) => type === 'runFill');
    assert.equal(posted.length, 1);
  });

  it('tells of ticks, of a size, and of a prompt before anything is run', async () => {
    const studio = await openPlan();
    await studio.page.getByRole('checkbox', { name: 'Generate picture-2.png' }).uncheck();
    await studio.page.getByText('2 of 3 selected').waitFor();
    await studio.page.getByLabel('Size of picture-1.png').selectOption('1440x810');
    await studio.page.getByLabel('Prompt for picture-1.png').fill('a red fox');
    await run(studio).click();
    await studio.untilPosted('runFill');
    const posted = (await studio.posted()).filter(({ type }) => /Fill/.test(type));
    assert.deepEqual(posted, [
      { type: 'tickFill', itemIds: ['plan-2'], isTicked: false },
      { type: 'setFillSize', itemId: 'plan-1', size: { width: 1440, height: 810 } },
      { type: 'setFillPrompt', itemId: 'plan-1', prompt: 'a red fox' },
      { type: 'runFill' },
    ]);
  });

  it('keeps what is being typed when the host says something of the row', async () => {
    const studio = await openPlan();
    await studio.page.getByLabel('Prompt for picture-1.png').fill('half a thou');
    await studio.send({ type: 'fillChanged', items: [itemOf(1)], summary: summaryOf() });
    const value = await studio.page.getByLabel('Prompt for picture-1.png').inputValue();
    assert.equal(value, 'half a thou');
  });

  it('shows the run, reads its progress aloud, and can be stopped', async () => {
    const studio = await openPlan();
    await studio.send({
      type: 'fillChanged',
      items: [itemOf(1, { status: 'running', text: 'Painting' })],
      summary: summaryOf({ status: 'running', open: 3, startable: 0, hasRun: true }),
    });
    await row(studio, 1).getByText('Painting').waitFor();
    await studio.send({
      type: 'fillChanged',
      items: [itemOf(1, { status: 'done', text: 'Done', src: 'images/a.png' })],
      summary: summaryOf({ status: 'running', open: 2, done: 1, startable: 0, hasRun: true }),
    });
    const status = studio.page.locator('[role="status"].visually-hidden');
    assert.equal(await status.textContent(), '1 of 3 done');
    await row(studio, 1).getByRole('button', { name: 'Open picture-1.png' }).click();
    await studio.button('Stop').click();
    await studio.untilPosted('stopFill');
    await studio.untilPosted('openFill');
    await studio.send({
      type: 'fillChanged',
      items: [],
      summary: summaryOf({ done: 1, startable: 2, costText: '¥0.40', hasRun: true }),
    });
    assert.equal(await run(studio).textContent(), 'Resume: 2 Images · ¥0.40');
    await studio.page.getByText('2 images are missing').waitFor();
  });

  it('offers nothing to select or to pay for when everything is made', async () => {
    const studio = await openPlan();
    await run(studio).focus();
    await studio.send({
      type: 'fillChanged',
      items: [1, 2, 3].map((index) => itemOf(index, { status: 'done', text: 'Done' })),
      summary: summaryOf({ done: 3, startable: 0, hasRun: true }),
    });
    const progress = studio.page.getByText('3 of 3 done', { exact: true });
    await progress.and(studio.page.locator('.fill-progress-text')).waitFor();
    for (const text of [
      'Select All',
      'Select images that have a prompt.',
      /missing ·|are missing/,
    ]) {
      assert.equal(await studio.page.getByText(text).filter({ visible: true }).count(), 0);
    }
    assert.equal(await studio.page.locator('.fill-progress-text:focus').count(), 1);
    assert.deepEqual(await studio.violations(), []);
  });

  it('says why one has failed, and offers the next step', async () => {
    const failed = itemOf(1, { status: 'failed', text: 'The key was refused.', retry: 'again' });
    const studio = await openPlan(planOf([{ ...failed, actions: ['setApiKey'] }]));
    await row(studio, 1).getByText('The key was refused.').waitFor();
    await row(studio, 1).getByRole('button', { name: 'Try Again' }).click();
    await row(studio, 1).getByRole('button', { name: 'Set API Key' }).click();
    await studio.untilPosted('retryFill');
    await studio.untilPosted('act');
  });

  for (const width of [260, 420, 1100]) {
    it(`is accessible and not too wide at ${width} pixels`, async () => {
      const wide = 'a-picture-with-a-name-that-is-much-longer-than-most-names-are.png';
      const items = [
        itemOf(1, { fileName: wide }),
        itemOf(2, { status: 'failed', text: 'It was refused.', retry: 'again' }),
        itemOf(3, { issue: { severity: 'error', text: 'The prompt is empty.' }, prompt: '' }),
        itemOf(4, { status: 'done', text: 'Done', src: 'images/a.png' }),
      ];
      const studio = await openPlan(planOf(items), width);
      assert.deepEqual(await studio.tooWide(), []);
      assert.deepEqual(await studio.violations(), []);
    });
  }

  it('says so where nothing is missing any more', async () => {
    const studio = await openPlan(planOf([]));
    await studio.page.getByText('No image is missing in guide.md.').waitFor();
    assert.equal(await run(studio).isVisible(), false);
  });
});
