import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ComparedImage } from '../../src/shared/galleryProtocol';
import { encodePng } from '../emulator/picture/encodePng';
import { type StudioPage, studioPages } from './pageHarness';

const size = { width: 40, height: 20 };

/** Grey, but for this many white pixels. */
function greyPng(white: number, { width, height } = size): Buffer {
  const pixels = new Uint8Array(width * height * 3).fill(90);
  pixels.fill(255, 0, white * 3);
  return encodePng({ width, height, pixels });
}

const pictures: Readonly<Record<string, Buffer>> = {
  grey: greyPng(0),
  same: greyPng(0),
  dotted: greyPng(26), // of 800
  tall: greyPng(0, { width: 20, height: 40 }),
  broken: Buffer.from('no picture'),
};

function image(name: string, values: Partial<ComparedImage> = {}): ComparedImage {
  return {
    id: name,
    src: `images/${name}.png`,
    label: `${name}.png`,
    size,
    isFile: true,
    ...values,
  };
}

const grey = image('grey');
const dotted = image('dotted');
const earlier = image('same', { id: 'a1b2c3d', label: 'HEAD · a1b2c3d', isFile: false });

describe('The comparison', () => {
  const openPage = studioPages();
  const open = async (images: readonly ComparedImage[], width = 900) => {
    const studio = await openPage(undefined, { path: '/compare', width, height: 700 });
    await studio.page.route('**/images/*.png', async (route) => {
      const name = /(\w+)\.png$/.exec(route.request().url())?.[1] ?? '';
      await route.fulfill({ contentType: 'image/png', body: pictures[name] ?? '' });
    });
    await studio.send({ type: 'compare', images });
    return new Comparison(studio);
  };

  describe('is a dialog that', () => {
    it('takes the focus, closes with Escape or its button, and gives the focus back', async () => {
      const { studio, dialog } = await open([grey, dotted]);
      assert.equal(await studio.page.getByRole('dialog', { name: 'Compare' }).isVisible(), true);
      assert.equal(await dialog.locator(':focus').count(), 1);
      await studio.page.keyboard.press('Escape');
      assert.equal(await dialog.isVisible(), false);
      assert.equal(await studio.focused(), 'opener');
      await studio.send({ type: 'compare', images: [grey, dotted] });
      await studio.button('Close').click();
      assert.equal(await dialog.isVisible(), false);
      assert.equal(await studio.focused(), 'opener');
    });

    it('lets go of its pictures when it closes', async () => {
      const { studio } = await open([grey, dotted, image('same'), image('tall')]);
      assert.equal(await studio.page.locator('img').count(), 4);
      await studio.page.keyboard.press('Escape');
      assert.equal(await studio.page.locator('img[src]').count(), 0);
    });

    it('says which image cannot be shown', async () => {
      const comparison = await open([grey, image('broken')]);
      await comparison.item('broken').getByText('This image cannot be shown').waitFor();
      await comparison.mode('Difference');
      await comparison.dialog.getByText('These images cannot be compared').waitFor();
    });

    it('fits narrow windows without scrolling sideways', async () => {
      const four = [
        grey,
        dotted,
        image('same'),
        image('tall', { label: `${'long'.repeat(30)}.png` }),
      ];
      const comparison = await open(four, 300);
      for (const name of ['Side by Side', 'Swipe', 'Onion Skin', 'Difference']) {
        await comparison.mode(name);
        assert.deepEqual(await comparison.tooWide(), [], name);
      }
    });

    it('has nothing for axe to find in any mode', async () => {
      const comparison = await open([grey, dotted, image('same')]);
      for (const name of ['Side by Side', 'Swipe', 'Onion Skin', 'Difference']) {
        await comparison.mode(name);
        assert.deepEqual(await comparison.studio.violations(), [], name);
      }
    });
  });

  describe('has modes that', () => {
    it('are chosen with the arrow keys', async () => {
      const { studio, dialog } = await open([grey, dotted]);
      const checked = async () => dialog.locator('input:checked').inputValue();
      assert.equal(await checked(), 'sideBySide');
      await studio.page.keyboard.press('ArrowRight');
      assert.equal(await checked(), 'swipe');
      assert.equal(await dialog.getByRole('slider', { name: 'Divider' }).isVisible(), true);
      await studio.page.keyboard.press('ArrowLeft');
      assert.equal(await checked(), 'sideBySide');
    });

    it('divide two images by pointer and by key', async () => {
      const comparison = await open([grey, dotted]);
      await comparison.mode('Swipe');
      const divider = comparison.dialog.getByRole('slider', { name: 'Divider' });
      const value = async () => divider.getAttribute('aria-valuenow');
      assert.equal(await value(), '50');
      await divider.press('ArrowRight');
      await divider.press('Shift+ArrowRight');
      assert.equal(await value(), '61');
      assert.equal(
        await divider.getAttribute('aria-valuetext'),
        'grey.png up to 61%, then dotted.png',
      );
      await divider.press('End');
      assert.equal(await value(), '100');
      const pane = await comparison.box(comparison.pair);
      await comparison.studio.page.mouse.move(pane.x + pane.width - 2, pane.y + 80);
      await comparison.studio.page.mouse.down();
      await comparison.studio.page.mouse.move(pane.x + pane.width / 4, pane.y + 40);
      await comparison.studio.page.mouse.up();
      assert.equal(await value(), '25');
      // While nothing can be moved, a click in the images is meant for the divider.
      await comparison.studio.page.mouse.click(pane.x + pane.width * 0.75, pane.y + 40);
      assert.equal(await value(), '75');
    });

    it('let one image shine through the other', async () => {
      const comparison = await open([grey, dotted]);
      await comparison.mode('Onion Skin');
      const slider = comparison.dialog.getByRole('slider', { name: 'Opacity' });
      await slider.fill('80');
      assert.equal(await slider.getAttribute('aria-valuetext'), 'dotted.png at 80%');
      assert.equal(await comparison.opacity(), '0.8');
    });

    it('count the pixels that differ', async () => {
      const comparison = await open([grey, dotted, image('same'), image('tall')]);
      await comparison.mode('Difference');
      await comparison.result('3.3% of pixels differ');
      assert.equal(
        await comparison.studio.page.getByRole('status').textContent(),
        '3.3% of pixels differ',
      );
      await comparison.dialog.getByLabel('Second image').selectOption('same');
      await comparison.result('Identical');
      await comparison.dialog.getByLabel('Second image').selectOption('tall');
      await comparison.result('Different sizes: 40 × 20 and 20 × 40');
    });

    it('exchange two images when one is chosen at both ends', async () => {
      const comparison = await open([grey, dotted, image('same')]);
      await comparison.mode('Swipe');
      await comparison.dialog.getByLabel('First image').selectOption('dotted');
      assert.equal(await comparison.dialog.getByLabel('Second image').inputValue(), 'grey');
    });

    it('show the other image while Space or the button is held', async () => {
      const comparison = await open([grey, dotted]);
      const { studio, pair } = comparison;
      await comparison.mode('Onion Skin');
      const seen = async () => pair.locator('.compare-layer:not(.unseen) img').count();
      await studio.page.keyboard.down(' ');
      assert.equal(await seen(), 1);
      assert.equal(await pair.locator('.unseen img').getAttribute('alt'), 'grey.png');
      await studio.page.keyboard.up(' ');
      assert.equal(await seen(), 2);
      await studio.button('Blink').hover();
      await studio.page.mouse.down();
      assert.equal(await seen(), 1);
      await studio.page.mouse.up();
      assert.equal(await seen(), 2);
    });
  });

  describe('zooms', () => {
    it('all images at once, by key, button and wheel', async () => {
      const comparison = await open([grey, dotted]);
      const { studio, dialog } = comparison;
      const fit = await comparison.widths();
      assert.equal(fit[0], fit[1]);
      await studio.page.keyboard.press('+');
      const larger = await comparison.widths();
      assert.deepEqual(larger, [fit[0] * 1.25, fit[0] * 1.25]);
      await studio.page.keyboard.press('0');
      assert.deepEqual(await comparison.widths(), fit);
      await studio.button('Actual Size').click();
      assert.deepEqual(await comparison.widths(), [40, 40]);
      assert.equal(await dialog.locator('.zoom-value').textContent(), '100%');
      await studio.button('Fit').click();
      await comparison.item('grey').locator('.compare-pane').hover();
      await studio.page.keyboard.down('Control');
      await studio.page.mouse.wheel(0, -200);
      await studio.page.keyboard.up('Control');
      const [wheeled] = await comparison.widths();
      assert.ok(wheeled > fit[0]);
    });

    it('and moves them together, by drag and arrow keys', async () => {
      const comparison = await open([grey, dotted]);
      const { studio, dialog } = comparison;
      for (let step = 0; step < 6; step++) await studio.page.keyboard.press('+');
      const before = await comparison.lefts();
      const pane = await comparison.box(comparison.item('grey').locator('.compare-pane'));
      await studio.page.mouse.move(pane.x + 100, pane.y + 100);
      await studio.page.mouse.down();
      await studio.page.mouse.move(pane.x + 70, pane.y + 100);
      await studio.page.mouse.up();
      assert.deepEqual(
        await comparison.lefts(),
        before.map((left) => left - 30),
      );
      await dialog.getByRole('group', { name: 'Images' }).press('ArrowRight');
      assert.deepEqual(
        await comparison.lefts(),
        before.map((left) => left - 78),
      );
    });
  });

  describe('accepts an image', () => {
    it('by its key or its button, and keeps showing all until one is gone', async () => {
      const comparison = await open([grey, dotted, earlier]);
      const { studio, dialog } = comparison;
      await studio.page.keyboard.press('2');
      await comparison.item('grey').getByRole('button').click();
      await studio.page.keyboard.press('3');
      assert.deepEqual(await studio.posted(), [
        { type: 'acceptImage', keep: 'dotted', trash: ['grey'] },
        { type: 'acceptImage', keep: 'grey', trash: ['dotted'] },
      ]);
      assert.equal(await comparison.item('a1b2c3d').getByRole('button').count(), 0);
      assert.equal(await dialog.locator('.compare-item').count(), 3);
    });

    it('only where another file could go', async () => {
      const comparison = await open([earlier, grey]);
      assert.equal(await comparison.dialog.getByRole('button', { name: 'Keep' }).count(), 0);
      await comparison.studio.page.keyboard.press('2');
      assert.deepEqual(await comparison.studio.posted(), []);
    });

    it('and closes when but one is left', async () => {
      const comparison = await open([grey, dotted, image('same')]);
      const { studio, dialog } = comparison;
      await comparison.mode('Swipe');
      await comparison.item('grey').getByRole('button').focus();
      await comparison.remove('grey');
      assert.equal(await comparison.pair.locator('img').first().getAttribute('alt'), 'dotted.png');
      assert.equal(await studio.focused(), 'Images');
      // The keys stay with the images.
      await studio.page.keyboard.press('2');
      assert.deepEqual(await studio.posted(), [
        { type: 'acceptImage', keep: 'dotted', trash: ['same'] },
      ]);
      await comparison.remove('same');
      assert.equal(await dialog.isVisible(), false);
      assert.equal(await studio.focused(), 'opener');
    });
  });
});

/** What is seen of a comparison. */
class Comparison {
  readonly dialog: Locator;
  readonly pair: Locator;

  constructor(readonly studio: StudioPage) {
    this.dialog = studio.page.locator('dialog');
    this.pair = studio.page.locator('.compare-pane.pair');
  }

  async mode(name: string): Promise<void> {
    await this.dialog.getByRole('radio', { name }).check();
  }

  /** The image with this id; all have their own labels. */
  item(id: string): Locator {
    return this.dialog.locator('.compare-item').filter({ hasText: id });
  }

  async result(text: string): Promise<void> {
    await this.dialog.getByText(text, { exact: true }).waitFor();
  }

  async remove(id: string): Promise<void> {
    await this.studio.page.evaluate(`removeImages([${JSON.stringify(id)}])`);
  }

  /** How much of the image on top is seen. */
  async opacity(): Promise<string> {
    const top = `document.querySelector('.pair .compare-layer + .compare-layer')`;
    return this.studio.page.evaluate<string>(`getComputedStyle(${top}).opacity`);
  }

  async box(of: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await of.boundingBox();
    assert.ok(box);
    return box;
  }

  async widths(): Promise<[number, number]> {
    const [first, second] = await this.#pictures();
    return [first.width, second.width];
  }

  async lefts(): Promise<number[]> {
    return (await this.#pictures()).map(({ x }) => x);
  }

  /** The parts whose contents are wider than they are. */
  async tooWide(): Promise<string[]> {
    return this.studio.page.evaluate<string[]>(`
      [...document.querySelectorAll('html, dialog, .compare-head, .compare-bar, .compare-items, .compare-caption')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ className }) => className)`);
  }

  async #pictures() {
    const all = await this.dialog.locator('img').all();
    const [first, second] = await Promise.all(all.map((picture) => this.box(picture)));
    assert.ok(first && second);
    return [first, second] as const;
  }
}
