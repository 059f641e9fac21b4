import assert from 'node:assert/strict';
import { createHeldKeyFilter, type KeyPress } from '../../../src/webview/heldKeys';

/** What becomes of each press in turn. */
function filter(...presses: readonly Partial<KeyPress>[]): boolean[] {
  const isHeld = createHeldKeyFilter();
  return presses.map((press) =>
    isHeld({ key: 'Enter', repeat: false, isOnButton: true, ...press }),
  );
}

describe('a key that is held down', () => {
  it('presses a button once', () => {
    assert.deepEqual(filter({}, { repeat: true }, { repeat: true }), [false, true, true]);
    assert.deepEqual(filter({ key: ' ' }, { key: ' ', repeat: true }), [false, true]);
  });

  it('presses it again after it was let go', () => {
    assert.deepEqual(filter({}, { repeat: true }, {}), [false, true, false]);
  });

  it('does not type into the field that the button put the focus on', () => {
    assert.deepEqual(filter({}, { repeat: true, isOnButton: false }), [false, true]);
  });

  it('does not press a button that gets the focus meanwhile', () => {
    assert.deepEqual(filter({ isOnButton: false }, { repeat: true }), [false, true]);
  });

  it('types into a field as usual', () => {
    assert.deepEqual(filter({ isOnButton: false }, { repeat: true, isOnButton: false }), [
      false,
      false,
    ]);
  });

  it('moves on from a button, where the key is another one', () => {
    const tab = { key: 'Tab', repeat: true };
    const arrow = { key: 'ArrowRight', repeat: true };
    assert.deepEqual(filter({ key: 'Tab' }, tab, arrow), [false, false, false]);
  });
});
