import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { getL10nJson, type l10nJsonFormat } from '@vscode/l10n-dev';

// Both languages are complete: what the code shows, the exported bundle and its translation agree.

/** Of a translation without a single Chinese character: keys of a keyboard, units and names. */
const sameInChinese = new Set(['Ctrl+Enter', '⌘Enter', '≈ {0} / {1} tokens']);

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, extension: '.ts', contents: readFileSync(`src/${name}`, 'utf8') }));

function readTexts(path: string): l10nJsonFormat {
  // Our own files; the tests fail where they are not of this shape.
  return JSON.parse(readFileSync(path, 'utf8')) as l10nJsonFormat;
}

function textOf(value: l10nJsonFormat[string] | undefined): string {
  return typeof value === 'string' ? value : (value?.message ?? '');
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\d+\}/g))].sort();
}

function sortedKeys(texts: l10nJsonFormat): string[] {
  return Object.keys(texts).sort();
}

const pairs = [
  ['the code', 'media/l10n/bundle.l10n.json', 'media/l10n/bundle.l10n.zh-cn.json'],
  ['the manifest', 'package.nls.json', 'package.nls.zh-cn.json'],
] as const;

for (const [what, englishPath, chinesePath] of pairs) {
  describe(`the Chinese texts of ${what}`, () => {
    const english = readTexts(englishPath);
    const chinese = readTexts(chinesePath);

    it('are there for every English one, and no others', () => {
      assert.deepEqual(sortedKeys(chinese), sortedKeys(english));
    });

    it('have the same placeholders', () => {
      for (const [key, value] of Object.entries(english)) {
        assert.deepEqual(placeholders(textOf(chinese[key])), placeholders(textOf(value)), key);
      }
    });

    it('are translated', () => {
      for (const [key, value] of Object.entries(chinese)) {
        const isChinese = /\p{Script=Han}/u.test(textOf(value));
        // Nothing but punctuation around what is filled in.
        const hasWords = /\p{Letter}/u.test(key.replaceAll(/\{\d\}/g, ''));
        assert.ok(isChinese || !hasWords || sameInChinese.has(textOf(english[key])), key);
      }
    });
  });
}

describe('the exported bundle', () => {
  it('is what the code shows; npm run l10n writes it', async function () {
    this.timeout(60_000); // a parser in WebAssembly reads every file
    const exported = await getL10nJson(sources);
    assert.ok(sortedKeys(exported).length > 50);
    assert.deepEqual(readTexts('media/l10n/bundle.l10n.json'), exported);
  });

  it('misses nothing: every text is a literal, where the export can see it', () => {
    const hidden = sources.flatMap(({ name, contents }) =>
      [...contents.matchAll(/\bl10n\.t\(\s*(?!['"{\s]).*|=\s*(?:vscode\.)?l10n\.t\b(?!\().*/g)].map(
        ([call]) => `${name}: ${call}`,
      ),
    );
    assert.deepEqual(hidden, []);
  });
});
