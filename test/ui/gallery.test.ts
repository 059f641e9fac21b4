import assert from 'node:assert/strict';
import type { GalleryHostMessage } from '../../src/shared/galleryProtocol';
import { type GalleryPage, galleryPages } from './galleryHarness';

/** How many cells are in the document, and the number of the first. */
const cellCount = (gallery: GalleryPage) => gallery.cells.count();

const scrollTo = (part: number) => `{
  const scroller = document.querySelector('.gallery-scroll');
  scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * ${part};
}`;

/** Every cell in the document shows an image. */
const isLoaded = `document.querySelectorAll('.cell.unknown').length === 0`;

describe('The gallery', () => {
  const open = galleryPages();

  describe('with 10,000 images', () => {
    it('has few cells in the document, wherever it is scrolled to, and shows the right images', async () => {
      const gallery = await open({ count: 10_000 });
      assert.ok((await cellCount(gallery)) < 80);
      assert.equal(await gallery.cell(0).getAttribute('data-image'), 'image-0');
      await gallery.run(scrollTo(1));
      await gallery.image('image-9999').waitFor();
      assert.ok((await cellCount(gallery)) < 80);
      assert.equal(await gallery.image('image-9999').getAttribute('aria-posinset'), '10000');
      assert.equal(await gallery.image('image-9999').getAttribute('aria-setsize'), '10000');
      await gallery.run(scrollTo(0.5));
      await gallery.image('image-5000').waitFor();
      await gallery.until(isLoaded);
      assert.ok((await cellCount(gallery)) < 80);
    });

    it('asks for at most 200 at a time, and only for what is in view', async () => {
      const gallery = await open({ count: 10_000 });
      await gallery.run(scrollTo(1));
      await gallery.image('image-9999').waitFor();
      const queries = await gallery.postedOf('queryHistory');
      assert.deepEqual(
        queries.map(({ offset }) => offset),
        [0, 9900],
      );
    });

    it('begins where an earlier page was', async () => {
      const filter = { text: '', modelId: null, time: 'any', shape: 'any' };
      const gallery = await open({
        count: 10_000,
        memory: { filter, scroll: 5000, details: null },
      });
      await gallery.image('image-5000').waitFor();
      const [first] = await gallery.postedOf('queryHistory');
      assert.equal(first?.offset, 5000);
      assert.ok(await gallery.image('image-5000').isVisible());
    });
  });

  it('ignores an answer to an earlier question', async () => {
    const gallery = await open({ isSilent: true });
    const answer = (queryId: number, total: number): GalleryHostMessage => ({
      type: 'historyPage',
      queryId,
      offset: 0,
      total,
      items: [],
      models: [],
    });
    await gallery.until('galleryTest.posted.length === 1');
    await gallery.search.fill('fox');
    await gallery.until('galleryTest.posted.length === 2');
    const [first, second] = await gallery.postedOf('queryHistory');
    assert.ok(first && second);
    await gallery.receive(answer(first.queryId, 77));
    assert.equal(await gallery.page.locator('.gallery-count').first().textContent(), 'Loading…');
    await gallery.receive(answer(second.queryId, 0));
    assert.equal(await gallery.page.locator('.gallery-count').first().textContent(), '0 images');
    assert.deepEqual(await gallery.said(), ['0 images']);
  });

  it('searches when typing pauses, says how many were found, and clears all filters at once', async () => {
    const gallery = await open();
    await gallery.search.fill('FOX book');
    await gallery.page.getByText('14 images').waitFor();
    await gallery.page.getByLabel('Shape').selectOption('Square');
    await gallery.page.getByLabel('Model', { exact: true }).selectOption('Wan 2.6');
    await gallery.page.getByText('No images match').waitFor();
    const last = (await gallery.postedOf('queryHistory')).at(-1);
    assert.deepEqual(last?.filter, {
      text: 'FOX book',
      modelId: 'Wan 2.6',
      since: null,
      shape: 'square',
      isHere: false,
      isFavourite: false,
    });
    await gallery.page.getByRole('button', { name: 'Clear Filters' }).click();
    await gallery.page.getByText('100 images').waitFor();
    assert.equal(await gallery.search.inputValue(), '');
    assert.equal((await gallery.said()).at(-1), '100 images');
  });

  it('does not search for what an input method has not finished', async () => {
    const gallery = await open();
    await gallery.search.focus();
    const protocol = await gallery.studio.protocol();
    await protocol.send('Input.imeSetComposition', {
      text: 'hu',
      selectionStart: 2,
      selectionEnd: 2,
    });
    await protocol.send('Input.insertText', { text: '狐狸' });
    await gallery.page.getByText('No images match').waitFor();
    const queries = await gallery.postedOf('queryHistory');
    assert.deepEqual(
      queries.map(({ filter }) => filter.text),
      ['', '狐狸'],
    );
  });

  it('shows only favorites, and of this workspace, by two switches', async () => {
    const gallery = await open();
    await gallery.page.getByRole('button', { name: 'Only favorites' }).click();
    await gallery.page.getByText('11 images').waitFor();
    await gallery.page.getByRole('button', { name: 'Only this workspace' }).click();
    await gallery.until(`galleryTest.posted.at(-1).filter.isHere`);
    const last = (await gallery.postedOf('queryHistory')).at(-1);
    assert.ok(last?.filter.isFavourite && last.filter.isHere);
  });

  it('has a word for a history without images, and none of the filters', async () => {
    const gallery = await open({ count: 0 });
    await gallery.page.getByText('Every image you make will be here').waitFor();
    assert.equal(await gallery.search.isVisible(), false);
    assert.deepEqual(await gallery.studio.violations(), []);
  });

  it('asks nothing while it is hidden, and asks again when shown if something has changed', async () => {
    const gallery = await open();
    await gallery.run('galleryTest.setVisible(false)');
    await gallery.run(`galleryTest.add('new')`);
    assert.equal((await gallery.postedOf('queryHistory')).length, 1);
    await gallery.run('galleryTest.setVisible(true)');
    await gallery.image('new').waitFor();
    assert.equal(await gallery.cell(0).getAttribute('data-image'), 'new');
  });

  for (const width of [260, 300, 640, 1200]) {
    it(`does not scroll sideways at ${width} pixels`, async () => {
      const name = `${'very-long-name-'.repeat(20)}.png`;
      const gallery = await open({
        width,
        images: { 0: { fileName: name, prompt: 'x'.repeat(300) } },
      });
      await gallery.cell(0).click();
      await gallery.cell(1).click({ modifiers: ['ControlOrMeta'] });
      const tooWide = async () =>
        gallery.page.evaluate<string[]>(`
          [...document.querySelectorAll('html, .gallery, .gallery-main, .gallery-filters, .gallery-line, .gallery-scroll, .details, .details-body, .details-actions, .details-reuse, .facts')]
            .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
            .map(({ className }) => className)`);
      assert.deepEqual(await tooWide(), []);
      await gallery.cell(0).press('Escape');
      await gallery.cell(0).press('Enter');
      await gallery.details.getByText('Request ID').waitFor();
      assert.deepEqual(await tooWide(), []);
    });
  }

  it('shows hostile texts as text', async () => {
    const prompt = '<img src=x onerror=alert(1)> "quoted" \u202Eright-to-left 🦊';
    const fileName = '\u202Egpj.exe "<b>.png';
    const gallery = await open({ images: { 0: { prompt, fileName } } });
    assert.equal(await gallery.cell(0).getAttribute('title'), prompt);
    await gallery.cell(0).focus();
    await gallery.cell(0).press('Enter');
    await gallery.details.getByText(prompt, { exact: true }).waitFor();
    assert.equal(await gallery.page.locator('.details-name bdi').textContent(), fileName);
    assert.equal(await gallery.page.locator('.gallery b').count(), 0);
  });
});
