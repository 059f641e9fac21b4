import assert from 'node:assert/strict';
import { createDashScopeServices } from '../../src/dashScopeServices';
import { MemorySecrets } from '../fakes/memoryState';
import { RecordingLogger } from '../fakes/recordingLogger';

const relay = 'https://relay.example';
const classic = 'https://dashscope.aliyuncs.com';
const workspaceHost = 'https://llm-mine.cn-beijing.maas.aliyuncs.com';

function setUp(values: { endpoint?: string; prefersWorkspaceHost?: boolean } = {}) {
  const { endpoint = '', prefersWorkspaceHost = false } = values;
  return createDashScopeServices({
    settings: {
      endpoint,
      workspaceId: () => 'llm-mine',
      hostChoice: () => ({ workspaceId: 'llm-mine', prefersWorkspaceHost }),
    },
    secrets: new MemorySecrets(),
    readImage: async () => new Uint8Array(),
    uploadCache: new Map(),
    taskDurations: { get: () => [], add: async () => {} },
    windows: () => 1,
    logger: new RecordingLogger(),
  });
}

describe('the DashScope services', () => {
  it("give a region's key to all of its hosts, and to no other address", async () => {
    const { apiKeys, keyFor } = setUp();
    await apiKeys.set('cn-beijing', 'sk-beijing');
    assert.equal(await keyFor('cn-beijing', classic), 'sk-beijing');
    assert.equal(await keyFor('cn-beijing', workspaceHost), 'sk-beijing');
    for (const origin of [
      relay,
      'https://dashscope-intl.aliyuncs.com',
      'https://llm-mine.eu-central-1.maas.aliyuncs.com',
      'https://llm-mine.cn-beijing.maas.aliyuncs.com.evil.example',
      'http://dashscope.aliyuncs.com',
    ]) {
      assert.notEqual(await keyFor('cn-beijing', origin), 'sk-beijing', origin);
    }
  });

  it("keep the key of the user's own endpoint for that endpoint", async () => {
    const { apiKeys, keyFor, baseUrlFor } = setUp({ endpoint: relay });
    await apiKeys.set('cn-beijing', 'sk-relay');
    assert.equal(baseUrlFor('cn-beijing'), relay);
    assert.equal(await keyFor('cn-beijing', relay), 'sk-relay');
    assert.notEqual(await keyFor('cn-beijing', classic), 'sk-relay');
  });

  it('name the workspace to the service alone', () => {
    const { workspaceIdFor } = setUp();
    assert.equal(workspaceIdFor('cn-beijing', classic), 'llm-mine');
    assert.equal(workspaceIdFor('cn-beijing', relay), undefined);
    assert.equal(setUp({ endpoint: relay }).workspaceIdFor('cn-beijing'), undefined);
  });

  it("speak to the workspace's own host where it is preferred or the only one", () => {
    assert.equal(setUp().baseUrlFor('cn-beijing'), classic);
    assert.equal(setUp({ prefersWorkspaceHost: true }).baseUrlFor('cn-beijing'), workspaceHost);
    assert.equal(
      setUp().baseUrlFor('eu-central-1'),
      'https://llm-mine.eu-central-1.maas.aliyuncs.com',
    );
  });
});
