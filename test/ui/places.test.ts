// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates of the settings look like TypeScript's
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { emulator } from '../emulator/controlClient';
import { type OpenWorkbench, openWorkbench, type WorkbenchOptions } from '../host/openWorkbench';
import { showFailure } from './emulatorWorkbench';

// Where images go when the window is not the usual one.

describe('Easel saves images', () => {
  let folder: string;
  let open: OpenWorkbench | undefined;

  beforeEach(async () => {
    await emulator.reset();
    folder = await mkdtemp(path.join(os.tmpdir(), 'easel-ui-'));
  });

  afterEach(async function () {
    await showFailure(this.currentTest, open?.workbench);
    await open?.close();
    open = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const openWith = async (options: Partial<WorkbenchOptions>): Promise<OpenWorkbench> => {
    open = await openWorkbench({
      vsix: process.env.EASEL_VSIX ?? '',
      endpoint: emulator.address,
      apiKey: 'sk-emulator',
      ...options,
    });
    return open;
  };

  it('where the person says, when no folder is open', async () => {
    const { workbench } = await openWith({});
    await workbench.command('Easel: Generate Image…');
    await workbench.answer('Describe the image', 'a paper boat');
    await workbench.quickInput('Where should Easel save images?').waitFor();
    await workbench.screenshot('no-folder');
    await workbench.chooseFolder('Where should Easel save images?', folder);
    await workbench.toast('Saved').waitFor();
    assert.deepEqual(await readdir(folder), ['a-paper-boat.png']);
  });

  it('in the default folder of a workspace that is not trusted, whatever its settings say', async () => {
    await mkdir(path.join(folder, '.vscode'));
    const settings = {
      ...{ 'easel.assetsFolder': 'theirs', 'easel.model': 'wanx-v1', 'easel.fileName': 'theirs' },
      ...{ 'markdown.copyFiles.destination': { '*': 'theirs/' }, 'pasteImage.path': 'theirs' },
    };
    await writeFile(path.join(folder, 'a.md'), '');
    await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    const { workbench } = await openWith({ folder, trust: false });
    await workbench.openFile('a.md');
    await workbench.command('Easel: Generate Image…');
    await workbench.answer('Describe the image', 'a paper boat');
    await workbench.toast('Saved assets/images/a-paper-boat.png').waitFor();
    assert.deepEqual(
      (await emulator.ledger()).map(({ model }) => model),
      ['qwen-image-2.0'],
    );
  });

  it('where pasted images go, when the person takes that over', async () => {
    await mkdir(path.join(folder, '.vscode'));
    const file = path.join(folder, '.vscode', 'settings.json');
    await writeFile(file, JSON.stringify({ 'pasteImage.path': '${projectRoot}/docs/img' }));
    const { workbench } = await openWith({ folder });
    await workbench.command('Easel: Generate Image…');
    await workbench.answer('Describe the image', 'a paper boat');
    await workbench.toast('Pasted images of this workspace go to docs/img.').waitFor();
    await workbench.screenshot('paste-folder');
    await workbench.pressToastButton('Pasted images of this workspace', 'Use That Folder');
    await workbench.toast('Saved docs/img/a-paper-boat.png').waitFor();
    assert.match(await readFile(file, 'utf8'), /"easel\.assetsFolder": "docs\/img"/);
  });

  it('not outside the workspace, and says what to change', async () => {
    const { workbench } = await openWith({
      folder,
      settings: { user: { 'easel.assetsFolder': '../elsewhere' } },
    });
    await workbench.command('Easel: Generate Image…');
    await workbench.answer('Describe the image', 'a paper boat');
    await workbench.toast('must be a relative path inside the workspace').waitFor();
    await workbench.screenshot('error-folder');
    assert.deepEqual(await emulator.requests(), []);
  });
});
