import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { createDashScopeServices } from '../../src/dashScopeServices';
import { linksOf } from '../../src/documents/jobContent';
import { GenerationService } from '../../src/generation/generationService';
import { Scheduler } from '../../src/generation/scheduler';
import type { InputImage } from '../../src/imageModel/inputImage';
import { fromDraft } from '../../src/panel/drafts';
import { InputShelf } from '../../src/panel/inputShelf';
import { PastedImages } from '../../src/panel/pastedImages';
import { promptHandlers } from '../../src/panel/promptHandlers';
import { promptState } from '../../src/panel/promptState';
import { SavedPrompts } from '../../src/panel/savedPrompts';
import { ParameterMemory } from '../../src/settings/parameterMemory';
import { RequestDefaults } from '../../src/settings/requestDefaults';
import { Styles } from '../../src/settings/styles';
import type { HostMessage } from '../../src/shared/panelProtocol';
import { ImageStore } from '../../src/workspace/imageStore';
import { emulator } from '../emulator/controlClient';
import { asDelivered } from '../fakes/asDelivered';
import { FakeQuickInputs } from '../fakes/fakeQuickInputs';
import { MemoryJournal } from '../fakes/memoryJournal';
import { MemoryLedger } from '../fakes/memoryLedger';
import { MemorySecrets, MemoryState } from '../fakes/memoryState';
import { draftOf } from '../fakes/panelFixtures';
import { RecordingLogger } from '../fakes/recordingLogger';
import { samplePng } from '../unit/emulator/samplePictures';
import { FakeWindow } from './fakeWindow';
import { cleanWorkspace, filesIn, workspaceRoot } from './workspaceFiles';

const styleFile = () => vscode.Uri.joinPath(workspaceRoot(), '.easel', 'styles.json');
const write = (text: string) =>
  vscode.workspace.fs.writeFile(styleFile(), new TextEncoder().encode(text));
const noSettings = { styles: {}, onDidChange: () => ({ dispose: () => {} }) };

describe('the styles of a project', () => {
  let styles: Styles | undefined;
  afterEach(async () => {
    styles?.dispose();
    const folder = vscode.Uri.joinPath(styleFile(), '..');
    await vscode.workspace.fs.delete(folder, { recursive: true }).then(undefined, () => {});
  });

  /** Those that are not Easel's own. */
  const own = () => styles?.all().flatMap(({ id, source }) => (source === 'builtIn' ? [] : [id]));

  it('are read from its file, and again when that has changed', async () => {
    await write('{"styles": {"Docs": "docs: {prompt}"}}');
    const settings = { ...noSettings, styles: { Poster: '{prompt}, poster', wrong: 7 } };
    const logger = new RecordingLogger();
    styles = new Styles(settings, logger);
    await styles.loaded();
    assert.deepEqual(own(), ['project:Docs', 'user:Poster']);
    assert.equal(styles.find('project:Docs')?.prompt, 'docs: {prompt}');
    assert.match(styles.problems.join(), /"wrong" in easel.styles/);
    const changed = new Promise((resolve) => styles?.onDidChange(() => resolve(undefined)));
    // As a person does; that a file was written by another program is noticed later.
    const document = await vscode.workspace.openTextDocument(styleFile());
    const edit = new vscode.WorkspaceEdit();
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, whole, '{"styles": {"Docs": "no slot", "New": "{prompt}!"}}');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await changed;
    await styles.loaded();
    assert.deepEqual(own(), ['project:New', 'user:Poster']);
    assert.match(logger.lines.join(), /"Docs" in .easel\/styles.json needs {prompt}/);
  });

  it('are left alone until the workspace is trusted', async () => {
    await write('{"styles": {"Docs": "docs: {prompt}"}}');
    const granted = new vscode.EventEmitter<void>();
    const trust = { isTrusted: false, onDidGrantWorkspaceTrust: granted.event };
    styles = new Styles(noSettings, new RecordingLogger(), trust);
    await styles.loaded();
    assert.deepEqual(own(), []);
    trust.isTrusted = true;
    granted.fire();
    await styles.loaded();
    assert.deepEqual(own(), ['project:Docs']);
  });
});

describe('a prompt with a style', () => {
  let parts: string;
  let styles: Styles;
  before(async () => {
    parts = await mkdtemp(path.join(os.tmpdir(), 'easel-parts-'));
    styles = new Styles(noSettings, new RecordingLogger());
    await emulator.reset();
  });
  after(async () => {
    styles.dispose();
    await rm(parts, { recursive: true, force: true });
    await cleanWorkspace();
  });

  it('is sent whole, and names the file and the link by what was typed', async () => {
    const state = new MemoryState();
    const logger = new RecordingLogger();
    const { provider } = createDashScopeServices({
      settings: {
        endpoint: emulator.address,
        workspaceId: () => undefined,
        hostChoice: () => ({ workspaceId: undefined, prefersWorkspaceHost: false }),
      },
      secrets: new MemorySecrets() as unknown as vscode.SecretStorage, // what the store uses of one
      readImage: async () => new Uint8Array(),
      uploadCache: { get: () => undefined, set: async () => {} },
      taskDurations: { get: () => [], add: async () => {} },
      windows: () => 1,
      logger,
    });
    const service = new GenerationService({
      ...{ provider, logger, journal: new MemoryJournal(), now: Date.now },
      sink: new ImageStore(vscode.Uri.joinPath(workspaceRoot(), 'draft'), logger),
      scheduler: new Scheduler({
        ledger: new MemoryLedger(),
        pause: () => new Promise((done) => setImmediate(done)),
        now: Date.now,
      }),
      inscribe: asDelivered,
      partFile: (id, position) => path.join(parts, `${id}-${position}`),
      createId: () => 'job-1',
    });
    const requests = new RequestDefaults(
      { model: 'qwen-image-2.0' },
      new ParameterMemory(state, state),
      (id) => provider.describe(id),
    );
    const draft = draftOf('qwen-image-2.0', {
      ...{ prompt: 'a quiet harbour', negativePrompt: 'people', style: 'builtIn:watercolor' },
    });
    const model = requests.model(draft.modelId);
    const shelf = new InputShelf(state, () => 'input');
    const request = requests.complete(fromDraft(draft, model, shelf, styles), false);
    const folder = vscode.Uri.joinPath(workspaceRoot(), 'assets').toString();
    const job = service.start({ request, regionId: 'cn-beijing', folder });
    const ended = await service.finished(job.id);
    assert.equal(ended.state.status, 'saved');
    assert.deepEqual(await filesIn('assets'), ['a-quiet-harbour.png']);
    assert.equal(linksOf(ended).altText, 'a quiet harbour');
    const [sent] = (await emulator.requests()).filter(({ method }) => method === 'POST');
    const body = JSON.stringify(sent?.body);
    assert.match(body, /A watercolor painting of a quiet harbour, soft washes/);
    assert.match(body, /"negative_prompt":"people, photograph/);
    assert.doesNotMatch(body, /typed|builtIn/);
  });
});

describe('what is dropped or pasted into the Studio', () => {
  const storage = () => vscode.Uri.joinPath(workspaceRoot(), 'draft');
  const picture = () => vscode.Uri.joinPath(workspaceRoot(), 'pictures', 'fox.png');
  let window: FakeWindow;
  let added: { images: readonly InputImage[]; target: string | undefined }[];
  let posted: HostMessage[];
  beforeEach(async () => {
    window = new FakeWindow();
    [added, posted] = [[], []];
    await vscode.workspace.fs.writeFile(picture(), samplePng(64, 64));
  });
  afterEach(async () => {
    window.restore();
    await cleanWorkspace();
  });

  const made = 'file:///elsewhere/made.png';
  /** The handlers in a panel that has one image of Easel's, outside the workspace. */
  function setUp() {
    const size = { width: 64, height: 64 };
    const image = { id: 'job-0', position: 0, uri: made, mediaType: 'image/png', size } as const;
    const services = {
      history: {
        imageAt: (uri: string) => (uri === made ? { image } : undefined),
        prompts: () => ['a red fox', 'an owl'],
      },
      styles: { all: () => [], problems: [] },
      savedPrompts: new SavedPrompts(new MemoryState()),
      pastedImages: new PastedImages(storage()),
    };
    const jobs = {
      image: () => image,
    };
    const context = {
      ...{ services, jobs },
      draft: () => draftOf('qwen-image-2.0', { prompt: 'mine', count: 3 }),
      post: (message: HostMessage) => posted.push(message),
      addInputs: async (images: readonly InputImage[], target?: string) => {
        added.push({ images, target });
      },
      // All that the handlers use of it.
    } as unknown as Parameters<typeof promptHandlers>[0];
    return { handlers: promptHandlers(context), context };
  }

  it('becomes a file of its own, whatever it is called, and an input', async () => {
    const bytes = Uint8Array.from(samplePng(30, 20));
    const { addImageFile } = setUp().handlers;
    await addImageFile({ type: 'addImageFile', target: 'mask', name: '../../evil.svg', bytes });
    const hash = createHash('sha256').update(bytes).digest('hex');
    const file = vscode.Uri.joinPath(storage(), 'inputs', `${hash}.png`);
    assert.deepEqual(added, [{ images: [{ uri: file.toString() }], target: 'mask' }]);
    assert.deepEqual(Uint8Array.from(await vscode.workspace.fs.readFile(file)), bytes);
  });

  it('is refused where its bytes are no image', async () => {
    const bytes = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const { addImageFile } = setUp().handlers;
    await addImageFile({ type: 'addImageFile', target: 'images', name: 'a.png', bytes });
    assert.deepEqual(added, []);
    assert.deepEqual(window.texts(), ['"a.png" is not an image that Easel can read.']);
    assert.deepEqual(await filesIn('draft/inputs'), []);
  });

  it('is kept as the newest 50', async () => {
    const pasted = new PastedImages(storage());
    for (let side = 1; side <= 52; side += 1) await pasted.keep(samplePng(side, 1));
    assert.equal((await filesIn('draft/inputs')).length, 50);
  });

  it('is a file of the workspace or an image of ours; others are named and refused', async () => {
    const { addDroppedFiles } = setUp().handlers;
    // As a window that is connected to this host names the file, and one that is connected to another.
    const { remoteName } = vscode.env;
    const inWindow = (authority: string) =>
      picture().with({ scheme: 'vscode-remote', authority }).toString();
    const remote = remoteName === undefined ? picture().toString() : inWindow(remoteName);
    const climbing = `${workspaceRoot()}/pictures/../../secret.png`;
    const uris = [
      ...[picture().toString(), made, remote, inWindow('ssh-remote+another'), climbing],
      ...['file:///etc/passwd', 'https://example.com/a.png', 'no address'],
    ];
    await addDroppedFiles({ type: 'addDroppedFiles', target: 'images', uris });
    assert.deepEqual(
      added.map(({ images }) => images.map(({ uri }) => uri)),
      [[picture().toString(), made, picture().toString()]],
    );
    const [text = ''] = window.texts();
    assert.match(text, /: fox\.png, secret\.png, passwd, a\.png, no address\./);
  });

  it('gives a chosen prompt back with the rest of the form, and keeps or forgets it', async () => {
    const inputs = new FakeQuickInputs();
    try {
      const { handlers, context } = setUp();
      await handlers.savePrompt({ type: 'savePrompt', prompt: 'an owl', isSaved: true });
      assert.deepEqual(promptState(context).prompts, {
        ...{ recent: ['a red fox', 'an owl'], saved: ['an owl'] },
      });
      const shown = inputs.next();
      const chosen = handlers.choosePrompt({ type: 'choosePrompt' });
      const list = await shown;
      assert.deepEqual(
        list.items.map(({ label }) => label),
        ['Saved Prompts', '$(star-full) an owl', 'Recent Prompts', 'a red fox'],
      );
      await list.pressAt('a red fox', 'Save Prompt');
      await list.pressAt('$(star-full) an owl', 'Remove from Saved Prompts');
      assert.deepEqual(promptState(context).prompts.saved, ['a red fox']);
      list.accept('an owl');
      await chosen;
      const draft = draftOf('qwen-image-2.0', { prompt: 'an owl', count: 3 });
      assert.deepEqual(posted.at(-1), { type: 'reuse', draft });
    } finally {
      inputs.restore();
    }
  });
});
