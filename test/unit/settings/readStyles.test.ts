import assert from 'node:assert/strict';
import { applyStyle } from '../../../src/imageModel/applyStyle';
import { builtInStyles } from '../../../src/settings/builtInStyles';
import { readStyleFile, readStyles } from '../../../src/settings/readStyles';

describe('the styles of a file', () => {
  it('are texts with a slot, some with a negative prompt', () => {
    const { styles, problems } = readStyleFile(`{
      "$schema": "other keys do not matter",
      "styles": {
        "海报": "{prompt}，海报",
        "Sketch": { "prompt": "a sketch of {prompt}", "negativePrompt": " color " }
      }
    }`);
    assert.deepEqual(problems, []);
    assert.deepEqual(styles, [
      { name: '海报', prompt: '{prompt}，海报' },
      { name: 'Sketch', prompt: 'a sketch of {prompt}', negativePrompt: 'color' },
    ]);
  });

  const broken = [
    ['is no JSON', '{"styles": {', 'noJson'],
    ['has no styles', '{"style": {}}', 'noStyles'],
    ['has a list of styles', '{"styles": ["{prompt}"]}', 'noStyles'],
    ['has a style that is no text', '{"styles": {"a": 7}}', 'noText'],
    ['has a style without a name', '{"styles": {" ": "{prompt}"}}', 'noText'],
    ['has a style without a slot', '{"styles": {"a": "poster"}}', 'noSlot'],
    ['has a style with two slots', '{"styles": {"a": "{prompt} {prompt}"}}', 'manySlots'],
    ['has a style that is too long', `{"styles": {"a": "{prompt}${'x'.repeat(4000)}"}}`, 'tooLong'],
    ['has a name that is too long', `{"styles": {"${'x'.repeat(200)}": "{prompt}"}}`, 'tooLong'],
  ] as const;
  for (const [name, text, rule] of broken) {
    it(`are refused, with the reason, where it ${name}`, () => {
      const { styles, problems } = readStyleFile(text);
      assert.deepEqual([styles, problems.map((problem) => problem.rule)], [[], [rule]]);
    });
  }

  it('are used but for the one that is wrong', () => {
    const { styles, problems } = readStyles({ a: '{prompt}', b: '', c: 'c {prompt}' });
    assert.deepEqual(
      styles.map(({ name }) => name),
      ['a', 'c'],
    );
    assert.deepEqual(problems, [{ rule: 'noSlot', name: 'b' }]);
  });

  it('are a hundred at most', () => {
    const many = Object.fromEntries([...Array(120).keys()].map((at) => [`s${at}`, '{prompt}']));
    const { styles, problems } = readStyles(many);
    assert.equal(styles.length, 100);
    assert.deepEqual(problems, [{ rule: 'tooMany', max: 100 }]);
  });
});

describe('the built-in styles', () => {
  it('pass the rules that others have to pass', () => {
    const { styles, problems } = readStyles(builtInStyles);
    assert.deepEqual(problems, []);
    assert.ok(styles.length >= 10);
    for (const style of styles) assert.match(applyStyle(style, 'a fox'), /a fox/);
  });
});
