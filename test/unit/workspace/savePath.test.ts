// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates of the setting look like TypeScript's
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import fc from 'fast-check';
import {
  type FolderRule,
  relativePath,
  resolveAssetsFolder,
  resolveFolderTemplate,
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

describe('the assets folder with the variables of a document', () => {
  const document = '/w/site/docs/a:b/read.me.md';
  const now = new Date('2026-11-28T09:05:07.089Z');
  const resolve = (template: string, paths: { document?: string } = { document }) =>
    resolveFolderTemplate(template, { ...paths, workspaceFolder: '/w/site' }, now);

  const accepted: readonly (readonly [string, string, string])[] = [
    // Template, for the document, and without one.
    ['assets/images', '/w/site/assets/images', '/w/site/assets/images'],
    ['${documentDirName}', '/w/site/docs/a:b', '/w/site'],
    ['${documentDirName}/images', '/w/site/docs/a:b/images', '/w/site/images'],
    ['${documentDirName}\\images\\', '/w/site/docs/a:b/images', '/w/site/images'],
    ['${documentDirName}/../img', '/w/site/docs/img', '/w/img'],
    ['${documentWorkspaceFolder}/img', '/w/site/img', '/w/site/img'],
    ['assets/${documentBaseName}', '/w/site/assets/read.me', '/w/site/assets'],
    ['assets\\${documentBaseName}', '/w/site/assets/read.me', '/w/site/assets'],
    [
      'assets/${documentFileName}/${documentExtName}',
      '/w/site/assets/read.me.md/md',
      '/w/site/assets',
    ],
    ['i/${documentBaseName/(.).*/$1/}', '/w/site/i/r', '/w/site/i'],
    ['i/${isoTime/^(\\d+)-(\\d+).*/$1\\/$2/}', '/w/site/i/2026/11', '/w/site/i/2026/11'],
    ['i/${unixTime}', '/w/site/i/1795856707089', '/w/site/i/1795856707089'],
  ];
  for (const [template, path, bare] of accepted) {
    it(`${JSON.stringify(template)} is ${path}`, () => {
      assert.deepEqual(resolve(template), { kind: 'folder', path });
      const isOut = !bare.startsWith('/w/site');
      const expected = isOut
        ? { kind: 'refused', rule: 'outside' }
        : { kind: 'folder', path: bare };
      assert.deepEqual(resolve(template, {}), expected);
    });
  }

  const refused: readonly (readonly [string, FolderRule])[] = [
    ['', 'empty'],
    ['/${documentBaseName}', 'absolute'],
    ['${documentFilePath}', 'absolute'],
    ['${documentDirName}-x', 'notPortable'],
    ['${documentWorkspaceFolder}-x', 'outside'],
    ['${documentDirName}/../../../x', 'outside'],
    ['img/${documentRelativeDirName}', 'notPortable'],
    ['img/${isoTime}', 'notPortable'],
    ['${documentDirname}/img', 'unknownVariable'],
    ['${workspaceFolder}/img', 'unknownVariable'],
    ['img/${fileName}', 'unknownVariable'],
    ['img/${documentBaseName/x}', 'unknownVariable'],
    ['img/${documentBaseName', 'unknownVariable'],
  ];
  for (const [template, rule] of refused) {
    it(`${JSON.stringify(template)} is refused as ${rule}`, () => {
      assert.deepEqual(resolve(template), { kind: 'refused', rule });
    });
  }

  it('lies beside a document outside of the workspace', () => {
    const paths = { document: '/home/me/a.md', workspaceFolder: '/home/me' };
    const found = resolveFolderTemplate(
      '${documentDirName}/${documentRelativeDirName}/img',
      paths,
      now,
    );
    assert.deepEqual(found, { kind: 'folder', path: '/home/me/img' });
  });

  it('is the same on a drive of Windows, however its letter is written', () => {
    const paths = { document: '/c:/site/docs/a.md', workspaceFolder: '/C:/site' };
    const found = resolveFolderTemplate('${documentDirName}/img', paths, now);
    assert.deepEqual(found, { kind: 'folder', path: '/c:/site/docs/img' });
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
