import assert from 'node:assert/strict';
import { alternativeText, format, formatElapsed } from '../../../src/webview/text';

const strings = { seconds: '{0} s', minutesSeconds: '{0} min {1} s' };
const elapsed = (milliseconds: number, language = 'en'): string =>
  formatElapsed(milliseconds, strings, language);

describe('the texts of the page', () => {
  it('have their values put in their places, also a value that looks like a place', () => {
    assert.equal(format('{1} of {0}', 'a', 2), '2 of a');
    assert.equal(format('{0}', '{1}', 'x'), '{1}');
    assert.equal(format('{0} {1}', 'a'), 'a {1}');
  });

  it('count whole seconds, then minutes', () => {
    assert.deepEqual(
      [0, 999, 1000, 59_999, 60_000, 65_400, 3_600_000].map((ms) => elapsed(ms)),
      ['0 s', '0 s', '1 s', '59 s', '1 min 00 s', '1 min 05 s', '60 min 00 s'],
    );
  });

  it('never count backwards when the host has another clock', () => {
    assert.equal(elapsed(-5000), '0 s');
  });

  it('write numbers as the language does', () => {
    assert.equal(elapsed(12_000, 'ar-EG'), '١٢ s');
    assert.equal(elapsed(72_000, 'zh-cn'), '1 min 12 s');
  });

  it('describe a picture by its prompt, cut between characters when it is long', () => {
    assert.equal(alternativeText('  a fox\n'), 'a fox');
    assert.equal(alternativeText('🦊🦊🦊', 2), '🦊🦊…');
    assert.equal(alternativeText('🦊🦊', 2), '🦊🦊');
  });
});
