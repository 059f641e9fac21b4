import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { SavedImage } from '../../src/generation/generationJob';
import { acceptHandlers, compareWithGit, pairWithGit } from '../../src/panel/compareHandlers';
import { GitVersions } from '../../src/panel/gitVersions';
import type { PanelContext } from '../../src/panel/panelContext';
import type { HostMessage } from '../../src/shared/panelProtocol';
import { encodePng } from '../emulator/picture/encodePng';
import { FakeWindow } from './fakeWindow';
import { cleanWorkspace, workspaceRoot } from './workspaceFiles';

const run = promisify(execFile);

function greyPng(level: number): Uint8Array {
  const [width, height] = [6, 4];
  return encodePng({ width, height, pixels: new Uint8Array(width * height * 3).fill(level) });
}

async function write(file: vscode.Uri, bytes: Uint8Array): Promise<void> {
  await vscode.workspace.fs.writeFile(file, bytes);
}

describe('An image and its version in git', () => {
  const folder = () => vscode.Uri.joinPath(workspaceRoot(), 'pictures');
  const image = () => vscode.Uri.joinPath(folder(), 'fox & owl.png');
  let storage: vscode.Uri;
  let versions: GitVersions;
  let window: FakeWindow;

  const git = async (...words: string[]): Promise<string> => {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    const { stdout } = await run('git', [...identity, ...words], { cwd: folder().fsPath });
    return stdout.trim();
  };
  const commit = async (level: number): Promise<string> => {
    await write(image(), greyPng(level));
    await git('add', '.');
    await git('commit', '--quiet', '--message', `grey ${level}`);
    return git('rev-parse', '--short=7', 'HEAD');
  };
  const pair = (file = image(), id?: string) =>
    pairWithGit(versions, { file, ...(id && { id }) }, (uri) => uri);
  const bytesOf = async (src = '') =>
    Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.parse(src, true)));

  beforeEach(async () => {
    const made = await mkdtemp(path.join(await realpath(os.tmpdir()), 'easel-versions-'));
    storage = vscode.Uri.file(made);
    versions = new GitVersions(storage);
    window = new FakeWindow();
    await vscode.workspace.fs.createDirectory(folder());
    await git('init', '--quiet');
  });
  afterEach(async () => {
    window.restore();
    await cleanWorkspace();
    await rm(storage.fsPath, { recursive: true, force: true });
  });

  it('is compared with HEAD when the file has changed since', async () => {
    await commit(10);
    const head = await commit(20);
    await write(image(), greyPng(30));
    const [earlier, current] = (await pair(image(), 'image-1')) ?? [];
    assert.deepEqual(window.texts(), []);
    assert.deepEqual(await bytesOf(earlier?.src), Buffer.from(greyPng(20)));
    assert.ok(earlier?.label.startsWith(`HEAD · ${head} · `), earlier?.label);
    assert.deepEqual(earlier?.size, { width: 6, height: 4 });
    assert.equal(earlier?.isFile, false);
    assert.deepEqual(current, {
      id: 'image-1',
      src: image().toString(),
      label: 'fox & owl.png',
      size: { width: 6, height: 4 },
      isFile: true,
    });
  });

  it('is compared with the newest commit that differs when HEAD does not', async () => {
    await commit(10);
    const older = await commit(20);
    await commit(30);
    const [earlier, current] = (await pair()) ?? [];
    assert.deepEqual(await bytesOf(earlier?.src), Buffer.from(greyPng(20)));
    assert.ok(earlier?.label.startsWith(`${older} · `), earlier?.label);
    // Not known as an image of the history, it cannot be accepted.
    assert.equal(current?.isFile, false);
  });

  it('is posted to the page', async () => {
    await commit(10);
    await write(image(), greyPng(30));
    const posted: HostMessage[] = [];
    // Only what the comparison asks for.
    const context = {
      services: { versions },
      view: { toWebviewUri: (uri: vscode.Uri) => uri },
      post: (message: HostMessage) => posted.push(message),
    } as unknown as PanelContext;
    await compareWithGit(context, { ...savedImage('image-1'), uri: image().toString() });
    const [message] = posted;
    assert.ok(message?.type === 'compare');
    assert.deepEqual(
      message.images.map(({ isFile }) => isFile),
      [false, true],
    );
  });

  it('says that it was never committed', async () => {
    await write(image(), greyPng(10));
    assert.equal(await pair(), undefined);
    await commit(20);
    const other = vscode.Uri.joinPath(folder(), 'new.png');
    await write(other, greyPng(10));
    assert.equal(await pair(other), undefined);
    assert.deepEqual(window.texts(), [
      'fox & owl.png has never been committed.',
      'new.png has never been committed.',
    ]);
  });

  it('says that no commit has another one', async () => {
    await commit(10);
    assert.equal(await pair(), undefined);
    assert.deepEqual(window.texts(), ['fox & owl.png is the same in every commit.']);
  });

  it('says that it is in no repository', async () => {
    const outside = vscode.Uri.joinPath(storage, 'outside.png');
    await write(outside, greyPng(10));
    assert.equal(await pair(outside), undefined);
    assert.deepEqual(window.texts(), [
      'outside.png is not in a Git repository that VS Code has open.',
    ]);
  });

  it('says that Git is off', async () => {
    await write(image(), greyPng(10));
    versions = new GitVersions(storage, async () => undefined);
    assert.equal(await pair(), undefined);
    assert.deepEqual(window.texts(), ["VS Code's Git support is off, or Git is not installed."]);
  });

  it('says that git has something else than an image', async () => {
    await write(image(), new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\n'));
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'a pointer');
    await write(image(), greyPng(10));
    assert.equal(await pair(), undefined);
    assert.deepEqual(window.texts(), [
      'The version of fox & owl.png in Git is not an image that can be shown.',
    ]);
  });

  it('keeps the files of the last twenty versions', async () => {
    await commit(10);
    await write(image(), greyPng(30));
    for (let index = 0; index < 25; index++) {
      await write(vscode.Uri.joinPath(versions.folder, `old-${index}.png`), greyPng(index));
    }
    const [earlier] = (await pair()) ?? [];
    const names = (await vscode.workspace.fs.readDirectory(versions.folder)).map(([name]) => name);
    assert.equal(names.length, 20);
    assert.ok(names.some((name) => earlier?.src.endsWith(`/${name}`)));
  });
});

function savedImage(id: string): SavedImage {
  const size = { width: 6, height: 4 };
  return { id, position: 0, uri: `file:///pictures/${id}.png`, mediaType: 'image/png', size };
}

describe('Accepting one of the compared images', () => {
  let window: FakeWindow;
  let trashed: string[];
  const accept = async (keep: string, ...trash: string[]) => {
    const jobs = { image: savedImage } as unknown as PanelContext['jobs'];
    const handlers = acceptHandlers({ jobs }, async (images) => {
      trashed.push(...images.map(({ id }) => id));
    });
    await handlers.acceptImage({ type: 'acceptImage', keep, trash });
  };
  beforeEach(() => {
    window = new FakeWindow();
    trashed = [];
  });
  afterEach(() => window.restore());

  it('asks, and puts the others in the trash', async () => {
    window.toPress.push('Move to Trash');
    await accept('fox', 'owl', 'hare');
    window.toPress.push('Move to Trash');
    await accept('fox', 'wolf');
    assert.deepEqual(window.texts(), [
      'Keep fox.png and move 2 images to the trash?',
      'Keep fox.png and move wolf.png to the trash?',
    ]);
    assert.deepEqual(trashed, ['owl', 'hare', 'wolf']);
  });

  it('leaves everything when the question is dismissed', async () => {
    await accept('fox', 'owl');
    assert.deepEqual(trashed, []);
  });

  it('never trashes the one that is kept', async () => {
    await accept('fox', 'fox');
    assert.deepEqual(window.texts(), []);
    assert.deepEqual(trashed, []);
  });
});
