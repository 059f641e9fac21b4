import assert from 'node:assert/strict';
import { decodeScriptString } from '../../../../src/documents/scan/decode';
import { decodeReferences } from '../../../../src/util/characterReferences';

describe('escapes of half a character', () => {
  it('in HTML stand for no character', () => {
    assert.equal(decodeReferences('&#xD800;.png &#57343; &#x1F98A;'), '\ufffd.png \ufffd 🦊');
  });

  it('in a script are a character only as a pair', () => {
    assert.equal(decodeScriptString('\\ud800.png \\u{dfff}'), '\ufffd.png \ufffd');
    assert.equal(decodeScriptString('\\ud83e\\udd8a.png'), '🦊.png');
  });
});
