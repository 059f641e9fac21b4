import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readRecipe } from '../../src/recipe/imageRecipe';
import { FakeQuickInputs } from '../fakes/fakeQuickInputs';
import { cleanWorkspace, filesIn, openWithCursor, workspaceRoot } from './workspaceFiles';

const titles = ['Generate This Image…', 'Insert Placeholder Image', 'Generate All Missing Images…'];

/** The titles of Easel's quick fixes at the cursor, in VS Code's own list. */
async function fixesAt(editor: vscode.TextEditor): Promise<vscode.CodeAction[]> {
  const ask = (): Thenable<vscode.CodeAction[]> =>
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      editor.selection,
      vscode.CodeActionKind.QuickFix.value,
    );
  // VS Code calls off what it asks for while a document has just been opened.
  const actions = await ask().then(undefined, ask);
  return actions.filter(({ command }) => command?.command.startsWith('easel.'));
}

function uriOf(name: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceRoot(), name);
}

/** Resolves when VS Code's own Markdown validation complains of a document. */
async function complaint(uri: vscode.Uri): Promise<void> {
  const isThere = (): boolean => vscode.languages.getDiagnostics(uri).length > 0;
  if (isThere()) return;
  await new Promise<void>((resolve) => {
    const subscription = vscode.languages.onDidChangeDiagnostics(() => {
      if (!isThere()) return;
      subscription.dispose();
      resolve();
    });
  });
}

async function validate(isOn: boolean | undefined): Promise<void> {
  const markdown = vscode.workspace.getConfiguration('markdown');
  await markdown.update('validate.enabled', isOn, vscode.ConfigurationTarget.Workspace);
}

describe('a link whose image is missing', () => {
  afterEach(async () => {
    await validate(undefined);
    await cleanWorkspace();
  });

  const cases: readonly (readonly [string, string])[] = [
    ['a.md', 'Text\n\n![a |fox](pictures/fox.png)\n'],
    ['empty.md', '![a |fox]()\n'],
    ['reference.md', '![a |fox][fox]\n\n[fox]: pictures/fox.png\n'],
    ['a.mdx', '<img src="pictures/|fox.png" alt="a fox" />\n'],
    ['a.html', '<p><img src="" alt="a |fox"></p>\n'],
    ['a.tex', '\\includegraphics[width=3cm]{pictures/|fox}\n'],
    ['a.adoc', 'image::pictures/|fox.png[a fox]\n'],
    ['a.rst', '.. image:: pictures/|fox.png\n   :alt: a fox\n'],
    ['a.typ', '#image("pictures/|fox.png", alt: "a fox")\n'],
    ['field.md', '---\ntitle: A\ncover: pictures/|fox.png\n---\n\nText\n'],
    ['todo.md', 'Text\n\n<!-- TODO image: a |fox -->\n'],
  ];
  for (const [name, text] of cases) {
    it(`offers to make it, ${name}`, async () => {
      const editor = await openWithCursor(`draft/lacking-${name}`, text);
      assert.deepEqual(
        (await fixesAt(editor)).map(({ title }) => title),
        titles,
      );
    });
  }

  it('offers it with VS Code’s own complaint, and without', async () => {
    await validate(true);
    const editor = await openWithCursor('draft/both.md', '![a fox](pictures/|fox.png)\n');
    await complaint(editor.document.uri);
    const fixes = await fixesAt(editor);
    assert.deepEqual(
      fixes.map(({ title }) => title),
      titles,
    );
  });

  it('is left alone when the image is there, in the web, outside the workspace, or in code', async () => {
    await vscode.workspace.fs.writeFile(uriOf('draft/fox.png'), new Uint8Array([1]));
    for (const [index, text] of [
      '![a |fox](fox.png)\n',
      '![a |fox](https://example.com/fox.png)\n',
      '![a |fox](../../../fox.png)\n',
      '    ![a |fox](other.png)\n',
      '```\n![a |fox](other.png)\n```\n',
      'no |image\n',
    ].entries()) {
      const editor = await openWithCursor(`draft/there-${index}.md`, text);
      assert.deepEqual(await fixesAt(editor), [], text);
    }
  });
});

describe('easel.generateForLink', () => {
  let inputs: FakeQuickInputs;
  beforeEach(() => {
    inputs = new FakeQuickInputs();
  });
  afterEach(async () => {
    inputs.restore();
    await cleanWorkspace();
  });

  async function run(editor: vscode.TextEditor): Promise<{ value: string; title: string }> {
    const shown = inputs.next();
    const [fix] = await fixesAt(editor);
    assert.ok(fix?.command);
    const done = vscode.commands.executeCommand(
      fix.command.command,
      ...(fix.command.arguments ?? []),
    );
    const box = await shown;
    const { value, title } = box;
    box.accept();
    await done;
    return { value, title };
  }

  it('makes the image at exactly the path of the link, with the prompt from the text', async () => {
    const text = '# Foxes\n\nFoxes live in the forest.\n\n![hero](<pictures/the |hero.png>)\n';
    const editor = await openWithCursor('draft/exact.md', text);
    const before = editor.document.getText();
    const { value, title } = await run(editor);
    assert.equal(value, 'hero. Foxes. Foxes live in the forest.');
    assert.match(title, /¥0\.20/, 'the price is said before');
    assert.deepEqual(await filesIn('draft/pictures'), ['the hero.png']);
    assert.equal(editor.document.getText(), before);
    const bytes = await vscode.workspace.fs.readFile(uriOf('draft/pictures/the hero.png'));
    const recipe = readRecipe(bytes);
    assert.equal(recipe?.prompt, value);
    assert.equal(recipe?.source, 'easel');
  });

  it('fills in the path of an empty link, and puts another extension right, in one step', async () => {
    const empty = await openWithCursor('draft/hole.md', '![A red fox in |snow]()\n');
    await run(empty);
    assert.equal(
      empty.document.getText(),
      '![A red fox in snow](../assets/images/A-red-fox-in-snow.png)\n',
    );
    await vscode.commands.executeCommand('undo');
    assert.equal(empty.document.getText(), '![A red fox in snow]()\n');
    const other = await openWithCursor(
      'draft/other-extension.md',
      '![A red fox in |snow](my%20fox.jpg "t")\n',
    );
    await run(other);
    assert.equal(other.document.getText(), '![A red fox in snow](my%20fox.png "t")\n');
    assert.ok((await filesIn('draft')).includes('my fox.png'));
  });
});

describe('pointing at a link', () => {
  afterEach(cleanWorkspace);

  it('shows how its image was made', async () => {
    await vscode.commands.executeCommand('easel.generateImage', {
      ...{ prompt: 'a *red* [fox](command:evil)', size: '512*512', folder: 'pictures', seed: 7 },
    });
    const [name = ''] = await filesIn('pictures');
    const editor = await openWithCursor('draft/hover.md', `![a |fox](../pictures/${name})\n`);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      editor.selection.active,
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === 'string' ? content : content.value))
      .find((value) => value.includes('easel.regenerate'));
    assert.ok(text);
    assert.match(text, /Qwen\\-Image 2\\\.0 · 512 × 512 · Seed 7/);
    assert.doesNotMatch(text, /\]\(command:evil\)/);
  });
});
