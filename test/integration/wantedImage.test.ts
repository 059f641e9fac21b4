import assert from 'node:assert/strict';
import { findWanted } from '../../src/commands/wantedImage';
import { cleanWorkspace, openWithCursor } from './workspaceFiles';

describe('the image that a link lacks', () => {
  afterEach(cleanWorkspace);

  it('is that of the same link when somebody types in front of it meanwhile', async () => {
    const editor = await openWithCursor('draft/wanted-typed.md', '![a|](wanted-b.png) and more\n');
    const finding = findWanted(undefined);
    await editor.edit((edit) => edit.insert(editor.document.positionAt(0), 'New '));
    const wanted = await finding;
    assert.equal(wanted?.item.places[0].source, '![a](wanted-b.png)');
    const range = wanted.point.locate();
    assert.equal(editor.document.getText(range), '![a](wanted-b.png)');
    wanted.point.dispose();
  });
});
