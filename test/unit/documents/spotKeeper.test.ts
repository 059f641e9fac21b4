import assert from 'node:assert/strict';
import { SpotKeeper } from '../../../src/documents/spotKeeper';
import type { LinkSpot } from '../../../src/generation/generationJob';
import { Emitter } from '../../../src/util/emitter';

function spotAt(offset: number): LinkSpot {
  const text = { before: '', after: '' };
  return { document: 'file:///a.md', offset, place: 'cursor', ...text, linked: [] };
}

describe('the keeper of a spot', () => {
  const moved = new Emitter<void>((error) => assert.fail(String(error)));
  let saved: number[] = [];
  let offset = 0;
  let keeper: SpotKeeper;
  const keep = (pauseMs?: number): void => {
    saved = [];
    offset = 0;
    const save = (spot: LinkSpot): void => void saved.push(spot.offset);
    keeper = new SpotKeeper(moved.event, () => spotAt(offset), spotAt(0), save, pauseMs);
  };
  const move = (to: number): void => {
    offset = to;
    moved.fire();
  };
  afterEach(() => keeper.dispose());

  it('writes once for many moves, and what is true by then', () => {
    keep();
    for (const to of [1, 2, 3]) move(to);
    assert.deepEqual(saved, []);
    keeper.flush();
    keeper.flush();
    assert.deepEqual(saved, [3]);
  });

  it('writes by itself after the pause', async () => {
    keep(0);
    move(4);
    await new Promise((resolve) => setTimeout(resolve, 0));
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.deepEqual(saved, [4]);
  });

  it('writes nothing that is written already, and nothing when it is disposed', () => {
    keep();
    move(1);
    move(0);
    keeper.flush();
    move(5);
    keeper.dispose();
    assert.deepEqual(saved, []);
  });
});
