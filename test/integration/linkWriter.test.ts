// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of templates
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { linkWriterFor } from '../../src/documents/linkWriter';
import { cleanWorkspace, openWithCursor, workspaceRoot } from './workspaceFiles';

const image = (path: string): vscode.Uri => vscode.Uri.joinPath(workspaceRoot(), path);

/** The link at the mark of a document, and the document with what the link needs elsewhere. */
async function written(name: string, marked: string, path: string) {
  const { document, selection } = await openWithCursor(name, marked);
  const writer = await linkWriterFor(document);
  const link = writer.link(selection.active, image(path), 'a fox');
  const extra = writer.importFor(selection.active, image(path));
  if (extra) {
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, [extra]);
    await vscode.workspace.applyEdit(edit);
  }
  return { link, text: document.getText() };
}

describe('links as the project has them', () => {
  const settings = () => vscode.workspace.getConfiguration('easel', workspaceRoot());
  afterEach(async () => {
    for (const key of ['siteRoot', 'jsxImages', 'linkTemplates']) {
      await settings().update(key, undefined, vscode.ConfigurationTarget.Workspace);
    }
    await cleanWorkspace();
  });

  it('start at the root of a site that is found by its tool, but not in a README', async () => {
    await openWithCursor('draft/hugo.toml', '|title = ""');
    const fox = 'draft/static/img/fox.png';
    assert.equal((await written('draft/content/a.md', '|', fox)).link, '![a fox](/img/fox.png)');
    assert.equal(
      (await written('draft/content/a.md', '|', 'draft/content/fox.png')).link,
      '![a fox](fox.png)',
    );
    assert.equal((await written('draft/README.md', '|', fox)).link, '![a fox](static/img/fox.png)');
  });

  it('start at the root that the setting names, and nowhere if it is off', async () => {
    const write = () => written('draft/docs/a.md', '|', 'draft/files/fox.png');
    const set = (value: string) =>
      settings().update('siteRoot', value, vscode.ConfigurationTarget.Workspace);
    await set('draft/files');
    assert.equal((await write()).link, '![a fox](/fox.png)');
    await set('off');
    assert.equal((await write()).link, '![a fox](../files/fox.png)');
  });

  it('import the image in TSX where the setting says so, once', async () => {
    await settings().update('jsxImages', 'import', vscode.ConfigurationTarget.Workspace);
    const first = await written('draft/page.tsx', 'const a = <p>|</p>;\n', 'draft/img/red-fox.png');
    assert.equal(first.link, '<img src={redFox} alt="a fox" />');
    assert.equal(first.text, "import redFox from './img/red-fox.png';\n\nconst a = <p></p>;\n");
    const again = await written('draft/page2.tsx', `${first.text}|`, 'draft/img/red-fox.png');
    assert.equal(again.link, first.link);
    assert.equal(again.text, first.text);
  });

  it('are those of the user’s template', async () => {
    const templates = { markdown: '<Figure src="${path}">${alt}</Figure>', html: 'none' };
    await settings().update('linkTemplates', templates, vscode.ConfigurationTarget.Workspace);
    const fox = 'draft/my fox.png';
    assert.equal(
      (await written('draft/project.md', '|', fox)).link,
      '<Figure src="my%20fox.png">a fox</Figure>',
    );
    assert.equal(
      (await written('draft/a.html', '|', fox)).link,
      '<img src="my%20fox.png" alt="a fox">',
    );
  });

  it('are the path alone within a string and a comment of code', async () => {
    const fox = 'draft/fox.png';
    assert.equal((await written('draft/a.ts', "const a = '|';", fox)).link, 'fox.png');
    assert.equal((await written('draft/b.ts', '// see |', fox)).link, 'fox.png');
    assert.equal((await written('draft/c.ts', 'f();\n|', fox)).link, '// image: fox.png – a fox');
  });
});
