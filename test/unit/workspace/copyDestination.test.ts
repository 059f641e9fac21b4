// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates of VS Code's settings look like TypeScript's
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findCopyTemplate, resolveCopyTemplate } from '../../../src/workspace/copyDestination';
import type { DocumentPaths } from '../../../src/workspace/template';

const now = new Date('2026-11-28T09:05:07.089Z');
const site: DocumentPaths = { document: '/w/site/docs/api/read.me.md', workspaceFolder: '/w/site' };

describe('the pattern of a copy destination', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['*.md', '/w/site/docs/a.md', true],
    ['*', '/w/site/docs/a.tex', true],
    ['**/*', '/w/site/docs/a.adoc', true],
    ['docs/*.md', '/w/site/docs/a.md', true],
    ['docs/*.md', '/w/site/docs/api/a.md', false],
    ['/docs/**/*.md', '/w/site/docs/a.md', true],
    ['/docs/**/*.md', '/w/site/docs/api/v1/a.md', true],
    ['/docs/**/*.md', '/w/site/other/docs/a.md', false],
    ['/docs/**/*', '/w/book/docs/a.typ', true],
    ['/docs/**/*.md', '/elsewhere/docs/a.md', false],
    ['/*.md', '/w/site/a.md', true],
    ['/*.md', '/w/site/docs/a.md', false],
    ['/./docs/../notes/*', '/w/site/notes/a.md', true],
    ['**/*.{md,mdx}', '/w/site/a.mdx', true],
    ['!(*.md)', '/w/site/a.rst', true],
    ['*.MD', '/w/site/a.md', false],
    ['*.md', '/w/site/.notes/.a.md', true],
    ['**/[ab].md', '/c:/work/site/b.md', true],
    ['/docs/*', '/c:/work/site/docs/a b.md', true],
    ['指南/*.md', '/w/site/指南/一.md', true],
    ['[', '/w/site/a.md', false],
    ['', '/w/site/a.md', false],
  ];
  const folders = ['/w/site', '/w/book', '/c:/work/site'];
  for (const [pattern, document, isMatch] of cases) {
    it(`${JSON.stringify(pattern)} ${isMatch ? 'is' : 'is not'} for ${document}`, () => {
      const found = findCopyTemplate({ [pattern]: 'img/' }, document, folders);
      assert.equal(found, isMatch ? 'img/' : undefined);
    });
  }

  it('counts from the first that matches on', () => {
    const destinations = { '/blog/**': 'a/', '*.md': 'b/', '**/*': 'c/' };
    assert.equal(findCopyTemplate(destinations, '/w/site/x.md', folders), 'b/');
    assert.equal(findCopyTemplate(destinations, '/w/site/blog/x.md', folders), 'a/');
    assert.equal(findCopyTemplate(destinations, '/w/site/x.tex', folders), 'c/');
  });

  it('counts only with a text behind it', () => {
    assert.equal(findCopyTemplate({ '*': 7, '*.md': 'b/' }, '/w/site/x.md', folders), 'b/');
  });

  it('with a slash in front matches nothing where no folder is open', () => {
    assert.equal(findCopyTemplate({ '/**': 'a/' }, '/w/site/x.md', []), undefined);
  });
});

describe('the template of a copy destination', () => {
  /** Template, and the whole path without extension. */
  const cases: readonly (readonly [string, string])[] = [
    ['', '/w/site/docs/api/fox'],
    ['   ', '/w/site/docs/api/fox'],
    ['images/', '/w/site/docs/api/images/fox'],
    [' images/ ', '/w/site/docs/api/images/fox'],
    ['./images/', '/w/site/docs/api/images/fox'],
    ['../images/', '/w/site/docs/images/fox'],
    ['/images/', '/w/site/images/fox'],
    ['/', '/w/site/fox'],
    ['images', '/w/site/docs/api/images'],
    ['images/${fileName}', '/w/site/docs/api/images/fox'],
    ['${fileName}', '/w/site/docs/api/fox'],
    ['cover.png', '/w/site/docs/api/cover'],
    ['cover.JPEG', '/w/site/docs/api/cover'],
    ['cover-v1.2', '/w/site/docs/api/cover-v1.2'],
    ['x.${fileExtName}', '/w/site/docs/api/x'],
    ['${documentDirName}/img/', '/w/site/docs/api/img/fox'],
    ['/img/${documentRelativeDirName}/', '/w/site/img/docs/api/fox'],
    ['${documentFileName}/', '/w/site/docs/api/read.me.md/fox'],
    ['${documentBaseName}/', '/w/site/docs/api/read.me/fox'],
    ['${documentBaseName}', '/w/site/docs/api/read.me'],
    ['${documentExtName}/', '/w/site/docs/api/md/fox'],
    ['${documentFilePath}.assets/', '/w/site/docs/api/read.me.md.assets/fox'],
    ['/a/${documentRelativeFilePath}/', '/w/site/a/docs/api/read.me.md/fox'],
    ['${documentWorkspaceFolder}/static/', '/w/site/static/fox'],
    ['${unixTime}-${fileName}', '/w/site/docs/api/1795856707089-fox'],
    ['${isoTime}.png', '/w/site/docs/api/2026-11-28T09-05-07.089Z'],
    ['${isoTime/^(\\d+)-(\\d+).*$/$1\\/$2/}/', '/w/site/docs/api/2026/11/fox'],
    ['${documentBaseName/(.).*/$1/}/', '/w/site/docs/api/r/fox'],
    ['/img/${documentRelativeDirName/^docs\\/(.*)$/$1/}/', '/w/site/img/api/fox'],
    ['${documentBaseName/e/E/}/', '/w/site/docs/api/rEad.me/fox'],
    // Two that VS Code leaves as they are: an empty replacement, and a regular expression that is none.
    ['${documentBaseName/\\.me//}/', '/w/site/docs/api/read.me/fox'],
    ['${documentBaseName/(/x/}/', '/w/site/docs/api/read.me/fox'],
    ['\\${fileName}', '/w/site/docs/api/${fileName}'],
    ['a\\$b/', '/w/site/docs/api/a$b/fox'],
    ['${nothing}/', '/w/site/docs/api/${nothing}/fox'],
    ['${workspaceFolder}/', '/w/site/docs/api/${workspaceFolder}/fox'],
    ['a/b/../c/', '/w/site/docs/api/a/c/fox'],
  ];
  for (const [template, path] of cases) {
    it(`${JSON.stringify(template)} leads to ${path}`, () => {
      const found = resolveCopyTemplate(template, site, 'fox.png', now);
      assert.equal(found.kind === 'file' && `${found.folder}/${found.base}`, path);
    });
  }

  it('is resolved on a drive of Windows, however its letter is written', () => {
    const paths = { document: '/c:/Users/me/site/docs/a.md', workspaceFolder: '/C:/Users/me/site' };
    const to = (template: string) => resolveCopyTemplate(template, paths, 'fox.png', now);
    assert.deepEqual(to('${documentDirName}/img/'), {
      ...{ kind: 'file', folder: '/c:/Users/me/site/docs/img', base: 'fox' },
    });
    assert.deepEqual(to('/img/'), { kind: 'file', folder: '/C:/Users/me/site/img', base: 'fox' });
    assert.deepEqual(to('${documentWorkspaceFolder}/'), {
      ...{ kind: 'file', folder: '/C:/Users/me/site', base: 'fox' },
    });
    assert.deepEqual(to('../../../'), { kind: 'refused', rule: 'outside' });
  });

  it('stays beside a document outside of the workspace', () => {
    const paths = { document: '/home/me/a.md' };
    const to = (template: string) => resolveCopyTemplate(template, paths, 'fox.png', now);
    assert.deepEqual(to('/img/'), { kind: 'file', folder: '/home/me/img', base: 'fox' });
    assert.deepEqual(to('${documentRelativeDirName}/'), {
      ...{ kind: 'file', folder: '/home/me', base: 'fox' },
    });
    assert.deepEqual(to('../img/'), { kind: 'refused', rule: 'outside' });
  });

  it('is refused outside of the workspace folder, and with new names that Windows does not take', () => {
    const to = (template: string) => resolveCopyTemplate(template, site, 'fox.png', now);
    for (const template of [
      '../../../',
      '/../',

      '/../site2/',
      '../../..',
    ]) {
      assert.deepEqual(to(template), { kind: 'refused', rule: 'outside' }, template);
    }
    for (const template of ['${isoTime}/', 'aux/', 'a:b/', 'x./', 'a /', 'C:\\img\\/']) {
      assert.deepEqual(to(template), { kind: 'refused', rule: 'notPortable' }, template);
    }
  });

  it('takes the folders that are there as they are called', () => {
    const paths = { document: '/w/site/a:b/aux/x?.md', workspaceFolder: '/w/site' };
    const to = (template: string) => resolveCopyTemplate(template, paths, 'fox.png', now);
    assert.deepEqual(to('img/'), { kind: 'file', folder: '/w/site/a:b/aux/img', base: 'fox' });
    assert.deepEqual(to('${documentBaseName}-${fileName}'), {
      ...{ kind: 'file', folder: '/w/site/a:b/aux', base: 'x--fox' },
    });
  });

  it('never leads out of the workspace folder, nor to a name that is none', () => {
    const piece = fc.constantFrom(
      ...['..', '.', '/', '\\', 'a', ' ', '~', 'C:', '图', '${fileName}', '${documentDirName}'],
      ...['${documentWorkspaceFolder}', '${documentBaseName/./\\/..\\/..\\//}', '\\$', '.png'],
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const found = resolveCopyTemplate(pieces.join(''), site, 'fox.png', now);
        if (found.kind === 'refused') return;
        assert.ok(`${found.folder}/`.startsWith('/w/site/'));
        assert.doesNotMatch(found.folder, /(?:^|\/)\.\.?(?:\/|$)/);
        assert.match(found.base, /^(?!\.+$)[^/\\:]+$/);
      }),
      { numRuns: 500 },
    );
  });
});
