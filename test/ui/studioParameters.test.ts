import assert from 'node:assert/strict';
import type { Draft } from '../../src/shared/panelProtocol';
import {
  beijingModels,
  draftOf,
  palette,
  savedJob,
  stateMessage,
  tallInput,
  webInput,
  wideInput,
} from '../fakes/panelFixtures';
import { type StudioPage, studioPages } from './pageHarness';

const pro = 'qwen-image-2.0-pro';
const imageEdit = 'wanx2.1-imageedit';
const wan = 'wan2.7-image';

const accessibleForms: readonly (readonly [string, Partial<Draft>])[] = [
  [
    wan,
    {
      images: [wideInput.id, tallInput.id, webInput.id],
      parameters: { colorPalette: palette, boxes: [[[0, 0, 9, 9]], [], []] },
    },
  ],
  [
    imageEdit,
    {
      images: [webInput.id],
      mask: tallInput.id,
      parameters: { editFunction: 'description_edit_with_mask' },
    },
  ],
  [imageEdit, { parameters: { editFunction: 'expand' } }],
  ['wanx-sketch-to-image-lite', { parameters: { sketchColors: ['#112233'] } }],
];

describe('The parameters of the Studio', () => {
  const open = studioPages();
  const parameter = async (studio: StudioPage, name: string) =>
    Object.entries((await studio.draft()).parameters).find(([key]) => key === name)?.[1];

  it('are those that apply, and hidden ones keep their value', async () => {
    const studio = await open(stateMessage(draftOf(imageEdit)));
    const kind = studio.page.getByLabel('Kind of edit');
    const strength = studio.page.getByLabel('Strength', { exact: true });
    const top = studio.page.getByLabel('Expand at the top');
    assert.deepEqual([await strength.isVisible(), await top.isVisible()], [true, false]);
    await strength.fill('0.8');
    await kind.selectOption('expand');
    assert.deepEqual([await strength.isVisible(), await top.isVisible()], [false, true]);
    await kind.selectOption('description_edit');
    assert.equal(await strength.inputValue(), '0.8');
  });

  it('are numbers with a fraction, within limits that are shown, and may be left out', async () => {
    const draft = draftOf(imageEdit, { parameters: { editFunction: 'expand' } });
    const studio = await open(stateMessage(draft));
    const top = studio.page.getByLabel('Expand at the top');
    assert.equal(await top.getAttribute('placeholder'), 'Not set');
    await top.pressSequentially('-1.25e');
    assert.equal(await parameter(studio, 'topScale'), 1.25);
    assert.equal(await top.inputValue(), '1.25');
    await top.press('ArrowUp');
    assert.equal(await parameter(studio, 'topScale'), 1.3);
    await top.fill('');
    assert.equal(await parameter(studio, 'topScale'), undefined);
    const field = studio.page.locator('.field-topScale');
    assert.match((await field.textContent()) ?? '', /1–2/);
    const text = 'Must be from 1 to 2.';
    await studio.prompt.fill('x');
    await studio.send({
      type: 'checked',
      issues: [{ severity: 'error', field: 'topScale', text }],
    });
    assert.equal(await field.getByRole('alert').textContent(), text);
  });

  it('are flags that change what else there is', async () => {
    const studio = await open(stateMessage(draftOf(wan, { count: 4 })));
    await studio.moreOptions.click();
    const thinking = studio.page.getByLabel('thinking');
    assert.deepEqual([await thinking.isVisible(), await thinking.isChecked()], [true, true]);
    await studio.page.getByLabel('Make a set').press('Space');
    assert.equal(await thinking.isVisible(), false);
    const upTo = studio.page.getByLabel('Images, at most');
    await upTo.fill('12');
    assert.equal(await studio.button('More images').isDisabled(), true);
    await studio.page.getByLabel('Make a set').click();
    assert.equal(await studio.count.inputValue(), '4');
    assert.equal(await thinking.isVisible(), true);
  });

  it('make several images of a set of one, and are back with their model', async () => {
    const studio = await open(
      stateMessage(draftOf(wan, { parameters: { colorPalette: palette } })),
    );
    await studio.page.getByLabel('Make a set').click();
    assert.equal(await studio.page.getByLabel('Images, at most').inputValue(), '4');
    await studio.model.selectOption(pro);
    assert.equal(await studio.count.inputValue(), '1');
    await studio.model.selectOption(wan);
    assert.equal(await studio.page.getByLabel('Images, at most').inputValue(), '4');
    assert.deepEqual(await parameter(studio, 'colorPalette'), palette);
    await studio.page.getByLabel('Make a set').click();
    assert.equal(await studio.count.inputValue(), '1');
  });

  it('are a palette that is added to, weighed and evened', async () => {
    const studio = await open(stateMessage(draftOf(wan)));
    const colors = () => parameter(studio, 'colorPalette');
    const shares = async () => ((await colors()) as typeof palette).map(({ ratio }) => ratio);
    await studio.moreOptions.click();
    await studio.button('Add Color').click();
    assert.deepEqual(await shares(), [33.34, 33.33, 33.33]);
    assert.equal(await studio.button('Even shares').isVisible(), false);
    const first = studio.page.locator('.color-row').first();
    await first.getByLabel('Share in percent').fill('40.5');
    assert.deepEqual(await shares(), [40.5, 33.33, 33.33]);
    await studio.button('Even shares').press('Enter');
    assert.deepEqual(await shares(), [33.34, 33.33, 33.33]);
    await first.locator('.hex').fill('#00FF80');
    assert.equal(await first.locator('.swatch').inputValue(), '#00ff80');
    await first.locator('.swatch').fill('#123456');
    assert.equal(await first.locator('.hex').inputValue(), '#123456');
    await studio.button('Remove color 2').press('Enter');
    assert.deepEqual(await shares(), [50, 50]);
    assert.equal(await studio.focused(), 'Color 2');
    await studio.button('Remove color 2').click();
    await studio.button('Remove color 1').click();
    assert.equal(await colors(), undefined);
  });

  it('are colours without shares', async () => {
    const studio = await open(stateMessage(draftOf('wanx-sketch-to-image-lite')));
    await studio.moreOptions.click();
    await studio.button('Add Color').click();
    assert.equal(((await parameter(studio, 'sketchColors')) as string[]).length, 1);
    assert.equal(await studio.page.getByLabel('Share in percent').count(), 1);
    assert.equal(await studio.page.getByLabel('Share in percent').isVisible(), false);
    await studio.page.getByLabel('sketchExtraction').click();
    assert.equal(await studio.page.locator('.color-row').isVisible(), false);
  });

  it('are boxes that are drawn with the pointer', async () => {
    const images = [tallInput.id, wideInput.id];
    const studio = await open(stateMessage(draftOf(wan, { images })), { height: 1600 });
    await studio.moreOptions.click();
    const frame = studio.page.locator('.box-frame').nth(1);
    await frame.scrollIntoViewIfNeeded();
    const box = await frame.boundingBox();
    assert.ok(box);
    const { mouse } = studio.page;
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
    const draw = async (from: readonly [number, number], to: readonly [number, number]) => {
      await mouse.move(...at(...from));
      await mouse.down();
      await mouse.move(...at(...to), { steps: 3 });
      await mouse.up();
    };
    await draw([0.75, 0.5], [0.25, 0.25]);
    assertNear(await parameter(studio, 'boxes'), [[], [[400, 225, 1200, 450]]]);
    await draw([0.5, 0.5], [1.5, 1.5]);
    assertNear(await parameter(studio, 'boxes'), [
      [],
      [
        [400, 225, 1200, 450],
        [800, 450, 1600, 900],
      ],
    ]);
    // There may be two, and a click is no box.
    await draw([0.1, 0.1], [0.2, 0.2]);
    await mouse.click(...at(0.5, 0.5));
    assert.equal(await studio.page.locator('.box-row').count(), 2);
    assert.equal(await frame.locator('.box').count(), 2);
  });

  it('are boxes that are typed, and go where their image goes', async () => {
    const images = [wideInput.id, tallInput.id];
    const studio = await open(stateMessage(draftOf(wan, { images })));
    await studio.moreOptions.click();
    assert.equal(await studio.page.getByText('Draw on the image.').isVisible(), true);
    assert.equal(await studio.page.getByText('Left', { exact: true }).first().isVisible(), false);
    await studio.button('Add Box').first().press('Enter');
    await assertAbove(studio, ['Left', 'Top', 'Right', 'Bottom']);
    assert.deepEqual(await parameter(studio, 'boxes'), [[[400, 225, 1200, 675]], []]);
    assert.equal(await studio.focused(), '1: Left edge');
    await studio.page.keyboard.type('9');
    await studio.page.getByLabel('1: Left edge').fill('10');
    await studio.page.getByLabel('1: Bottom edge').fill('900');
    assert.deepEqual(await parameter(studio, 'boxes'), [[[10, 225, 1200, 900]], []]);
    await studio.button(`Move ${wideInput.name} to the right`).focus();
    await studio.page.keyboard.press('Enter');
    assert.deepEqual(await parameter(studio, 'boxes'), [[], [[10, 225, 1200, 900]]]);
    await studio.button('Remove box 1').press('Enter');
    assert.equal(await parameter(studio, 'boxes'), undefined);
    const add = studio.button('Add Box').first();
    await add.press('Enter');
    await add.press('Enter');
    assert.equal(await add.getAttribute('title'), 'At most 2 per image');
    await add.press('Enter');
    assert.equal(await studio.page.locator('.box-row').count(), 2);
    await studio.button('Remove box 2').press('Enter');
    assert.equal(await add.getAttribute('title'), null);
  });

  it('stay as they are typed when the host sends a new state', async () => {
    const draft = draftOf(wan, { parameters: { colorPalette: palette } });
    const studio = await open(stateMessage(draft));
    await studio.moreOptions.click();
    const hex = studio.page.locator('.hex').first();
    await hex.fill('#12');
    await studio.send(stateMessage());
    assert.equal(await hex.inputValue(), '#12');
    assert.equal(((await parameter(studio, 'colorPalette')) as typeof palette).length, 3);
  });

  for (const [modelId, values] of accessibleForms) {
    it(`are accessible: ${modelId} with ${Object.keys(values).join(', ')}`, async () => {
      const studio = await open(stateMessage(draftOf(modelId, values)));
      await studio.moreOptions.click();
      assert.deepEqual(await studio.violations(), []);
    });
  }

  it('are read from what an older page has kept', async () => {
    const { parameters, images, mask, ...older } = draftOf('wanx-v1', { prompt: 'kept' });
    assert.deepEqual([Object.keys(parameters).length > 0, images, mask], [true, [], null]);
    const draft = { ...older, promptExtend: true, watermark: false, style: '<anime>' };
    const studio = await open(undefined, { memory: { draft } });
    const [ready] = await studio.posted();
    assert.ok(ready?.type === 'ready' && ready.draft);
    await studio.send(stateMessage(ready.draft));
    assert.equal(await studio.prompt.inputValue(), 'kept');
    assert.equal(await studio.page.getByLabel('Style', { exact: true }).inputValue(), '<anime>');
  });
});

describe('The prices of the Studio', () => {
  const open = studioPages();

  it('stand under the model, with what is to be known of it, and on the button', async () => {
    const models = beijingModels.map((model) => ({
      ...model,
      ...(model.id === pro && { priceText: '¥0.50 per image', note: 'Not confirmed.' }),
    }));
    const studio = await open(stateMessage(draftOf(pro, { prompt: 'x' }), { models }));
    const shown = async (text: string) => studio.page.getByText(text).isVisible();
    assert.deepEqual([await shown('¥0.50 per image'), await shown('Not confirmed.')], [true, true]);
    await studio.send({ type: 'checked', issues: [], costText: 'up to ¥2.00' });
    assert.equal(await studio.button('Generate · up to ¥2.00').isVisible(), true);
    await studio.send({ type: 'checked', issues: [] });
    assert.equal(await studio.generate.isVisible(), true);
    await studio.model.selectOption(wan);
    assert.deepEqual(
      [await shown('¥0.50 per image'), await shown('Not confirmed.')],
      [false, false],
    );
    await studio.button('Other model…').click();
    assert.deepEqual((await studio.posted()).at(-1), { type: 'act', action: 'selectModel' });
  });

  it('are not those of the draft before', async () => {
    const studio = await open(stateMessage(draftOf(wan, { prompt: 'x' })), { now: 0 });
    const priced = studio.button('Generate · ¥0.20');
    const checked = { type: 'checked', issues: [], costText: '¥0.20' } as const;
    await studio.send(checked);
    const width = 'document.querySelector(".generate > span").getBoundingClientRect().width';
    const before = await studio.page.evaluate(width);
    await studio.prompt.fill('a text costs nothing');
    assert.equal(await priced.isVisible(), true);
    await studio.count.fill('2');
    assert.equal(await studio.generate.isVisible(), true);
    assert.equal(await studio.page.evaluate(width), before);
    // About what was typed before.
    await studio.send(checked);
    assert.equal(await priced.isVisible(), false);
    await studio.page.clock.runFor(1000);
    assert.equal(await priced.isVisible(), false);
    await studio.send({ ...checked, costText: '¥0.40' });
    assert.equal(await studio.button('Generate · ¥0.40').isVisible(), true);
    await studio.model.selectOption(pro);
    assert.equal(await studio.generate.isVisible(), true);
  });

  it('stand at a finished job, beside the text that the model wrote', async () => {
    const job = { ...savedJob, costText: '¥0.40', writtenText: 'Once\n\nupon a <b>time</b>.' };
    const studio = await open(
      stateMessage(draftOf(pro), { jobs: [job, { ...savedJob, id: 'b' }] }),
    );
    assert.equal(await studio.jobs.first().getByText('¥0.40', { exact: true }).isVisible(), true);
    const written = studio.page.locator('.written');
    assert.equal(await written.first().textContent(), job.writtenText);
    assert.equal(await written.nth(1).isVisible(), false);
  });
});

/** The captions stand above the four numbers of the first box, each within the width of its own. */
async function assertAbove({ page }: StudioPage, captions: readonly string[]): Promise<void> {
  const inputs = page.locator('.box-row').first().locator('.input');
  for (const [index, text] of captions.entries()) {
    const caption = await page.getByText(text, { exact: true }).first().boundingBox();
    const input = await inputs.nth(index).boundingBox();
    assert.ok(caption && input);
    assert.ok(caption.y + caption.height <= input.y, text);
    assert.ok(Math.abs(caption.x + caption.width - input.x - input.width) < 1.5, text);
  }
}

/** Compares numbers of pixels: the mouse hits whole pixels of the screen, which are several of the image. */
function assertNear(actual: unknown, expected: readonly (readonly (readonly number[])[])[]): void {
  const rounded = (actual as typeof expected).map((boxes) =>
    boxes.map((box) => box.map((side) => Math.round(side / 25) * 25)),
  );
  assert.deepEqual(rounded, expected);
}
