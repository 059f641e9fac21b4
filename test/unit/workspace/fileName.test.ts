import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fileNameFromPrompt, isWindowsDevice, nextFreeName } from '../../../src/workspace/fileName';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Text as people paste it: any Unicode, marks piled up, and pieces that are awkward in file names. */
const awkwardText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.constantFrom('CON', 'com¹', 'LPT0', 'nul.', '..', ' ', '\n', '/', '\\', ':', '\u200d', '️'),
      fc.constantFrom(
        '狐狸',
        'ｆｕｌｌ',
        'नमस्ते',
        'ภาษาไทยที่',
        '\ud800',
        '\u3164',
        '\u0301',
        '👩‍👩‍👧',
        '1️⃣',
      ),
    ),
  )
  .map((parts) => parts.join(''));

describe('the file name of a prompt', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a red fox in the snow', 'a-red-fox-in-the-snow'],
    ['一只在雪地里奔跑的红色狐狸，水彩画，4K HD', '一只在雪地里奔跑的红色狐狸-水彩画-4K-HD'],
    ['Ein Bär & "zwei" Füchse!', 'Ein-Bär-zwei-Füchse'],
    ['नमस्ते दुनिया', 'नमस्ते-दुनिया'],
    ['สวัสดีที่นี่', 'สวัสดีที่นี่'],
    ['قطة تحت المطر', 'قطة-تحت-المطر'],
    ['ｆｕｌｌ　ｗｉｄｔｈ', 'full-width'],
    ['cafe\u0301', 'café'],
    ['soft\u00adhyphen \u202eevil\u202c', 'softhyphen-evil'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\Windows\\system32', 'C-Windows-system32'],
    ['fox 🦊 1️⃣', 'fox-1'],
    ['--rf', 'rf'],
    ['name.', 'name'],
  ];
  for (const [prompt, name] of cases) {
    it(`of ${JSON.stringify(prompt)} is ${name}`, () => {
      assert.equal(fileNameFromPrompt(prompt), name);
    });
  }

  it('is "image" where nothing is left', () => {
    for (const prompt of [
      '',
      '  ',
      '🦊🦊',
      '…!?',
      '\u3164',
      '\ud800',
      `a${'\u0301'.repeat(200)}`,
    ]) {
      assert.equal(fileNameFromPrompt(prompt), 'image', JSON.stringify(prompt));
    }
  });

  it('is never a device of Windows', () => {
    for (const prompt of ['CON', 'con.', 'Aux', 'nul', 'COM1', 'com0', 'COM¹', 'LPT³', 'ＰＲＮ']) {
      assert.match(fileNameFromPrompt(prompt), /^image-/, prompt);
    }
    assert.equal(fileNameFromPrompt('console'), 'console');
    assert.equal(fileNameFromPrompt('COM10'), 'COM10');
  });

  it('is cut between two words', () => {
    const prompt =
      'A very long prompt about a lighthouse on a cliff above extraordinarily stormy waves';
    assert.equal(
      fileNameFromPrompt(prompt),
      'A-very-long-prompt-about-a-lighthouse-on-a-cliff-above',
    );
  });

  it('keeps the last word when it ends where the name must', () => {
    const words = `${'x'.repeat(49)} ${'y'.repeat(10)}`;
    assert.equal(fileNameFromPrompt(`${words} z`), words.replace(' ', '-'));
  });

  it('is cut within a text without spaces, by bytes but never within a character', () => {
    assert.equal(fileNameFromPrompt('狐'.repeat(100)), '狐'.repeat(40));
    assert.equal(fileNameFromPrompt('𠮷'.repeat(100)), '𠮷'.repeat(30));
    assert.equal(fileNameFromPrompt('x'.repeat(100)), 'x'.repeat(60));
  });

  it('is valid on Windows, Linux and macOS for any prompt', () => {
    fc.assert(
      fc.property(awkwardText, (prompt) => {
        const name = fileNameFromPrompt(prompt);
        assert.notEqual(name, '');
        assert.match(name, /^[\p{L}\p{N}][\p{L}\p{N}\p{Mn}\p{Mc}-]*$/u);
        assert.doesNotMatch(name, /--|-$|\p{Default_Ignorable_Code_Point}/u);
        assert.ok(!isWindowsDevice(name) && !isWindowsDevice(`${name}.png`));
        assert.ok(Buffer.byteLength(name) <= 120);
        assert.ok([...graphemes.segment(name)].length <= 60);
        assert.ok(name.isWellFormed());
        assert.equal(name, name.normalize('NFKC'));
      }),
      { numRuns: 500 },
    );
  });

  it('is its own file name', () => {
    fc.assert(
      fc.property(awkwardText, (prompt) => {
        const name = fileNameFromPrompt(prompt);
        assert.equal(fileNameFromPrompt(name), name);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the next free name', () => {
  const takenIn = (names: readonly string[]) => (name: string) =>
    names.includes(name.toLowerCase());

  it('is the plain one while it is free', () => {
    assert.equal(nextFreeName('Fox', 'png', takenIn([])), 'Fox.png');
    assert.equal(nextFreeName('Fox', 'png', takenIn(['fox.webp'])), 'Fox.png');
  });

  it('counts from 1 and fills a gap', () => {
    assert.equal(nextFreeName('Fox', 'png', takenIn(['fox.png'])), 'Fox-1.png');
    assert.equal(nextFreeName('Fox', 'png', takenIn(['fox.png', 'fox-2.png'])), 'Fox-1.png');
    assert.equal(nextFreeName('Fox', 'png', takenIn(['fox.png', 'fox-1.png'])), 'Fox-2.png');
  });
});
