// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates of the settings look like TypeScript's
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GenerateResult } from '../../src/commands/generateWithArguments';
import { Settings } from '../../src/settings/settings';
import { AssetsFolder } from '../../src/workspace/assetsFolder';
import { ImagePlaces } from '../../src/workspace/imagePlaces';
import type { JobPlace } from '../../src/workspace/jobStarter';
import { emulator } from '../emulator/controlClient';
import { RecordingLogger } from '../fakes/recordingLogger';
import { cleanWorkspace, filesIn, openWithCursor, workspaceRoot } from './workspaceFiles';
import { setWorkspaceSettings } from './workspaceSettings';

const now = Date.UTC(2026, 10, 28, 12, 5, 7);

describe('images go', () => {
  afterEach(async () => {
    await setWorkspaceSettings({});
    await cleanWorkspace();
  });

  /** Where images for a document of the workspace go, as a path in it without extension; `(prompt)` if that names it. */
  async function placeFor(name: string, place: Partial<JobPlace> = {}): Promise<string> {
    const settings = new Settings(new RecordingLogger());
    const places = new ImagePlaces({
      settings,
      folders: new AssetsFolder(settings, () => now),
      hint: { offer: async () => {} },
      now: () => now,
    });
    const document = vscode.Uri.joinPath(workspaceRoot(), name);
    const size = { width: 1024, height: 1024 };
    const request = { prompt: 'a paper boat', modelId: 'qwen-image-2.0', size, count: 1, seed: 7 };
    const found = await places.find(request, { document, ask: false, ...place });
    assert.ok(found);
    const folder = found.folder.path.slice(workspaceRoot().path.length);
    return `${folder}/${found.file?.base ?? '(prompt)'}`;
  }

  it('to assets/images where nothing is set', async () => {
    assert.equal(await placeFor('docs/a.md'), '/assets/images/(prompt)');
  });

  it('where VS Code puts pasted files, for the documents of its patterns, of any language', async () => {
    await setWorkspaceSettings({
      'markdown.copyFiles.destination': {
        '/docs/**/*.md': '/static/${documentRelativeDirName/^docs\\/?//}img/',
        '*.tex': 'figures/${documentBaseName}-${fileName}',
        'blog/**/*': '${documentBaseName/(.).*/$1/}/',
      },
    });
    assert.equal(await placeFor('docs/v1/a.md'), '/static/docs/v1img/(prompt)');
    assert.equal(await placeFor('src/paper.tex'), '/src/figures/paper-a-paper-boat');
    assert.equal(await placeFor('blog/2026/post.typ'), '/blog/2026/p/(prompt)');
    assert.equal(await placeFor('a.md'), '/assets/images/(prompt)');
  });

  it('not there while an assets folder is set, be it to the default', async () => {
    const destination = { '*.md': 'img/' };
    for (const folder of ['pictures', 'assets/images']) {
      await setWorkspaceSettings({
        'markdown.copyFiles.destination': destination,
        'easel.assetsFolder': folder,
      });
      assert.equal(await placeFor('docs/a.md'), `/${folder}/(prompt)`);
    }
  });

  it('where the caller says before all', async () => {
    await setWorkspaceSettings({
      'markdown.copyFiles.destination': { '*': 'img/${documentBaseName}' },
      'easel.fileName': '${date}-${prompt}',
    });
    const folder = vscode.Uri.joinPath(workspaceRoot(), 'here');
    const file = { base: 'cover' };
    assert.equal(await placeFor('a.md', { folder, file }), '/here/cover');
    assert.equal(await placeFor('a.md', { folder }), '/here/2026-11-28-a-paper-boat');
    assert.equal(await placeFor('docs/a.md', { file }), '/docs/img/cover');
  });

  it('to an assets folder by the variables of the document', async () => {
    await setWorkspaceSettings({ 'easel.assetsFolder': '${documentDirName}/${documentBaseName}' });
    assert.equal(await placeFor('docs/v1/a.md'), '/docs/v1/a/(prompt)');
    await setWorkspaceSettings({
      'easel.assetsFolder': 'assets/${isoTime/^(\\d+)-(\\d+).*/$1-$2/}',
      'easel.fileName': '${documentBaseName}_${seed}_${model}',
    });
    assert.equal(await placeFor('docs/v1/a.md'), '/assets/2026-11/a_7_qwen-image-2.0');
  });

  it('nowhere where a setting leads out of the workspace, or is none', async () => {
    const refused = async (settings: Record<string, unknown>, code: string): Promise<void> => {
      await setWorkspaceSettings(settings);
      await assert.rejects(placeFor('docs/a.md'), { kind: 'storage', code });
    };
    await refused({ 'markdown.copyFiles.destination': { '*': '../../x/' } }, 'FolderOutside');
    await refused({ 'markdown.copyFiles.destination': { '*': 'aux/' } }, 'FolderNotPortable');
    await refused({ 'easel.assetsFolder': '${documentDirName}/../..' }, 'FolderOutside');
    await refused({ 'easel.assetsFolder': '${workspaceFolder}/x' }, 'FolderVariable');
  });

  it('there with their number where the name is taken, and the link says so', async () => {
    await emulator.reset();
    await setWorkspaceSettings({
      'markdown.copyFiles.destination': { '*.rst': 'assets/${documentBaseName}.png' },
      'markdown.copyFiles.overwriteBehavior': 'overwrite',
      'easel.fileName': 'unused',
    });
    const editor = await openWithCursor('draft/guide.rst', 'One.\n\n|\n');
    for (const _ of [1, 2]) {
      const { warnings } = await vscode.commands.executeCommand<GenerateResult>(
        'easel.generateImage',
        { prompt: 'a paper boat', insert: true },
      );
      assert.deepEqual(warnings, []);
    }
    assert.deepEqual(await filesIn('draft/assets'), ['guide-1.png', 'guide.png']);
    assert.match(editor.document.getText(), /:: assets\/guide\.png[\s\S]*:: assets\/guide-1\.png/);
  });
});
