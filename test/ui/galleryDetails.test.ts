import assert from 'node:assert/strict';
import { encodePng } from '../emulator/picture/encodePng';
import { galleryPages } from './galleryHarness';
import type { StudioPage } from './pageHarness';

const [width, height] = [800, 600];
const png = encodePng({ width, height, pixels: new Uint8Array(width * height * 3).fill(120) });

/** Real pictures for the files, as the page has to read them; number 3 is gone. */
const prepare = async ({ page }: StudioPage) => {
  await page.route(/\/images\/\d+\.png/, (route) =>
    route.fulfill({
      contentType: 'image/png',
      body: route.request().url().endsWith('/3.png') ? Buffer.of() : png,
    }),
  );
};

describe('The details in the gallery', () => {
  const open = galleryPages();

  it('show all that is known of an image, and mark a size that was not requested', async () => {
    const gallery = await open({ prepare });
    await gallery.cell(1).focus();
    await gallery.page.keyboard.press('Enter');
    await gallery.details.getByText('Request ID').waitFor();
    const facts = await gallery.details.locator('dd').allTextContents();
    assert.ok(facts.includes('1024 × 1024'));
    assert.ok(facts.includes('1328 × 1328Not the requested size'));
    assert.ok(facts.includes('12 s'));
    assert.ok(facts.includes('docs/images/image-1.png'));
    assert.deepEqual(await gallery.studio.violations(), []);
  });

  it('send each action with the image, and have no seed to use where there is none', async () => {
    const gallery = await open({ prepare });
    await gallery.cell(0).focus();
    await gallery.page.keyboard.press('Enter');
    const names = {
      'Insert into Editor': 'insert',
      'Use as Reference': 'useAsReference',
      'Compare with Git Version': 'compareWithGit',
      'Copy Markdown': 'copyMarkdown',
      'Copy Path': 'copyPath',
      Open: 'open',
      'Reveal in Explorer': 'reveal',
      Delete: 'delete',
      'Use Prompt': 'usePrompt',
      'Use Seed': 'useSeed',
      'Use All': 'useAll',
      Remix: 'remix',
    };
    for (const name of Object.keys(names)) {
      await gallery.details.getByRole('button', { name, exact: true }).click();
    }
    assert.deepEqual(
      (await gallery.postedOf('actOnImages')).map(({ action, imageIds }) => [action, ...imageIds]),
      Object.values(names).map((action) => [action, 'image-0']),
    );
    await gallery.details.getByRole('button', { name: 'Copy Image' }).click();
    assert.deepEqual(await gallery.page.evaluate('galleryTest.copied'), ['/images/0.png']);
    await gallery.details.getByRole('button', { name: 'Next Image' }).click();
    await gallery.details.getByRole('button', { name: 'Next Image' }).click();
    await gallery.details.getByText('docs/images/image-2.png').waitFor();
    assert.equal(await gallery.details.getByRole('button', { name: 'Use Seed' }).count(), 0);
  });

  for (const size of [600, 900]) {
    it(`go from image to image by the arrow keys and give the focus back, at ${size} pixels`, async () => {
      const gallery = await open({ prepare, width: size });
      const { keyboard } = gallery.page;
      await gallery.cell(0).focus();
      await keyboard.press('Enter');
      await keyboard.press('ArrowLeft');
      await keyboard.press('ArrowRight');
      await keyboard.press('ArrowRight');
      await gallery.details.getByText('docs/images/image-2.png').waitFor();
      assert.deepEqual(await gallery.studio.violations(), []);
      await keyboard.press('Escape');
      assert.equal(await gallery.details.count(), 0);
      assert.equal(await gallery.focusedImage(), 'image-2');
    });
  }

  it('go on to the neighbour when their image is deleted', async () => {
    const gallery = await open({ prepare });
    await gallery.cell(5).focus();
    await gallery.page.keyboard.press('Enter');
    await gallery.details.getByRole('button', { name: 'Delete' }).click();
    await gallery.run(`galleryTest.remove(['image-5'])`);
    await gallery.details.getByText('docs/images/image-6.png').waitFor();
  });

  it('open and compare as VS Code’s menu asks for it', async () => {
    const gallery = await open({ prepare, count: 1000 });
    const act = (action: 'details' | 'compare', ...imageIds: string[]) =>
      gallery.receive({ type: 'actInPage', action, imageIds });
    await act('compare', 'image-1', 'image-2');
    await act('details', 'image-1');
    await gallery.details.getByText('docs/images/image-1.png').waitFor();
    assert.deepEqual(await gallery.page.evaluate('galleryTest.compared'), [['image-1', 'image-2']]);
    await act('details', 'image-900');
    await gallery.details.getByText('docs/images/image-900.png').waitFor();
  });

  it('say so when the file is gone', async () => {
    const gallery = await open({ prepare });
    await gallery.cell(3).focus();
    await gallery.page.keyboard.press('Enter');
    await gallery.details.getByText('The file is no longer there').waitFor();
  });
});

describe('The thumbnails of the gallery', () => {
  const open = galleryPages();

  it('are made where there are none, kept once, and small', async () => {
    const gallery = await open({
      prepare,
      images: { 0: { thumbnail: '' }, 2: { thumbnail: '' } },
    });
    await gallery.until(`document.querySelectorAll('.cell canvas').length === 2`);
    await gallery.until(
      `galleryTest.posted.filter(({ type }) => type === 'keepThumbnail').length === 2`,
    );
    await gallery.run(`galleryTest.add('new')`);
    await gallery.image('new').waitFor();
    const kept = await gallery.postedOf('keepThumbnail');
    assert.deepEqual(
      kept.map(({ imageId }) => imageId),
      ['image-0', 'image-2'],
    );
    for (const { bytes } of kept) {
      assert.ok(bytes.length <= 100_000);
      assert.equal(Buffer.from(bytes).toString('latin1', 8, 12), 'WEBP');
    }
    const side = await gallery.page.evaluate(`document.querySelector('.cell canvas').width`);
    assert.equal(side, 320);
  });

  it('say so in their place where the file is gone', async () => {
    const gallery = await open({ prepare, images: { 3: { thumbnail: '' } } });
    await gallery.cell(3).locator('.cell-gone').waitFor();
    assert.equal((await gallery.postedOf('keepThumbnail')).length, 0);
  });
});
