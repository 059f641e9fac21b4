import assert from 'node:assert/strict';
import {
  draftOf,
  savedJob,
  stateMessage,
  tallInput,
  webInput,
  wideInput,
} from '../fakes/panelFixtures';
import { type StudioPage, studioPages } from './pageHarness';

const pro = 'qwen-image-2.0-pro';
const imageEdit = 'wanx2.1-imageedit';
const threeIds = [wideInput.id, tallInput.id, webInput.id];

describe('The input images of the Studio', () => {
  const open = studioPages();

  it('are there where the model takes them, with their number and its limit', async () => {
    const studio = await open(stateMessage(draftOf(pro, { images: [wideInput.id] })));
    const field = fieldOf(studio, 'images');
    assert.match((await field.textContent()) ?? '', /1 \/ 3/);
    assert.equal(await field.getByText(wideInput.name).isVisible(), true);
    assert.equal(await field.locator('img').getAttribute('src'), wideInput.src);
    await studio.model.selectOption('wan2.6-t2i');
    assert.equal(await field.isVisible(), false);
    await studio.model.selectOption('wan2.7-image');
    assert.match((await field.textContent()) ?? '', /1 \/ 9/);
    assert.deepEqual((await studio.draft()).images, [wideInput.id]);
  });

  it('are chosen by the host, which knows what was typed by then', async () => {
    const studio = await open(stateMessage(draftOf(pro)));
    await studio.prompt.fill('a hat');
    await studio.button('Add Image…').click();
    const draft = draftOf(pro, { prompt: 'a hat' });
    assert.deepEqual((await studio.posted()).slice(-2), [
      { type: 'draftChanged', draft },
      { type: 'chooseInputs', target: 'images' },
    ]);
    const added = { id: 'new', name: 'new.png', src: 'images/new.png' };
    await studio.send({ type: 'inputsAdded', target: 'images', inputs: [added, wideInput] });
    assert.deepEqual((await studio.draft()).images, ['new', wideInput.id]);
    await studio.send({ type: 'inputsAdded', target: 'images', inputs: [wideInput, tallInput] });
    assert.deepEqual((await studio.draft()).images, ['new', wideInput.id, tallInput.id]);
    await studio.send({ type: 'inputsAdded', target: 'images', inputs: [webInput] });
    assert.equal((await studio.draft()).images.length, 3);
    assert.equal(await studio.button('Add Image…').isVisible(), false);
    const status = studio.page.locator('[role=status][aria-live]');
    assert.equal(await status.textContent(), webInput.name);
  });

  it('give way to the new one where there is room for one', async () => {
    const studio = await open(stateMessage(draftOf(imageEdit, { images: [wideInput.id] })));
    await studio.send({ type: 'inputsAdded', target: 'images', inputs: [tallInput] });
    assert.deepEqual((await studio.draft()).images, [tallInput.id]);
  });

  it('are moved and removed with the mouse', async () => {
    const studio = await open(stateMessage(draftOf(pro, { images: threeIds })));
    await studio.page.getByText(tallInput.name).hover();
    await studio.button(`Move ${tallInput.name} to the left`).click();
    assert.deepEqual((await studio.draft()).images, [tallInput.id, wideInput.id, webInput.id]);
    await studio.button(`Remove ${wideInput.name}`).click();
    assert.deepEqual((await studio.draft()).images, [tallInput.id, webInput.id]);
  });

  it('are moved and removed by the keyboard, and the focus stays where it is needed', async () => {
    const studio = await open(stateMessage(draftOf(pro, { images: threeIds })));
    const { keyboard } = studio.page;
    const press = async (key: string) => {
      await keyboard.press(key);
      return studio.focused();
    };
    await studio.button('Other model…').focus();
    assert.equal(await press('Tab'), `Remove ${wideInput.name}`);
    assert.equal(await press('ArrowRight'), `Move ${wideInput.name} to the right`);
    assert.equal(await press('Enter'), `Move ${wideInput.name} to the right`);
    assert.equal(await press('Enter'), `Remove ${wideInput.name}`);
    assert.deepEqual((await studio.draft()).images, [tallInput.id, webInput.id, wideInput.id]);
    assert.equal(await press('Enter'), `Remove ${webInput.name}`);
    assert.equal(await press('Enter'), `Remove ${tallInput.name}`);
    await keyboard.press('Enter');
    assert.deepEqual((await studio.draft()).images, []);
    const text = `document.activeElement.textContent`;
    assert.equal(await studio.page.evaluate(text), 'Add Image…');
  });

  it('show that a file is gone, and stand for one that has no picture', async () => {
    const gone = { id: 'gone', name: 'gone.png', src: 'images/gone.png' };
    const draft = draftOf(pro, { images: [gone.id, webInput.id] });
    const studio = await open(stateMessage(draft, { inputs: [gone, webInput] }));
    const [goneTile, webTile] = await studio.page.locator('.input-tile').all();
    await studio.page.locator('.input-tile[title*="no longer there"]').waitFor();
    assert.equal(await goneTile?.locator('img').isVisible(), false);
    assert.equal(await webTile?.getAttribute('title'), webInput.address);
    assert.equal(await webTile?.textContent(), `2${webInput.name}`);
    assert.equal(await webTile?.locator('svg.stand-in:visible').count(), 1);
  });

  it('are asked for only when somebody has tried to generate without them', async () => {
    const studio = await open(stateMessage(draftOf(imageEdit, { prompt: 'a hat' })));
    const text = 'This model needs an input image.';
    await studio.send({ type: 'checked', issues: [{ severity: 'error', field: 'images', text }] });
    const issue = studio.page.locator('#images-issue');
    assert.equal(await issue.isVisible(), false);
    assert.equal(await studio.generate.getAttribute('aria-disabled'), 'true');
    await studio.generate.press('Enter');
    assert.equal(await issue.textContent(), text);
    assert.equal(await studio.page.evaluate('document.activeElement.textContent'), 'Add Image…');
    assert.deepEqual(await studio.postedDrafts('generate'), []);
  });

  it('have a mask where an edit is confined by one', async () => {
    const studio = await open(stateMessage(draftOf(imageEdit, { images: [wideInput.id] })));
    const addMask = studio.button('Add Mask…');
    assert.equal(await addMask.isVisible(), false);
    await studio.page.getByLabel('Kind of edit').selectOption('description_edit_with_mask');
    await addMask.click();
    assert.deepEqual((await studio.posted()).at(-1), { type: 'chooseInputs', target: 'mask' });
    await studio.send({ type: 'inputsAdded', target: 'mask', inputs: [tallInput] });
    const { images, mask } = await studio.draft();
    assert.deepEqual([images, mask], [[wideInput.id], tallInput.id]);
    await fieldOf(studio, 'mask').getByText(tallInput.name).hover();
    await studio.button(`Remove ${tallInput.name}`).click();
    assert.equal((await studio.draft()).mask, null);
  });

  it('may be finished images', async () => {
    const studio = await open(stateMessage(draftOf(pro), { jobs: [savedJob] }));
    await studio.page.locator('.tile').hover();
    await studio.button('Use as Reference').click();
    const imageIds = savedJob.images.map(({ id }) => id);
    assert.deepEqual((await studio.posted()).at(-1), {
      type: 'actOnImages',
      action: 'useAsReference',
      imageIds,
    });
  });

  it('decide which sizes there are', async () => {
    const studio = await open(stateMessage(draftOf(pro)));
    const names = async () =>
      (await studio.page.locator('.field-size .chip').allInnerTexts()).map((name) =>
        name.replace(/\s+/g, ' ').trim(),
      );
    assert.equal((await names())[0], '1:1 2048 × 2048');
    await studio.send({ type: 'inputsAdded', target: 'images', inputs: [wideInput] });
    assert.deepEqual((await names()).slice(0, 2), ['1K like the image', '2K like the image']);
    assert.equal((await studio.draft()).size, '1K');
    await studio.page.getByText('2K', { exact: true }).click();
    assert.equal((await studio.draft()).size, '2K');
    await studio.page.getByText('Custom', { exact: true }).click();
    assert.deepEqual((await studio.draft()).size, { width: 2048, height: 2048 });
    assert.equal(await studio.page.getByLabel('Width in pixels').inputValue(), '2048');
    await studio.model.selectOption(imageEdit);
    assert.equal((await studio.draft()).size, 'auto');
    assert.equal(await studio.page.getByText('Follows the input image').isVisible(), true);
    assert.equal(await studio.page.getByRole('radio').count(), 0);
  });

  it('leave a square by name alone where the same one has pixels', async () => {
    const studio = await open(stateMessage(draftOf('wan2.7-image')));
    const radios = studio.page.getByRole('radio');
    assert.equal(await radios.count(), 7);
    const checked = studio.page.getByRole('radio', { checked: true });
    assert.equal(await checked.inputValue(), '2K');
    const draft = draftOf('wan2.7-image', { size: { width: 2048, height: 2048 } });
    await studio.send(stateMessage(draft));
    assert.equal(await checked.inputValue(), '2K');
  });
});

function fieldOf(studio: StudioPage, name: string) {
  return studio.page.locator(`.field-${name}`);
}
