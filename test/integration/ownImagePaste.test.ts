import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { OwnImagePaste } from '../../src/documents/ownImagePaste';
import { writeRecipe } from '../../src/recipe/imageRecipe';
import { ownPrompt } from '../../src/workspace/ownImage';
import { HistoryStorage } from '../fakes/historyStorage';
import { samplePng } from '../unit/emulator/samplePictures';
import { cleanWorkspace, openWithCursor, workspaceRoot } from './workspaceFiles';

const { token } = new vscode.CancellationTokenSource();
const at = (path: string) => vscode.Uri.joinPath(workspaceRoot(), path);

describe('image files that are pasted or dropped', () => {
  let storage: HistoryStorage;
  let provider: OwnImagePaste;

  beforeEach(async () => {
    storage = new HistoryStorage();
    const history = await storage.window();
    provider = new OwnImagePaste((image) => ownPrompt(history, image));
    for (const name of ['fox', 'owl']) {
      const image = writeRecipe(samplePng(32, 32), { source: 'easel', prompt: `a ${name} [x]` });
      assert.ok(image);
      await vscode.workspace.fs.writeFile(at(`assets/my ${name}.png`), image);
    }
    await vscode.workspace.fs.writeFile(at('assets/other.png'), samplePng(32, 32));
  });
  afterEach(async () => {
    storage.dispose();
    await cleanWorkspace();
  });

  function listOf(names: readonly string[]): vscode.DataTransfer {
    const transfer = new vscode.DataTransfer();
    const uris = names.map((name) => at(name).toString()).join('\r\n');
    transfer.set('text/uri-list', new vscode.DataTransferItem(uris));
    return transfer;
  }

  /** The document after the drop at its mark. */
  async function dropped(name: string, marked: string, files: readonly string[]): Promise<string> {
    const editor = await openWithCursor(name, marked);
    const { document, selection } = editor;
    const position = selection.active;
    const edit = await provider.provideDocumentDropEdits(document, position, listOf(files), token);
    if (edit?.additionalEdit) await vscode.workspace.applyEdit(edit.additionalEdit);
    const text = edit?.insertText ?? '';
    assert.ok(typeof text === 'string');
    await editor.edit((builder) => builder.insert(position, text));
    return document.getText();
  }

  it('are linked with what they were made from, as the language writes it', async () => {
    const files = ['assets/my fox.png', 'assets/my owl.png'];
    assert.equal(
      await dropped('draft/paste.md', 'see | here', files),
      'see ![a fox \\[x\\]](<../assets/my fox.png>) ![a owl \\[x\\]](<../assets/my owl.png>) here',
    );
    assert.equal(
      await dropped('draft/paste.typ', 'Above.|', files.slice(0, 1)),
      'Above.\n#image("../assets/my fox.png", alt: "a fox [x]")',
    );
  });

  it('are pasted in the same way, also over a selection', async () => {
    const { document } = await openWithCursor('draft/over.md', 'old text|');
    const range = new vscode.Range(0, 0, 0, 3);
    const transfer = listOf(['assets/my fox.png']);
    const context = { triggerKind: vscode.DocumentPasteTriggerKind.Automatic, only: undefined };
    const edits = await provider.provideDocumentPasteEdits(
      ...([document, [range], transfer, context, token] as const),
    );
    assert.deepEqual(
      edits?.map(({ insertText, kind }) => [insertText, kind.value]),
      [['![a fox \\[x\\]](<../assets/my fox.png>)', 'easel.image']],
    );
  });

  it('are left to VS Code where one is not Easel’s, no image or not there', async () => {
    for (const [index, files] of [
      ['assets/other.png'],
      ['assets/my fox.png', 'assets/other.png'],
      ['assets/my fox.png', 'draft/page.md'],
      ['assets/gone.png'],
      [],
    ].entries()) {
      assert.equal(await dropped(`draft/left-${index}.md`, 'as it was|', files), 'as it was');
    }
  });
});
