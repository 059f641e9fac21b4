import assert from 'node:assert/strict';
import { linkFormatFor } from '../../../src/documents/linkFormats';
import { linkTarget } from '../../../src/documents/linkTarget';
import { isProjectPage, siteIn } from '../../../src/documents/siteRules';

/** The root of the site whose project's folder has these entries; folders end with a slash. */
function rootOf(...entries: string[]): string | undefined | null {
  const isFolder = (name: string): boolean => name.endsWith('/');
  const site = siteIn({
    files: new Set(entries.filter((name) => !isFolder(name))),
    folders: new Set(entries.filter(isFolder).map((name) => name.slice(0, -1))),
  });
  return site ? site.root : null;
}

describe('the root of a site', () => {
  const cases: readonly (readonly [string, readonly string[], string | undefined | null])[] = [
    ['Hugo', ['hugo.toml', 'content/', 'static/'], 'static'],
    ['an older Hugo', ['config.toml', 'content/', 'static/'], 'static'],
    ['Jekyll', ['_config.yml', '_posts/'], ''],
    ['Docusaurus', ['docusaurus.config.ts', 'docs/', 'static/'], 'static'],
    ['VitePress', ['.vitepress/', 'index.md', 'public/'], 'public'],
    ['VuePress', ['.vuepress/', 'README.md'], '.vuepress/public'],
    ['Astro', ['astro.config.mjs', 'public/'], 'public'],
    ['Next.js', ['next.config.js', 'public/', 'static/'], 'public'],
    ['Nuxt', ['nuxt.config.ts', 'public/'], 'public'],
    ['an older Nuxt', ['nuxt.config.js', 'static/'], 'static'],
    ['SvelteKit, which has Vite’s file too', ['svelte.config.js', 'vite.config.ts'], 'static'],
    ['Gatsby', ['gatsby-config.js'], 'static'],
    ['Vite', ['vite.config.ts'], 'public'],
    ['MkDocs is none', ['mkdocs.yml', 'docs/'], undefined],
    ['Sphinx is none', ['conf.py', 'index.rst'], undefined],
    ['another project is none', ['config.toml', 'src/', 'public/'], null],
  ];
  for (const [tool, entries, root] of cases) {
    it(`of ${tool}: ${JSON.stringify(root) ?? 'relative'}`, () => {
      assert.equal(rootOf(...entries), root);
    });
  }

  it('is not for the pages that a code host shows', () => {
    assert.ok(isProjectPage('README.md') && isProjectPage('readme.zh-CN.md'));
    assert.ok(!isProjectPage('index.md') && !isProjectPage('readmes.md'));
  });
});

describe('the path from the root of a site', () => {
  const file = (path: string) => ({ scheme: 'file', authority: '', path });
  const site = { root: file('/w/static'), prefix: '/' };
  const path = (languageId: string, image: string, root = site): string =>
    linkTarget(linkFormatFor(languageId), file('/w/content/a.md'), '', file(image), root);

  it('is that of an image which is served from there', () => {
    for (const languageId of ['markdown', 'mdx', 'html', 'typescriptreact', 'vue', 'asciidoc']) {
      assert.equal(path(languageId, '/w/static/img/狐 狸.png'), '/img/狐 狸.png');
    }
  });

  it('is not that of another image, nor of a language that no browser reads', () => {
    assert.equal(path('markdown', '/w/content/fox.png'), 'fox.png');
    assert.equal(path('markdown', '/w/statics/fox.png'), '../statics/fox.png');
    for (const languageId of ['css', 'latex', 'restructuredtext', 'typst']) {
      assert.equal(path(languageId, '/w/static/img/fox.png'), '../static/img/fox.png');
    }
  });

  it('leaves out what the site’s tool keeps for itself', () => {
    const root = { root: file('/w'), prefix: '/' };
    assert.equal(path('markdown', '/w/assets/fox.png', root), '/assets/fox.png');
    assert.equal(path('markdown', '/w/_drafts/fox.png', root), '../_drafts/fox.png');
  });
});
