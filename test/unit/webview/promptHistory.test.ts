import assert from 'node:assert/strict';
import {
  type Browsing,
  browse,
  isUnsentText,
  leavesText,
} from '../../../src/webview/prompt/promptHistory';

/** Presses the keys one after the other, and gives what the field holds after each. */
function texts(typed: string, recent: readonly string[], keys: string): string[] {
  let text = typed;
  let browsing: Browsing | undefined;
  return [...keys].map((key) => {
    const step = browse(browsing, { text, recent, direction: key === '↑' ? 'older' : 'newer' });
    if (step) ({ text, browsing } = step);
    return text;
  });
}

describe('the arrow keys in the prompt', () => {
  const recent = ['newest', 'older', 'oldest'];

  it('go back through earlier prompts, and forth to what was typed', () => {
    assert.deepEqual(texts('mine', recent, '↑↑↑↑'), ['newest', 'older', 'oldest', 'oldest']);
    assert.deepEqual(texts('mine', recent, '↑↑↓↓↓'), ['newest', 'older', 'newest', 'mine', 'mine']);
    assert.deepEqual(texts('', recent, '↑↓'), ['newest', '']);
  });

  it('do not show what is in the field already as an earlier one', () => {
    assert.deepEqual(texts('newest', recent, '↑↓'), ['older', 'newest']);
    assert.deepEqual(texts('mine', [], '↑'), ['mine']);
  });

  it('begin anew from an earlier prompt that was changed', () => {
    const step = browse(undefined, { text: 'mine', recent, direction: 'older' });
    const changed = { text: 'newest, at night', recent };
    assert.equal(browse(step?.browsing, { ...changed, direction: 'newer' }), undefined);
    const back = browse(step?.browsing, { ...changed, direction: 'older' });
    assert.deepEqual([back?.text, back?.browsing?.own], ['newest', 'newest, at night']);
  });

  it('move the caret in a text that was typed, but at its start', () => {
    const at = (text: string, start: number, end = start) => ({ text, start, end });
    assert.equal(leavesText('ArrowUp', at('', 0), undefined), true);
    assert.equal(leavesText('ArrowUp', at('mine', 0), undefined), true);
    assert.equal(leavesText('ArrowUp', at('mine', 2), undefined), false);
    assert.equal(leavesText('ArrowUp', at('mine', 0, 4), undefined), false);
    assert.equal(leavesText('ArrowDown', at('mine', 4), undefined), false);
  });

  it('leave the first and the last line of an earlier prompt only', () => {
    const text = 'one\ntwo';
    const browsing = { position: 0, shown: text, own: '' };
    const leaves = (key: 'ArrowUp' | 'ArrowDown', start: number) =>
      leavesText(key, { text, start, end: start }, browsing);
    assert.deepEqual([leaves('ArrowUp', 2), leaves('ArrowUp', 5)], [true, false]);
    assert.deepEqual([leaves('ArrowDown', 2), leaves('ArrowDown', 5)], [false, true]);
  });
});

describe('a text in the prompt', () => {
  it('is worth a question when nobody has sent it yet', () => {
    const known = new Set(['sent']);
    assert.equal(isUnsentText(' sent ', known), false);
    assert.equal(isUnsentText('  ', known), false);
    assert.equal(isUnsentText('sent, and more', known), true);
  });
});
