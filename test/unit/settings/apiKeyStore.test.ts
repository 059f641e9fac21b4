import assert from 'node:assert/strict';
import { ApiKeyStore } from '../../../src/settings/apiKeyStore';
import { MemorySecrets } from '../../fakes/memoryState';

function setUp(environment?: string) {
  const secrets = new MemorySecrets();
  let origin = 'https://dashscope.example';
  const store = new ApiKeyStore({
    secrets,
    environmentKey: () => environment,
    originOf: () => origin,
  });
  return { store, secrets, moveTo: (other: string) => (origin = other) };
}

describe('ApiKeyStore', () => {
  it('keeps one key per region', async () => {
    const { store } = setUp();
    await store.set('cn-beijing', 'sk-a');
    assert.equal(await store.get('cn-beijing'), 'sk-a');
    assert.equal(await store.get('ap-southeast-1'), undefined);
  });

  it('has no key for another origin, so that a changed endpoint cannot collect keys', async () => {
    const { store, moveTo } = setUp();
    await store.set('cn-beijing', 'sk-a');
    moveTo('https://elsewhere.example');
    assert.equal(await store.get('cn-beijing'), undefined);
  });

  it('falls back to the environment, which a stored key goes before', async () => {
    const { store } = setUp(' sk-environment\n');
    assert.equal(await store.get('cn-beijing'), 'sk-environment');
    assert.equal(await store.source('cn-beijing'), 'environment');
    await store.set('cn-beijing', 'sk-stored');
    assert.equal(await store.get('cn-beijing'), 'sk-stored');
    assert.equal(await store.source('cn-beijing'), 'stored');
  });

  it('removes only what is stored', async () => {
    const { store, secrets } = setUp('sk-environment');
    await store.set('cn-beijing', 'sk-stored');
    await store.remove('cn-beijing');
    assert.equal(secrets.values.size, 0);
    assert.equal(await store.get('cn-beijing'), 'sk-environment');
  });

  it('looks again whether there is a key when one was stored or removed, also by another window', async () => {
    const { store, secrets } = setUp();
    assert.equal(await store.source('cn-beijing'), undefined);
    await secrets.store('dashscope.apiKey.cn-beijing@https://dashscope.example', 'sk-a');
    assert.equal(await store.source('cn-beijing'), 'stored');
    await secrets.delete('dashscope.apiKey.cn-beijing@https://dashscope.example');
    assert.equal(await store.source('cn-beijing'), undefined);
  });

  it('counts an empty environment variable as none', async () => {
    assert.equal(await setUp('').store.source('cn-beijing'), undefined);
  });
});
