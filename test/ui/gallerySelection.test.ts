import assert from 'node:assert/strict';
import { galleryPages } from './galleryHarness';

describe('The images of the gallery', () => {
  const open = galleryPages();

  it('are one stop of the Tab key, and are reached by the arrow keys, Home, End and the page keys', async () => {
    const gallery = await open({ count: 1000, width: 900 });
    const { keyboard } = gallery.page;
    await gallery.cell(0).focus();
    const columns = await gallery.page.evaluate<number>(`
      [...document.querySelectorAll('.cell')].filter((cell, index, [first]) =>
        cell.getBoundingClientRect().top === first.getBoundingClientRect().top).length`);
    const walk = async (key: string) => {
      await keyboard.press(key);
      return gallery.page.evaluate<number>('Number(document.activeElement.dataset.index)');
    };
    assert.equal(await walk('ArrowRight'), 1);
    assert.equal(await walk('ArrowDown'), 1 + columns);
    assert.equal(await walk('ArrowLeft'), columns);
    assert.equal(await walk('ArrowUp'), 0);
    assert.equal(await walk('End'), 999);
    await gallery.until(`document.activeElement.dataset.image === 'image-999'`);
    assert.equal(await walk('ArrowRight'), 999);
    assert.ok((await walk('PageUp')) < 990);
    assert.equal(await walk('Home'), 0);
    assert.equal(await gallery.page.locator('.cell[tabindex="0"]').count(), 1);
  });

  it('keep the focus over a new image, and give it to the neighbour when theirs is deleted', async () => {
    const gallery = await open();
    await gallery.cell(5).focus();
    await gallery.run(`galleryTest.add('new')`);
    await gallery.image('new').waitFor();
    assert.equal(await gallery.focusedImage(), 'image-5');
    await gallery.page.keyboard.press('Delete');
    assert.deepEqual(await gallery.postedOf('actOnImages'), [
      { type: 'actOnImages', action: 'delete', imageIds: ['image-5'] },
    ]);
    await gallery.run(`galleryTest.remove(['image-5'])`);
    await gallery.until(`!document.querySelector('[data-image=image-5]')`);
    assert.equal(await gallery.focusedImage(), 'image-6');
    assert.equal((await gallery.said()).at(-1), 'Deleted: 1');
  });

  it('are selected one by one, as a range and all, by the keyboard', async () => {
    const gallery = await open({ count: 700 });
    const { keyboard } = gallery.page;
    await gallery.cell(1).focus();
    await keyboard.press('Space');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('Space');
    assert.deepEqual(await gallery.selected(), ['image-1', 'image-3']);
    await keyboard.press('Shift+ArrowRight');
    await keyboard.press('Shift+ArrowRight');
    await keyboard.press('Shift+ArrowLeft');
    assert.deepEqual(await gallery.selected(), ['image-1', 'image-3', 'image-4']);
    assert.equal((await gallery.said()).at(-1), '3 selected');
    await keyboard.press('Escape');
    assert.deepEqual(await gallery.selected(), []);
    await keyboard.press('ControlOrMeta+a');
    await gallery.page.getByText(/^\d+ selected$/).waitFor();
    assert.equal(await gallery.focusedImage(), 'image-4');
  });

  it('are selected by the mouse as everywhere: alone, added, as a range, and by the mark in the corner', async () => {
    const gallery = await open();
    await gallery.cell(0).click();
    await gallery.cell(2).click({ modifiers: ['ControlOrMeta'] });
    assert.deepEqual(await gallery.selected(), ['image-0', 'image-2']);
    await gallery.cell(4).click({ modifiers: ['Shift'] });
    assert.deepEqual(await gallery.selected(), ['image-0', 'image-2', 'image-3', 'image-4']);
    await gallery.cell(3).hover();
    await gallery.cell(3).locator('.cell-check').click();
    assert.deepEqual(await gallery.selected(), ['image-0', 'image-2', 'image-4']);
    await gallery.cell(1).click();
    assert.deepEqual(await gallery.selected(), ['image-1']);
  });

  it('are acted on together, in the order in which they were selected', async () => {
    const gallery = await open();
    await gallery.cell(4).click();
    await gallery.cell(1).click({ modifiers: ['ControlOrMeta'] });
    const press = (name: string) => gallery.selection.getByRole('button', { name }).click();
    await press('Insert into Editor');
    await press('Use as Reference');
    await press('Copy Markdown');
    await press('Compare');
    const imageIds = ['image-4', 'image-1'];
    assert.deepEqual(await gallery.postedOf('actOnImages'), [
      { type: 'actOnImages', action: 'insert', imageIds },
      { type: 'actOnImages', action: 'useAsReference', imageIds },
      { type: 'actOnImages', action: 'copyMarkdown', imageIds },
    ]);
    assert.deepEqual(await gallery.page.evaluate('galleryTest.compared'), [imageIds]);
    assert.equal((await gallery.said()).at(-1), 'Markdown copied');
  });

  it('become favorites by F, all or none', async () => {
    const gallery = await open();
    await gallery.cell(3).click();
    await gallery.cell(4).click({ modifiers: ['ControlOrMeta'] });
    await gallery.page.keyboard.press('f');
    await gallery.page.keyboard.press('f');
    const imageIds = ['image-3', 'image-4'];
    assert.deepEqual(await gallery.postedOf('setFavourite'), [
      { type: 'setFavourite', imageIds, isFavourite: true },
      { type: 'setFavourite', imageIds, isFavourite: false },
    ]);
    assert.deepEqual((await gallery.said()).slice(-2), [
      'Added to favorites',
      'Removed from favorites',
    ]);
    assert.doesNotMatch((await gallery.cell(4).getAttribute('aria-label')) ?? '', /favorite/);
  });

  it('tell VS Code what its context menu is about', async () => {
    const gallery = await open();
    const context = async (index: number) =>
      JSON.parse((await gallery.cell(index).getAttribute('data-vscode-context')) ?? '');
    assert.deepEqual(await context(2), {
      webviewSection: 'image',
      imageId: 'image-2',
      preventDefaultContextMenuItems: true,
    });
    await gallery.cell(2).click();
    await gallery.cell(3).click({ modifiers: ['ControlOrMeta'] });
    assert.deepEqual(await context(2), {
      webviewSection: 'images',
      imageId: 'image-2',
      imageIds: ['image-2', 'image-3'],
      canCompare: true,
      preventDefaultContextMenuItems: true,
    });
    assert.equal((await context(0)).webviewSection, 'image');
  });

  it('are dragged with their ids alone, all that are selected', async () => {
    const gallery = await open();
    await gallery.cell(0).click();
    await gallery.cell(2).click({ modifiers: ['ControlOrMeta'] });
    const drag = (index: number) =>
      gallery.page.evaluate(`{
        const dataTransfer = new DataTransfer();
        document.querySelector('.cell[data-index="${index}"]').dispatchEvent(
          new DragEvent('dragstart', { bubbles: true, dataTransfer }));
        ['application/vnd.easel.images+json', 'text/plain'].map((type) => dataTransfer.getData(type));
      }`);
    // A name would be typed into a document where the image cannot be linked.
    assert.deepEqual(await drag(2), ['{"imageIds":["image-0","image-2"]}', '']);
    assert.deepEqual(await drag(1), ['{"imageIds":["image-1"]}', '']);
  });

  it('open on a double click', async () => {
    const gallery = await open();
    await gallery.cell(1).dblclick();
    assert.deepEqual(await gallery.postedOf('actOnImages'), [
      { type: 'actOnImages', action: 'open', imageIds: ['image-1'] },
    ]);
  });

  it('have nothing that axe finds wrong, also when some are selected', async () => {
    const gallery = await open({ count: 10_000 });
    assert.deepEqual(await gallery.studio.violations(), []);
    await gallery.cell(0).click();
    await gallery.cell(2).click({ modifiers: ['ControlOrMeta'] });
    assert.deepEqual(await gallery.studio.violations(), []);
  });
});
