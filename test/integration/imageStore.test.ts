import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
        await rm(join(root, 'downloads', 'job-0.part'), { force: true });
        const image = { ...(await downloaded(1)), file: join(root, 'downloads', 'job-0.part') };
        assert.deepEqual(await store.save(image, targetIn(place(), first.uri)), first);
        assert.equal(chosen.length, 1);
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
    });
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
