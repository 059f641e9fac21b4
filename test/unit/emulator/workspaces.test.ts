import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { assertRefused, messagesBody, paths, type Reply, send } from './emulatorClient';

describe('emulator: workspaces', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator({
      keys: { 'sk-main': 'any', 'sk-sub': 'any' },
      workspaces: ['ws-known'],
      subAccountKeys: ['sk-sub'],
    });
  });

  after(() => emulator.stop());

  const make = async (key: string, workspace?: string): Promise<Reply> =>
    await send(emulator, paths.multimodal, {
      body: messagesBody('qwen-image-2.0', { size: '512*512' }),
      headers: { authorization: `Bearer ${key}`, 'x-dashscope-workspace': workspace },
    });

  it('can be named, and need not be for a main account', async () => {
    assert.equal((await make('sk-main')).status, 200);
    assert.equal((await make('sk-main', 'ws-known')).status, 200);
    assert.equal((await make('sk-sub', 'ws-known')).status, 200);
  });

  it('must exist', async () => {
    const reply = await make('sk-main', 'ws-other');
    assert.equal(reply.status, 401);
    assert.equal(reply.body.code, 'NOT AUTHORIZED');
    assert.match(String(reply.body.message), /^Access denied: Either you are not authorized/);
  });

  it('must be named for the key of a sub-account', async () => {
    const message = 'Workspace access denied.';
    assertRefused(await make('sk-sub'), 403, 'Workspace.AccessDenied', message);
  });

  it('can have any name where none is listed', async () => {
    const open = await startEmulator();
    const reply = await send(open, '/api/v1/tasks/1', {
      headers: { 'x-dashscope-workspace': 'ws-any' },
    });
    assert.equal(reply.status, 200);
    await open.stop();
  });
});
