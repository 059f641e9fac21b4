import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fillDocument } from '../../src/commands/fillDocument';
import { type FillItem, planFill } from '../../src/documents/fillPlan';
import { FillPoints } from '../../src/documents/fillPoints';
import { readDocuments } from '../../src/documents/fillSources';
import { cleanWorkspace, workspaceRoot } from './workspaceFiles';

describe('the missing images of a notebook', () => {
  afterEach(cleanWorkspace);

  it('are those of its cells, and are linked there without saving it', async () => {
    const file = vscode.Uri.joinPath(workspaceRoot(), 'draft/filled.ipynb');
    const source = [
      '![a fox in the snow](img/notebook-fox.png)\n',
      '<!-- TODO image: a red fox -->',
    ];
    const book = {
      cells: [{ cell_type: 'markdown', metadata: {}, source }],
      ...{ metadata: {}, nbformat: 4, nbformat_minor: 5 },
    };
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(book)));
    const notebook = await vscode.workspace.openNotebookDocument(file);
    await vscode.window.showNotebookDocument(notebook, { preview: false });
    let planned: readonly FillItem[] = [];
    const panel = {
      isFilling: false,
      planFill: async ({ documents }: { documents: readonly vscode.Uri[] }) =>
        planFill(await readDocuments(documents)),
      showFill: async (_target: unknown, items: readonly FillItem[]) => {
        planned = items;
      },
      showPlan: async () => {},
    };
    await fillDocument(panel, file, undefined);
    assert.deepEqual(
      planned.map(({ reason, file: wanted }) => [reason, wanted?.uri]),
      [
        ['missing', vscode.Uri.joinPath(workspaceRoot(), 'draft/img/notebook-fox.png').toString()],
        ['todo', undefined],
      ],
    );
    const points = new FillPoints();
    const image = vscode.Uri.joinPath(workspaceRoot(), 'draft/img/todo-fox.png');
    const [, todo] = planned;
    assert.ok(todo && (await points.write(todo.places[0], image, 'a red fox')));
    points.dispose();
    assert.equal(
      notebook.cellAt(0).document.getText(),
      `${source[0]}![a red fox](img/todo-fox.png)`,
    );
    assert.equal(notebook.isDirty, true);
  });

  it('are not looked for in the text of a file that is not open as a notebook', async () => {
    const file = vscode.Uri.joinPath(workspaceRoot(), 'draft/closed.ipynb');
    const source = ['# TODO image: a red fox\n', '![a fox](img/closed-fox.png)'];
    const book = {
      cells: [{ cell_type: 'markdown', metadata: {}, source }],
      ...{ metadata: {}, nbformat: 4, nbformat_minor: 5 },
    };
    const text = JSON.stringify(book, null, 1);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    assert.deepEqual(planFill(await readDocuments([file])), []);
    const asText = await vscode.workspace.openTextDocument(file);
    assert.equal(asText.getText(), text);
    assert.deepEqual(planFill(await readDocuments([file])), []);
  });
});
