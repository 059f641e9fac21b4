import assert from 'node:assert/strict';
import { altTextFromPrompt } from '../../../src/documents/altText';

describe('the alternative text of a prompt', () => {
  it('is the prompt on one line', () => {
    assert.equal(altTextFromPrompt(' a red\r\n\tfox\u3000 in\u2028snow\0 '), 'a red fox in snow');
    assert.equal(altTextFromPrompt('一只狐狸，\n水彩画'), '一只狐狸， 水彩画');
    assert.equal(altTextFromPrompt(''), '');
  });

  it('is cut to 120 graphemes with an ellipsis', () => {
    assert.equal(altTextFromPrompt('狐'.repeat(120)), '狐'.repeat(120));
    assert.equal(altTextFromPrompt('狐'.repeat(121)), `${'狐'.repeat(119)}…`);
    assert.equal(altTextFromPrompt('👩‍👩‍👧'.repeat(130)), `${'👩‍👩‍👧'.repeat(119)}…`);
    assert.equal(altTextFromPrompt(`${'x'.repeat(118)} ${'y'.repeat(9)}`), `${'x'.repeat(118)}…`);
  });

  it('keeps text from right to left but nothing that reorders what is around it', () => {
    assert.equal(altTextFromPrompt('قطة \u202eevil\u2069'), 'قطة evil');
  });

  it('has no half of a character', () => {
    assert.ok(altTextFromPrompt('a\ud83e b').isWellFormed());
  });
});
