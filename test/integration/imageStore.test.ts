import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { DownloadedImage } from '../../src/imageModel/imageModel';
import { ImageStore } from '../../src/workspace/imageStore';
import { FullDisk } from '../fakes/fullDisk';
import { RecordingLogger } from '../fakes/recordingLogger';
import { png } from '../unit/dashscope/pictures';

const bytes = png(8, 4);
const refused = () => Promise.reject(new Error('refused'));

describe('the image store', () => {
  const disk = new FullDisk(1_000);
  let registration: vscode.Disposable;
  let root: string;
  let logger: RecordingLogger;
  let store: ImageStore;
  let chosen: string[];

  before(() => {
    registration = vscode.workspace.registerFileSystemProvider('easel-disk', disk);
  });
  after(() => registration.dispose());
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'easel-store-'));
    await mkdir(join(root, 'downloads'));
    logger = new RecordingLogger();
    store = new ImageStore(vscode.Uri.file(join(root, 'kept')), logger);
    chosen = [];
    disk.clear();
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function downloaded(position = 0): Promise<DownloadedImage> {
    const file = join(root, 'downloads', `job-${position}.part`);
    await writeFile(file, bytes);
    const size = { width: 8, height: 4 };
    return { file, byteLength: bytes.length, mediaType: 'image/png', size };
  }

  const uriOf = (...names: string[]): string => `${vscode.Uri.file(join(root, ...names))}`;
  const assets = () => uriOf('assets');
  const onChosen = async (uri: string): Promise<void> => void chosen.push(uri);
  const targetIn = (folder: string, earlier?: string) => ({
    ...{ folder, prompt: 'red fox', onChosen, chosen: earlier },
  });

  it('places an image in a folder of this machine and says where before', async () => {
    const image = await downloaded();
    const saved = await store.save(image, targetIn(assets()));
    assert.deepEqual(saved, { uri: uriOf('assets', 'red-fox.png') });
    assert.deepEqual(chosen, [saved.uri]);
    assert.deepEqual(await readFile(join(root, 'assets', 'red-fox.png')), bytes);
    assert.deepEqual(await readdir(join(root, 'downloads')), []);
  });

  it('chooses another name for each image of a batch', async () => {
    const images = await Promise.all([0, 1, 2, 3, 4, 5].map((position) => downloaded(position)));
    await Promise.all(images.map((image) => store.save(image, targetIn(assets()))));
    assert.equal(new Set(chosen).size, 6);
    assert.equal(chosen.length, 6);
    assert.equal((await readdir(join(root, 'assets'))).length, 6);
  });

  it('gives an image the very name that is wanted, or the next one where that is taken', async () => {
    await mkdir(join(root, 'assets'));
    await writeFile(join(root, 'assets', 'hero.png'), 'other');
    const file = { base: 'hero' };
    const saved = await store.save(await downloaded(), { ...targetIn(assets()), file });
    assert.equal(saved.uri, uriOf('assets', 'hero-1.png'));
  });

  it('puts an image in the place of another, which stays in the trash or beside it', async () => {
    await mkdir(join(root, 'assets'));
    await writeFile(join(root, 'assets', 'hero.png'), 'old');
    const file = { base: 'hero', replaces: uriOf('assets', 'hero.png') };
    const saved = await store.save(await downloaded(), { ...targetIn(assets()), file });
    assert.equal(saved.uri, uriOf('assets', 'hero.png'));
    assert.deepEqual(await readFile(join(root, 'assets', 'hero.png')), bytes);
    const others = (await readdir(join(root, 'assets'))).filter((name) => name !== 'hero.png');
    // Of a trash, no test knows where it is.
    for (const name of others)
      assert.equal(await readFile(join(root, 'assets', name), 'utf8'), 'old');
  });

  it('puts it under the very name of that, and touches nothing where the types differ', async () => {
    await mkdir(join(root, 'assets'));
    for (const name of ['Cover.PNG', 'hero.jpg', 'hero.png']) {
      await writeFile(join(root, 'assets', name), name);
    }
    const save = async (base: string, name: string): Promise<string> => {
      const file = { base, replaces: uriOf('assets', name) };
      return (await store.save(await downloaded(), { ...targetIn(assets()), file })).uri;
    };
    assert.equal(await save('Cover', 'Cover.PNG'), uriOf('assets', 'Cover.PNG'));
    assert.equal(await save('hero', 'hero.jpg'), uriOf('assets', 'hero-1.png'));
    for (const name of ['hero.jpg', 'hero.png']) {
      assert.equal(await readFile(join(root, 'assets', name), 'utf8'), name);
    }
  });

  it('places an image in a folder that only VS Code can reach', async () => {
    const first = await store.save(await downloaded(), targetIn('easel-disk:/assets'));
    const second = await store.save(await downloaded(), targetIn('easel-disk:/assets'));
    assert.deepEqual([first.uri, second.uri], chosen);
    assert.deepEqual(disk.files, ['/assets/red-fox.png', '/assets/red-fox-1.png']);
    assert.deepEqual(await readdir(join(root, 'downloads')), []);
  });

  describe('after it was cut off', () => {
    for (const folder of ['file', 'easel-disk'] as const) {
      const place = () => (folder === 'file' ? assets() : 'easel-disk:/assets');

      it(`finds the image that it had placed, by ${folder}`, async () => {
        const first = await store.save(await downloaded(), targetIn(place()));
        const again = await store.save(await downloaded(), targetIn(place(), first.uri));
        assert.deepEqual(again, first);
        assert.deepEqual(await readdir(join(root, 'downloads')), []);
        assert.equal(chosen.length, 1);
      });

      it(`finds it without the download, by ${folder}`, async () => {
        const { file } = await downloaded();
        const { uri } = await store.save(await downloaded(), targetIn(place()));
        const size = { width: 8, height: 4 };
        assert.deepEqual(await store.find(uri, file), { uri, mediaType: 'image/png', size });
        assert.equal(await store.find(`${place()}/other.png`, file), undefined);
        await downloaded();
        assert.equal(await store.find(uri, file), undefined);
        assert.ok(existsSync(file));
      });

      it(`finds nothing that is no whole image, by ${folder}`, async () => {
        const uri = vscode.Uri.parse(`${place()}/red-fox.png`);
        await vscode.workspace.fs.writeFile(uri, bytes.subarray(0, -1));
        const file = join(root, 'downloads', 'job-0.part');
        assert.equal(await store.find(`${uri}`, file), undefined);
      });

      it(`places an image that it had only chosen a name for, by ${folder}`, async () => {
        const earlier = `${place()}/red-fox.png`;
        const saved = await store.save(await downloaded(), targetIn(place(), earlier));
        assert.deepEqual(saved, { uri: earlier });
      });
    }

    it('takes no other file under the chosen name for the image', async () => {
      await mkdir(join(root, 'assets'));
      await writeFile(join(root, 'assets', 'red-fox.png'), 'mine');
      const earlier = uriOf('assets', 'red-fox.png');
      const saved = await store.save(await downloaded(), targetIn(assets(), earlier));
      assert.deepEqual(saved, { uri: uriOf('assets', 'red-fox-1.png') });
      assert.equal(await readFile(join(root, 'assets', 'red-fox.png'), 'utf8'), 'mine');
    });

    it('knows that an image was kept aside', async () => {
      const image = await downloaded();
      await mkdir(join(root, 'kept'));
      await link(image.file, join(root, 'kept', 'red-fox.png'));
      const earlier = uriOf('kept', 'red-fox.png');
      const saved = await store.save(image, targetIn(assets(), earlier));
      assert.equal(saved.uri, earlier);
      assert.ok(saved.keptBecause);
      assert.ok(!existsSync(image.file));
      const found = await store.find(earlier, image.file);
      assert.deepEqual([found?.uri, found?.keptBecause], [earlier, saved.keptBecause]);
    });

    it('finds nothing under an address that nobody serves', async () => {
      const file = join(root, 'downloads', 'job-0.part');
      assert.equal(await store.find('easel-none:/assets/red-fox.png', file), undefined);
      assert.equal(await store.find('not an address', file), undefined);
    });
  });

  it('makes all the folders that are missing in a workspace that is there', async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    const made = vscode.Uri.joinPath(workspace.uri, 'made-for-an-image');
    const saved = await store.save(await downloaded(), targetIn(`${made}/assets/deep`));
    await vscode.workspace.fs.delete(made, { recursive: true });
    assert.deepEqual(saved, { uri: `${made}/assets/deep/red-fox.png` });
  });

  describe('where it cannot write', () => {
    it('keeps the image when a file is in the place of the folder', async () => {
      await writeFile(join(root, 'assets'), 'mine');
      const saved = await store.save(await downloaded(), targetIn(assets()));
      assert.equal(saved.uri, uriOf('kept', 'red-fox.png'));
      assert.match(saved.keptBecause ?? '', /^EEXIST: [^/\\]*$/);
      assert.deepEqual(chosen, [saved.uri]);
      assert.deepEqual(await readdir(join(root, 'downloads')), []);
      assert.ok(!logger.lines.join('\n').includes('fox'));
    });

    it('makes no folder anew that was taken away with all around it', async () => {
      const saved = await store.save(await downloaded(), targetIn(uriOf('moved', 'assets')));
      assert.deepEqual(saved, {
        uri: uriOf('kept', 'red-fox.png'),
        keptBecause: 'the folder around the chosen folder is gone',
      });
      assert.ok(!existsSync(join(root, 'moved')));
      assert.deepEqual(chosen, [saved.uri]);
    });

    it('makes no workspace anew that was moved away', async () => {
      const [workspace] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(workspace);
      const away = `${workspace.uri.fsPath}-moved`;
      const image = await downloaded();
      await rename(workspace.uri.fsPath, away);
      try {
        const saved = await store.save(image, targetIn(`${workspace.uri}/assets`));
        assert.equal(saved.uri, uriOf('kept', 'red-fox.png'));
        assert.equal(saved.keptBecause, 'the workspace folder is gone');
        assert.ok(!existsSync(workspace.uri.fsPath));
      } finally {
        await rename(away, workspace.uri.fsPath);
      }
    });

    it('keeps the image when the folder is on a full disk', async () => {
      await vscode.workspace.fs.writeFile(
        vscode.Uri.parse('easel-disk:/large.bin'),
        new Uint8Array(1_000),
      );
      const saved = await store.save(await downloaded(), targetIn('easel-disk:/assets'));
      assert.equal(saved.uri, uriOf('kept', 'red-fox.png'));
      assert.match(saved.keptBecause ?? '', /no space left/);
      assert.deepEqual(disk.files, ['/large.bin']);
    });

    it('fails when it cannot keep the image either, and leaves the download', async () => {
      await writeFile(join(root, 'assets'), '');
      await writeFile(join(root, 'kept'), '');
      const image = await downloaded();
      await assert.rejects(store.save(image, targetIn(assets())), {
        ...{ kind: 'storage', code: 'NotWritten', retryable: true, billed: 'yes' },
      });
      assert.ok(existsSync(image.file));
    });

    it('goes on with the next image', async () => {
      await writeFile(join(root, 'assets'), '');
      const images = [await downloaded(0), await downloaded(1)];
      const kept = await Promise.all(images.map((image) => store.save(image, targetIn(assets()))));
      assert.equal(new Set(kept.map(({ uri }) => uri)).size, 2);
    });
  });

  for (const folder of ['file', 'easel-disk'] as const) {
    it(`places and keeps nothing where the choice is refused, by ${folder}`, async () => {
      const place = folder === 'file' ? assets() : 'easel-disk:/assets';
      const image = await downloaded();
      await assert.rejects(
        store.save(image, { ...targetIn(place), onChosen: refused }),
        /^Error: refused$/,
      );
      assert.deepEqual(await readdir(join(root, 'assets')).catch(() => []), []);
      assert.deepEqual(disk.files, []);
      assert.ok(!existsSync(join(root, 'kept')));
      assert.ok(existsSync(image.file));
    });
  }
});
