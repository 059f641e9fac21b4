// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates of the setting look like TypeScript's
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fileNameFromPrompt, isWindowsDevice } from '../../../src/workspace/fileName';
import { fileNameFromTemplate, type NameValues } from '../../../src/workspace/fileNameTemplate';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const values: NameValues = {
  prompt: 'A paper boat, watercolor',
  modelId: 'qwen-image-2.0',
  seed: 42,
  documentBaseName: '指南 v1.2',
  now: new Date(2026, 10, 8, 9, 5, 7),
};

describe('the file name by a template', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['${prompt}', 'A-paper-boat-watercolor'],
    ['${date}-${prompt}', '2026-11-08-A-paper-boat-watercolor'],
    ['${date}_${time}', '2026-11-08_09-05-07'],
    ['${documentBaseName}-${prompt}', '指南 v1.2-A-paper-boat-watercolor'],
    ['${prompt} (${model}, ${seed})', 'A-paper-boat-watercolor (qwen-image-2.0, 42)'],
    ['${date/-.*/-x/}', '2026-x'],
    ['img', 'img'],
    ['a/b\\c:d', 'a-b-c-d'],
    ['../${prompt}', 'A-paper-boat-watercolor'],
    ['${prompt}.', 'A-paper-boat-watercolor'],
    ['con', 'image-con'],
    ['${promt}-${date}', '2026-11-08'],
    ['${index}', 'A-paper-boat-watercolor'],
    ['', 'A-paper-boat-watercolor'],
    [' -_. ', 'A-paper-boat-watercolor'],
  ];
  for (const [template, name] of cases) {
    it(`${JSON.stringify(template)} is ${name}`, () => {
      assert.equal(fileNameFromTemplate(template, values), name);
    });
  }

  it('leaves out what has no value', () => {
    const bare = { ...values, seed: undefined, documentBaseName: undefined };
    assert.equal(
      fileNameFromTemplate('${documentBaseName}-${prompt}', bare),
      'A-paper-boat-watercolor',
    );
    assert.equal(
      fileNameFromTemplate('${prompt}-${seed}-${date}', bare),
      'A-paper-boat-watercolor-2026-11-08',
    );
    assert.equal(fileNameFromTemplate('${seed}', bare), 'A-paper-boat-watercolor');
  });

  it('cuts the prompt and keeps the rest', () => {
    const long = { ...values, prompt: 'lighthouse '.repeat(20) };
    assert.equal(
      fileNameFromTemplate('${prompt}-${date}-${seed}', long),
      'lighthouse-lighthouse-lighthouse-lighthouse-2026-11-08-42',
    );
    const chinese = { ...values, prompt: '狐'.repeat(100) };
    assert.equal(fileNameFromTemplate('${prompt}-${seed}', chinese), `${'狐'.repeat(39)}-42`);
  });

  it('is the one from the prompt where it is the prompt alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (prompt) => {
        const name = fileNameFromTemplate('${prompt}', { ...values, prompt });
        assert.equal(name, fileNameFromPrompt(prompt));
      }),
    );
  });

  it('is valid on Windows, Linux and macOS for any template', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('${prompt}', '${documentBaseName}', '${model}', 'con', '/', '.', '狐'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const name = fileNameFromTemplate(pieces.join(''), values);
        assert.notEqual(name, '');
        assert.doesNotMatch(name, /[\p{Cc}<>:"|?*/\\]|^[. ]|[. ]$/u);
        assert.ok(!isWindowsDevice(name));
        // With the word in front of a device's name.
        assert.ok(Buffer.byteLength(name) <= 126 && [...graphemes.segment(name)].length <= 66);
        assert.ok(name.isWellFormed());
      }),
      { numRuns: 500 },
    );
  });
});
