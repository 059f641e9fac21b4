import assert from 'node:assert/strict';
import { posix } from 'node:path';
import fc from 'fast-check';
import {
  type FolderRule,
  relativePath,
  resolveAssetsFolder,
} from '../../../src/workspace/savePath';

describe('the assets folder', () => {
  const accepted: readonly (readonly [string, string])[] = [
    ['assets/images', '/w/site/assets/images'],
    ['assets\\images\\', '/w/site/assets/images'],
    ['./assets//images/', '/w/site/assets/images'],
    ['.', '/w/site'],
    ['a/../b', '/w/site/b'],
    ['../site/pictures', '/w/site/pictures'],
    [' assets ', '/w/site/assets'],
    ['图片/插图 1', '/w/site/图片/插图 1'],
    ['.github/images', '/w/site/.github/images'],
    ['..images', '/w/site/..images'],
    ['a~b/100%', '/w/site/a~b/100%'],
  ];
  for (const [setting, path] of accepted) {
    it(`${JSON.stringify(setting)} is ${path}`, () => {
      assert.deepEqual(resolveAssetsFolder(setting, '/w/site'), { kind: 'folder', path });
    });
  }

  const refused: readonly (readonly [string, FolderRule])[] = [
    ['', 'empty'],
    ['  ', 'empty'],
    ['/etc', 'absolute'],
    ['\\images', 'absolute'],
    ['//server/share', 'absolute'],
    ['\\\\server\\share', 'absolute'],
    ['C:\\images', 'absolute'],
    ['c:/images', 'absolute'],
    ['C:images', 'absolute'],
    ['~', 'absolute'],
    ['~/Pictures', 'absolute'],
    ['~tom\\Pictures', 'absolute'],
    ['..', 'outside'],
    ['../other', 'outside'],
    ['../site2', 'outside'],
    ['a/../../b', 'outside'],
    ['..\\..\\b', 'outside'],
    ['a\0b', 'notPortable'],
    ['a/b\nc', 'notPortable'],
    ['images:hidden', 'notPortable'],
    ['file:///etc', 'notPortable'],
    ['a/.. /.. /b', 'notPortable'],
    ['a/...', 'notPortable'],
    ['what?', 'notPortable'],
    ['assets/aux', 'notPortable'],
    ['Con.d/images', 'notPortable'],
  ];
  for (const [setting, rule] of refused) {
    it(`${JSON.stringify(setting)} is refused as ${rule}`, () => {
      assert.deepEqual(resolveAssetsFolder(setting, '/w/site'), { kind: 'refused', rule });
    });
  }

  it('works in a workspace folder that is a root or ends with a slash', () => {
    const path = (folder: string, setting: string) => resolveAssetsFolder(setting, folder);
    assert.deepEqual(path('/', 'images'), { kind: 'folder', path: '/images' });
    assert.deepEqual(path('/', '.'), { kind: 'folder', path: '/' });
    assert.deepEqual(path('/c:/', 'images'), { kind: 'folder', path: '/c:/images' });
    assert.deepEqual(path('/w/site/', '..'), { kind: 'refused', rule: 'outside' });
  });

  it('never lies outside the workspace folder', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', 'a', 'site', ' ', '~', 'C:', '图');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const folder = resolveAssetsFolder(pieces.join(''), '/w/site');
        if (folder.kind === 'refused') return;
        assert.ok(folder.path === '/w/site' || folder.path.startsWith('/w/site/'));
        assert.equal(folder.path, posix.normalize(folder.path));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the relative path of a link', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['/w/readme.md', '/w/assets/fox.png', 'assets/fox.png'],
    ['/w/docs/a/readme.md', '/w/assets/fox.png', '../../assets/fox.png'],
    ['/w/docs/readme.md', '/w/docs/fox.png', 'fox.png'],
    ['/w/a b/读我.md', '/w/图 片/fox.png', '../图 片/fox.png'],
    ['/readme.md', '/fox.png', 'fox.png'],
    ['/c:/w/readme.md', '/C:/w/assets/fox.png', 'assets/fox.png'],
    ['/c:/w/readme.md', '/c:/fox.png', '../fox.png'],
    ['/c:/w/readme.md', '/d:/w/fox.png', undefined],
    ['/c:/w/readme.md', '/w/fox.png', undefined],
  ];
  for (const [from, to, expected] of cases) {
    it(`from ${from} to ${to} is ${expected}`, () => {
      assert.equal(relativePath(from, to), expected);
    });
  }
});
