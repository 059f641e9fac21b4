import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DownloadedImage } from '../../../src/imageModel/imageModel';
import {
  findPlaced,
  type PlacingFiles,
  placeFile,
  wasPlaced,
} from '../../../src/workspace/placeFile';
import { filesOnTwoDisks, filesThatFail } from '../../fakes/placingFiles';
import { jpeg, png } from '../dashscope/pictures';

const bytes = png(8, 4);
const isPosix = process.platform !== 'win32';

describe('placing a file', () => {
  let root: string;
  let part: string;
  let folder: string;
  let chosen: string[];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'easel-place-'));
    part = join(root, 'downloads', 'job-0.part');
    folder = join(root, 'assets');
    chosen = [];
    await mkdir(join(root, 'downloads'));
    await writeFile(part, bytes, { mode: 0o600 });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const twoDisks = (): PlacingFiles => filesOnTwoDisks((path) => path.startsWith(folder));

  function place(
    files?: PlacingFiles,
    onChosen: (name: string) => unknown = (name) => chosen.push(name),
  ): Promise<string> {
    const placement = {
      ...{ file: part, folder, base: 'fox', extension: 'png' },
      onChosen: async (name: string) => void (await onChosen(name)),
    };
    return placeFile(placement, files);
  }

  const ways: readonly (readonly [string, () => PlacingFiles | undefined])[] = [
    ['by a link', () => undefined],
    ['by a copy, where the folder is on another disk', twoDisks],
    ['by a rename, where there are no hard links', () => filesThatFail({ link: 'EPERM' })],
    [
      'by a copy and a rename, where neither is there',
      () => ({ ...twoDisks(), link: filesThatFail({ link: 'ENOTSUP' }).link }),
    ],
  ];

  for (const [way, makeFiles] of ways) {
    describe(way, () => {
      it('makes the folder, leaves the bytes there and nothing else anywhere', async () => {
        strictEqual(await place(makeFiles()), 'fox.png');
        deepStrictEqual(await readdir(folder), ['fox.png']);
        deepStrictEqual(await readFile(join(folder, 'fox.png')), bytes);
        deepStrictEqual(await readdir(join(root, 'downloads')), []);
      });

      it('gives it the permissions of any new file', async function () {
        if (!isPosix) this.skip();
        await mkdir(folder);
        await writeFile(join(folder, 'plain'), '');
        await place(makeFiles());
        strictEqual(
          (await stat(join(folder, 'fox.png'))).mode,
          (await stat(join(folder, 'plain'))).mode,
        );
      });

      it('names its choice before a file is there', async () => {
        let wasThere: boolean | undefined;
        await place(makeFiles(), (name) => {
          wasThere = existsSync(join(folder, name));
        });
        strictEqual(wasThere, false);
      });

      it('takes the next name where one is taken, in any case', async () => {
        await mkdir(folder);
        await writeFile(join(folder, 'FOX.png'), 'mine');
        await writeFile(join(folder, 'fox-1.PNG'), 'mine');
        strictEqual(await place(makeFiles()), 'fox-2.png');
        deepStrictEqual(chosen, ['fox-2.png']);
        strictEqual(await readFile(join(folder, 'FOX.png'), 'utf8'), 'mine');
      });

      it('goes over no file that appears after the choice', async () => {
        const name = await place(makeFiles(), async (each) => {
          chosen.push(each);
          if (chosen.length < 3) await writeFile(join(folder, each), 'theirs');
        });
        strictEqual(name, 'fox-2.png');
        deepStrictEqual(chosen, ['fox.png', 'fox-1.png', 'fox-2.png']);
        strictEqual(await readFile(join(folder, 'fox.png'), 'utf8'), 'theirs');
        deepStrictEqual((await readdir(folder)).sort(), ['fox-1.png', 'fox-2.png', 'fox.png']);
      });

      it('does not follow a link that leads nowhere', async function () {
        if (!isPosix) this.skip();
        const elsewhere = join(root, 'elsewhere.png');
        await place(makeFiles(), async (each) => {
          if (each === 'fox.png') await symlink(elsewhere, join(folder, each));
        });
        ok(!existsSync(elsewhere));
        deepStrictEqual(await readFile(join(folder, 'fox-1.png')), bytes);
      });

      it('places nothing when the choice is refused', async () => {
        const refusal = new Error('not mine any more');
        await rejects(
          place(makeFiles(), () => Promise.reject(refusal)),
          refusal,
        );
        deepStrictEqual(await readdir(folder), []);
        ok(existsSync(part));
      });

      it('is not there after a crash between the choice and the file', async () => {
        await rejects(place(makeFiles(), () => Promise.reject(new Error('crash'))));
        strictEqual(await wasPlaced(image(), join(folder, 'fox.png')), false);
        strictEqual(await place(makeFiles()), 'fox.png');
      });

      it('is known again after a crash behind the end', async () => {
        await place(makeFiles());
        const found = await findPlaced(part, join(folder, 'fox.png'));
        deepStrictEqual(found, { mediaType: 'image/png', size: { width: 8, height: 4 } });
      });

      it('has the name on disk before the file is taken away', async () => {
        const files = makeFiles() ?? filesThatFail({});
        const syncs: boolean[] = [];
        const open: PlacingFiles['open'] = async (path, flags) => {
          if (path === folder) syncs.push(existsSync(join(folder, 'fox.png')));
          return files.open(path, flags);
        };
        let syncsBefore: number | undefined;
        const removing: PlacingFiles['rm'] = (path, options) => {
          if (path === part) syncsBefore = syncs.length;
          return files.rm(path, options);
        };
        await place({ ...files, open, rm: removing });
        deepStrictEqual([syncs, syncsBefore], [[true], 1]);
      });

      it('lies in one of the two places, whole, whatever fails', async () => {
        for (const name of placingNames) {
          for (const code of ['EIO', 'EXDEV', 'EEXIST']) {
            const failing = pickOne(filesThatFail({ [name]: code }), name);
            const files = { ...(makeFiles() ?? filesThatFail({})), ...failing };
            let tries = 0;
            const placed = await place(files, () => {
              tries += 1;
              if (tries > 3) throw new Error('never');
            }).catch(() => undefined);
            const where = placed === undefined ? part : join(folder, placed);
            deepStrictEqual(await readFile(where), bytes, `${name} ${code}`);
            await rm(folder, { recursive: true, force: true });
            await writeFile(part, bytes);
          }
        }
      });
    });
  }

  it('leaves no half copy when the other disk is full', async () => {
    const files = { ...twoDisks(), copyFile: halfCopy };
    await rejects(place(files), { code: 'ENOSPC' });
    deepStrictEqual(await readdir(folder), []);
    deepStrictEqual(await readFile(part), bytes);
  });

  it('leaves no copy when that cannot be named', async () => {
    const files = { ...twoDisks(), ...pick(filesThatFail({ link: 'EXDEV', rename: 'EROFS' })) };
    await rejects(place(files));
    deepStrictEqual(await readdir(folder), []);
    ok(existsSync(part));
  });

  it('goes over the copy that a crash left', async () => {
    await mkdir(folder);
    await writeFile(join(folder, '.easel-job-0.tmp'), 'half');
    await place(twoDisks());
    deepStrictEqual(await readdir(folder), ['fox.png']);
    deepStrictEqual(await readFile(join(folder, 'fox.png')), bytes);
  });

  for (const code of ['EACCES', 'EROFS', 'ENOSPC', 'ENOENT']) {
    it(`fails with ${code} of the folder, and keeps the file`, async () => {
      await rejects(place(filesThatFail({ link: code, rename: code })), { code });
      deepStrictEqual(await readdir(folder), []);
      ok(existsSync(part));
    });
  }

  it('fails where a file is in the place of the folder', async () => {
    await writeFile(folder, 'mine');
    await rejects(place(), { code: 'EEXIST' });
    ok(existsSync(part));
  });

  it('is done even where the download cannot be taken away', async () => {
    strictEqual(await place(filesThatFail({ rm: 'EBUSY' })), 'fox.png');
    deepStrictEqual(await readFile(join(folder, 'fox.png')), bytes);
  });

  describe('that a crash may have placed', () => {
    beforeEach(() => mkdir(folder));

    it('does not take another file of that name for it', async () => {
      for (const other of [Buffer.from('mine'), png(4, 8), Buffer.alloc(bytes.length)]) {
        await writeFile(join(folder, 'fox.png'), other);
        strictEqual(await wasPlaced(image(), join(folder, 'fox.png')), false);
        ok(existsSync(part));
      }
    });

    it('does not take a folder or a link for it', async function () {
      if (!isPosix) this.skip();
      await mkdir(join(folder, 'a.png'));
      await symlink(part, join(folder, 'b.png'));
      strictEqual(await wasPlaced(image(), join(folder, 'a.png')), false);
      strictEqual(await wasPlaced(image(), join(folder, 'b.png')), false);
      ok(existsSync(part));
    });

    it('takes a copy for it, and clears away what that was made from', async () => {
      await copyFile(part, join(folder, 'fox.png'));
      await writeFile(join(folder, '.easel-job-0.tmp'), bytes);
      strictEqual(await wasPlaced(image(), join(folder, 'fox.png')), true);
      deepStrictEqual(await readdir(folder), ['fox.png']);
      ok(!existsSync(part));
    });

    it('takes a link to the same bytes for it', async () => {
      await link(part, join(folder, 'fox.png'));
      strictEqual(await wasPlaced(image(), join(folder, 'fox.png')), true);
      deepStrictEqual(await readFile(join(folder, 'fox.png')), bytes);
      ok(!existsSync(part));
    });
  });

  describe('whose download a crash left no trace of', () => {
    beforeEach(async () => {
      await mkdir(folder);
      await rm(part);
    });
    const find = () => findPlaced(part, join(folder, 'fox.png'));

    it('is found, and the copy that was left is taken away', async () => {
      await writeFile(join(folder, 'fox.png'), jpeg(20, 10));
      await writeFile(join(folder, '.easel-job-0.tmp'), bytes);
      deepStrictEqual(await find(), { mediaType: 'image/jpeg', size: { width: 20, height: 10 } });
      deepStrictEqual(await readdir(folder), ['fox.png']);
    });

    it('is not found while the download is there, whole or not', async () => {
      await writeFile(join(folder, 'fox.png'), bytes);
      for (const held of [bytes, bytes.subarray(0, 9), '']) {
        await writeFile(part, held);
        strictEqual(await find(), undefined);
        ok(existsSync(part));
      }
    });

    it('is not found where nothing lies, or no whole image', async () => {
      strictEqual(await find(), undefined);
      for (const other of [Buffer.from('mine'), bytes.subarray(0, -1), Buffer.alloc(0)]) {
        await writeFile(join(folder, 'fox.png'), other);
        strictEqual(await find(), undefined);
      }
    });

    it('is not found in a folder, nor behind a link', async function () {
      if (!isPosix) this.skip();
      await mkdir(join(folder, 'fox.png'));
      strictEqual(await find(), undefined);
      await rm(join(folder, 'fox.png'), { recursive: true });
      await writeFile(join(root, 'mine.png'), bytes);
      await symlink(join(root, 'mine.png'), join(folder, 'fox.png'));
      strictEqual(await find(), undefined);
    });
  });

  function image(): DownloadedImage {
    const size = { width: 8, height: 4 };
    return { file: part, byteLength: bytes.length, mediaType: 'image/png', size };
  }
});

function pick({ link, rename }: PlacingFiles): Pick<PlacingFiles, 'link' | 'rename'> {
  return { link, rename };
}

const placingNames = [
  'chmod',
  'copyFile',
  'link',
  'lstat',
  'mkdir',
  'open',
  'readdir',
  'rename',
  'rm',
] as const satisfies readonly (keyof PlacingFiles)[];

function pickOne(files: PlacingFiles, name: keyof PlacingFiles): Partial<PlacingFiles> {
  return { [name]: files[name] };
}

/** A disk that is full in the middle of a copy. */
const halfCopy: PlacingFiles['copyFile'] = async (from, to) => {
  await writeFile(to, (await readFile(from)).subarray(0, 10));
  throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
};
