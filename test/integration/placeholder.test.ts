import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  type InsertPlaceholderOptions,
  insertPlaceholder,
} from '../../src/commands/insertPlaceholder';
import { findModel, modelCatalog } from '../../src/dashscope/modelCatalog';
import { ParameterMemory } from '../../src/settings/parameterMemory';
import { RequestDefaults } from '../../src/settings/requestDefaults';
import { decodeImageHeader } from '../../src/util/imageHeader';
import { AssetsFolder } from '../../src/workspace/assetsFolder';
import { Placeholders } from '../../src/workspace/placeholders';
import { emulator } from '../emulator/controlClient';
import { MemoryState } from '../fakes/memoryState';
import { cleanWorkspace, filesIn, openWithCursor, workspaceRoot } from './workspaceFiles';

describe('easel.insertPlaceholder', () => {
  const { showInputBox } = vscode.window;
  let asked: vscode.InputBoxOptions[];
  let memory: ParameterMemory;
  let options: InsertPlaceholderOptions;

  beforeEach(async () => {
    await emulator.reset();
    asked = [];
    memory = new ParameterMemory(new MemoryState(), new MemoryState());
    const settings = {
      model: 'wan2.2-t2i-flash',
      regionId: 'cn-beijing',
      assetsFolder: () => 'assets/images',
    };
    const extension = vscode.extensions.getExtension('easel.easel');
    assert.ok(extension);
    const folders = new AssetsFolder(settings);
    options = {
      ...{ settings, models: modelCatalog },
      requests: new RequestDefaults(settings, memory, (id) => findModel(id)),
      folders,
      places: {
        find: async (_, { document, ask }) => ({
          folder: (await folders.find(document, ask)) ?? workspaceRoot(),
        }),
      },
      placeholders: new Placeholders(extension.extensionUri),
    };
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showInputBox });
    await cleanWorkspace();
    assert.deepEqual(await emulator.requests(), [], 'nothing was sent');
  });

  /** Stands in for the person who is asked. */
  function answer(text: string | undefined): void {
    Object.assign(vscode.window, {
      showInputBox: async (box: vscode.InputBoxOptions) => {
        asked.push(box);
        return text;
      },
    });
  }

  async function sizeOf(path: string): Promise<unknown> {
    const uri = vscode.Uri.joinPath(workspaceRoot(), path);
    return decodeImageHeader(await vscode.workspace.fs.readFile(uri));
  }

  it('asks for the prompt, and links a picture of the size that the image will have', async () => {
    await memory.rememberParameters('wan2.2-t2i-flash', { size: { width: 768, height: 512 } });
    const { document } = await openWithCursor('draft/page-1.md', 'before | after');
    answer('  雪地里的狐狸 ');
    await insertPlaceholder(options);
    assert.equal(
      document.getText(),
      'before ![雪地里的狐狸](../assets/images/雪地里的狐狸.png) after',
    );
    assert.deepEqual(await filesIn('assets/images'), ['雪地里的狐狸.png']);
    assert.deepEqual(await sizeOf('assets/images/雪地里的狐狸.png'), {
      mediaType: 'image/png',
      size: { width: 768, height: 512 },
    });
    assert.match(asked[0]?.title ?? '', /768 × 512/);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'before  after');
  });

  it('takes the selected text, asks nothing, and links below it', async () => {
    const editor = await openWithCursor('draft/page-2.md', 'a red fox|\n\nmore');
    editor.selection = new vscode.Selection(0, 0, 0, 9);
    answer(undefined);
    await insertPlaceholder(options);
    assert.equal(
      editor.document.getText(),
      'a red fox\n\n![a red fox](../assets/images/a-red-fox.png)\n\nmore',
    );
    assert.deepEqual(asked, []);
  });

  it('never writes over a file, and writes nothing when the box is left', async () => {
    await openWithCursor('draft/page-3.md', '|');
    answer('a fox');
    await insertPlaceholder(options);
    await insertPlaceholder(options);
    answer(undefined);
    await insertPlaceholder(options);
    answer('  ');
    await insertPlaceholder(options);
    assert.deepEqual(await filesIn('assets/images'), ['a-fox-1.png', 'a-fox.png']);
  });

  it('writes the link as the language of the document has it', async () => {
    const { document } = await openWithCursor('draft/page-4.typ', 'Above.\n|');
    answer('a fox');
    await insertPlaceholder(options);
    assert.equal(document.getText(), 'Above.\n#image("../assets/images/a-fox.png", alt: "a fox")');
  });

  it('needs neither a key nor a model that is known', async () => {
    const settings = { model: 'no such model', regionId: 'cn-beijing' };
    await openWithCursor('draft/page-5.md', '|');
    answer('a fox');
    await insertPlaceholder({ ...options, settings });
    assert.deepEqual(await sizeOf('assets/images/a-fox.png'), {
      mediaType: 'image/png',
      size: { width: 1024, height: 1024 },
    });
  });

  describe('for a link that lacks its image', () => {
    async function filled(name: string, marked: string): Promise<string> {
      const { document, selection } = await openWithCursor(name, marked);
      answer('a fox');
      const offset = document.offsetAt(selection.active);
      await insertPlaceholder(options, { document: document.uri.toString(), offset });
      return document.getText();
    }

    it('draws it exactly there, and proposes the alternative text as its prompt', async () => {
      const text = 'See ![the |old fox](img/fox.png "Title").';
      assert.equal(await filled('draft/link.md', text), text.replace('|', ''));
      assert.deepEqual(await filesIn('draft/img'), ['fox.png']);
      assert.equal(asked[0]?.value, 'the old fox');
    });

    it('is beside it as a PNG where the link names another kind', async () => {
      assert.equal(
        await filled('draft/jpg.md', 'See ![the |old fox](img/fox.jpg "Title").'),
        'See ![the old fox](img/fox.png "Title").',
      );
    });

    it('gives an empty link a file', async () => {
      assert.equal(
        await filled('draft/empty.md', 'See ![the |old fox]().'),
        'See ![the old fox](../assets/images/a-fox.png).',
      );
    });
  });

  it('is a command of the palette', async () => {
    await openWithCursor('draft/page-6.md', '|');
    answer('a fox');
    await vscode.commands.executeCommand('easel.insertPlaceholder');
    assert.deepEqual(await filesIn('assets/images'), ['a-fox.png']);
  });
});
