import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { emulator } from '../emulator/controlClient';
import { encodePng } from '../emulator/picture/encodePng';
import type { OpenWorkbench } from '../host/openWorkbench';
import { type EmulatorWorkbench, openEmulatorWorkbench, showFailure } from './emulatorWorkbench';

// The host's side of the input images: chosen, kept, looked at again, and sent.

describe('The Studio with input images', () => {
  let folder: string;
  let open: OpenWorkbench;
  let suite: EmulatorWorkbench;
  let studio: FrameLocator;
  const part = (selector: string): Locator => studio.locator(`${selector}:visible`);
  const tiles = (): Locator => part('.field-images .input-tile');
  const choose = async (row: string) => {
    await part('.field-images .add-input').click();
    await open.workbench.pick('Choose an input image', row);
  };
  const show = async () => {
    await open.workbench.command('Easel: Open Studio');
    studio = await open.workbench.webviewWith('textarea');
  };

  before(async () => {
    suite = await openEmulatorWorkbench(
      { 'photo.png': greyPng(640, 480), 'tiny.png': greyPng(16, 16) },
      {
        settings: { user: { 'easel.model': 'qwen-image-9.9' } },
      },
    );
    ({ folder, open } = suite);
    await show();
  });

  afterEach(async function () {
    await showFailure(this.currentTest, open?.workbench);
  });

  after(() => suite?.close());

  it('offers a model that was typed, and says what its rules are worth', async () => {
    assert.equal(await part('#model').inputValue(), 'qwen-image-9.9');
    await studio.getByText('goes by the rules of its family').waitFor();
  });

  it('takes files of the workspace, and sends them', async () => {
    await part('#model').selectOption('qwen-image-2.0');
    await studio.getByText('¥0.20 per image').waitFor();
    await choose('photo.png');
    await tiles().first().waitFor();
    await tiles()
      .locator('img')
      .evaluate((image: { decode(): Promise<void> }) => image.decode());
    assert.match((await tiles().first().getAttribute('title')) ?? '', /640 × 480/);
    await studio.getByLabel('Prompt', { exact: true }).fill('make it evening');
    await studio.getByRole('button', { name: 'Generate · ¥0.20' }).click();
    await part('.job[data-status="saved"]').waitFor();
    const [request] = await emulator.requests();
    assert.match(JSON.stringify(request), /qwen-image-2\.0/);
    assert.equal((await emulator.ledger()).length, 1);
  });

  it('takes an address of the web that may be one', async () => {
    await choose('Web Address…');
    const box = open.workbench.quickInput('Web address of an image');
    await box.locator('input.input').fill('http://example.com/fox.png');
    await open.workbench.quickInput('begins with https://').waitFor();
    await open.workbench.answer('Web address of an image', 'https://example.com/fox.png');
    await tiles().nth(1).getByText('fox.png').waitFor();
  });

  it('says what is wrong with a file', async () => {
    await choose('tiny.png');
    await part('#images-issue').getByText('Input image 3').waitFor();
    await studio.getByRole('button', { name: 'Remove tiny.png' }).click();
    await part('#images-issue').waitFor({ state: 'detached' });
  });

  it('keeps them when it is closed, and shows one that is gone meanwhile as gone', async () => {
    await open.workbench.command('View: Close All Editors');
    await rm(path.join(folder, 'photo.png'));
    await show();
    await tiles().nth(1).getByText('fox.png').waitFor();
    await part('.input-tile[title*="no longer there"]').waitFor();
    await studio.getByRole('button', { name: 'Generate · ¥0.20' }).click();
    await open.workbench.toast('photo.png').waitFor();
    assert.equal((await emulator.ledger()).length, 1);
    await studio.getByRole('button', { name: 'Remove photo.png' }).click();
    await studio.getByRole('button', { name: 'Remove fox.png' }).click();
  });

  it('gives another model the place of one that takes no images', async () => {
    await part('#model').selectOption('wan2.6-t2i');
    await studio.getByLabel('Prompt', { exact: true }).fill('kept');
    await part('.field-images').waitFor({ state: 'detached' });
    await part('.tile .toolbar button:nth-child(2)').click();
    await tiles().first().waitFor();
    assert.equal(await part('#model').inputValue(), 'qwen-image-2.0');
    assert.equal(await studio.getByLabel('Prompt', { exact: true }).inputValue(), 'kept');
  });

  it('takes a file of the Explorer, opened or not', async () => {
    const { workbench } = open;
    await workbench.command('View: Close All Editors');
    await workbench.imageMenu('tiny.png', 'Use as Reference');
    studio = await workbench.webviewWith('textarea');
    await tiles().nth(1).getByText('tiny.png').waitFor();
    await workbench.imageMenu('tiny.png', 'Use as Reference');
    assert.equal(await tiles().count(), 2);
  });
});

function greyPng(width: number, height: number): Buffer {
  return encodePng({ width, height, pixels: new Uint8Array(width * height * 3).fill(120) });
}
