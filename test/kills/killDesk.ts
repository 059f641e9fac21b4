import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { JobRecord } from '../../src/generation/jobJournal';
import { type Emulator, startEmulator } from '../emulator/emulator';
import { workbenchUrl } from '../host/npmHost';
import { type OpenWorkbench, openWorkbench } from '../host/openWorkbench';
import { killExtensionHosts } from './extensionHosts';

/** A command with its arguments that a key of the window runs. */
export interface BoundKey {
  readonly key: string;
  readonly command: string;
  readonly args?: unknown;
}

const documentName = 'points.md';

/** The packaged Easel in a real window with an open document, the emulator as its service, and eyes on its files. */
export class KillDesk {
  private constructor(
    readonly emulator: Emulator,
    readonly folder: string,
    private readonly open: OpenWorkbench,
  ) {}

  static async open(keys: readonly BoundKey[]): Promise<KillDesk> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'easel-kills-'));
    await mkdir(path.join(folder, 'assets/images'), { recursive: true });
    await writeFile(path.join(folder, documentName), '# Points\n\n');
    const emulator = await startEmulator();
    const open = await openWorkbench({
      vsix: process.env.EASEL_VSIX ?? '',
      folder,
      endpoint: emulator.url,
      apiKey: 'sk-emulator',
      settings: {
        user: {
          'files.autoSave': 'afterDelay',
          'files.autoSaveDelay': 1,
          'editor.stickyScroll.enabled': false,
        },
      },
    });
    const readyKey = { key: readyChord, command: 'workbench.action.quickOpen', args: '?' };
    const keysFile = path.join(open.server.dataDir, 'data/User/keybindings.json');
    await writeFile(keysFile, JSON.stringify([readyKey, ...keys]));
    const desk = new KillDesk(emulator, folder, open);
    await desk.reopen();
    return desk;
  }

  get workbench() {
    return this.open.workbench;
  }

  /** Easel's own folder. */
  get storage(): string {
    return path.join(this.open.server.dataDir, 'data/User/globalStorage/easel.easel');
  }

  /** Loads the window anew, with the document shown. */
  async reopen(): Promise<void> {
    const { workbench, page, server } = this.open;
    const openFile = path.join(this.folder, documentName);
    await page.goto(workbenchUrl(server.url, { folder: this.folder, openFile }));
    await workbench.ready();
    await workbench.tab(documentName).waitFor();
  }

  /** Waits until the window's keys are at work, with the cursor at the end of the document. */
  async prepare(): Promise<void> {
    const { workbench, page } = this.open;
    const list = page.locator('.quick-input-widget:visible');
    await workbench.until(async () => {
      await page.keyboard.press(toPlaywright(readyChord));
      return list.waitFor({ timeout: 500 }).then(
        () => true,
        () => false,
      );
    }, 'the keys of the window do not work');
    await workbench.escape();
    await list.waitFor({ state: 'hidden' });
    await page.locator('.editor-instance .view-line').first().waitFor();
    await page.keyboard.press('Control+1'); // the first group of editors
    await page.keyboard.press('Control+End');
  }

  /** Runs what a key is bound to, on a line of its own. */
  async press(key: string): Promise<void> {
    await this.open.page.keyboard.press('Enter');
    await this.open.page.keyboard.press(toPlaywright(key));
  }

  /** Kills the extension host, as the system does when memory runs out. */
  async kill(): Promise<void> {
    const count = await killExtensionHosts(path.join(this.open.server.dataDir, 'home'));
    if (count === 0) throw new Error('there is no extension host');
  }

  /** What the journal has, of one prompt or of all. */
  async records(prompt?: string): Promise<JobRecord[]> {
    const folder = path.join(this.storage, 'jobs');
    const names = (await namesIn(folder)).filter((name) => name.endsWith('.json'));
    const records = await Promise.all(
      names.map(async (name) => {
        const text = await readFile(path.join(folder, name), 'utf8').catch(() => '');
        // Written by the extension; times are texts here.
        return text ? [JSON.parse(text) as JobRecord] : [];
      }),
    );
    return records
      .flat()
      .filter(({ job }) => prompt === undefined || job.request.prompt === prompt);
  }

  /** Every file of Easel's own and of the images folder, with slashes. */
  async files(): Promise<string[]> {
    const roots = [this.storage, path.join(this.folder, 'assets')];
    const lists = await Promise.all(roots.map((root) => filesBelow(root)));
    return lists.flat();
  }

  /** The images that were made from a prompt, in the images folder or kept aside. */
  async images(prompt: string): Promise<string[]> {
    const name = prompt.replaceAll(' ', '-');
    return (await this.files()).filter(
      (file) => file.endsWith('.png') && path.basename(file).startsWith(name),
    );
  }

  /** As it lies on the disk. */
  document(): Promise<string> {
    return readFile(path.join(this.folder, documentName), 'utf8');
  }

  async close(): Promise<void> {
    await this.open.close();
    await this.emulator.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const readyChord = 'ctrl+alt+0';

/** `ctrl+alt+f1` is `Control+Alt+F1` there. */
function toPlaywright(key: string): string {
  const names: Readonly<Record<string, string>> = { ctrl: 'Control', alt: 'Alt', shift: 'Shift' };
  return key
    .split('+')
    .map((part) => names[part] ?? part.toUpperCase())
    .join('+');
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
