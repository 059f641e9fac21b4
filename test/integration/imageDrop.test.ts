import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ImageDrop } from '../../src/panel/imageDrop';
import { imagesMediaType } from '../../src/shared/imagesMediaType';
import { cleanWorkspace, openWithCursor, workspaceRoot } from './workspaceFiles';

describe('images that are dragged from the Studio', () => {
  const drop = new ImageDrop((id) =>
    id === 'unknown'
      ? undefined
      : {
          uri: vscode.Uri.joinPath(workspaceRoot(), `assets/${id} fox.png`),
          altText: `a ${id} fox`,
        },
  );

  /** The document after the drop at its mark. */
  async function droppedInto(name: string, marked: string, data: string): Promise<string> {
    const editor = await openWithCursor(name, marked);
    const { document, selection } = editor;
    const transfer = new vscode.DataTransfer();
    transfer.set(imagesMediaType, new vscode.DataTransferItem(data));
    const edit = await drop.provideDocumentDropEdits(document, selection.active, transfer);
    if (edit) {
      if (edit.additionalEdit) await vscode.workspace.applyEdit(edit.additionalEdit);
      const { insertText } = edit;
      assert.ok(typeof insertText === 'string');
      await editor.edit((builder) => builder.insert(selection.active, insertText));
    }
    const text = document.getText();
    await cleanWorkspace();
    return text;
  }

  const ids = (...imageIds: string[]) => JSON.stringify({ imageIds });

  it('are linked where they are dropped, as the language writes it', async () => {
    assert.equal(
      await droppedInto('draft/drop.md', 'see | here', ids('red', 'grey')),
      'see ![a red fox](<../assets/red fox.png>) ![a grey fox](<../assets/grey fox.png>) here',
    );
    assert.equal(
      await droppedInto('draft/drop.html', '<p>|</p>', ids('red')),
      '<p><img src="../assets/red%20fox.png" alt="a red fox"></p>',
    );
    assert.equal(
      await droppedInto('draft/drop.typ', 'Above.|', ids('red')),
      'Above.\n#image("../assets/red fox.png", alt: "a red fox")',
    );
  });

  it('leave the document alone when they are not Easel’s', async () => {
    const others = [ids('unknown'), ids(), '{"imageIds":"x"}', 'no JSON', ''];
    for (const [index, data] of others.entries()) {
      const name = `draft/drop-${index}.md`;
      assert.equal(await droppedInto(name, 'as it was|', data), 'as it was');
    }
  });
});
