import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  type CheckConnectionOptions,
  type ConnectionCheckSettings,
  checkConnection,
} from '../../src/commands/checkConnection';
import { diagnoseConnection } from '../../src/dashscope/connectionCheck';
import { modelCatalog } from '../../src/dashscope/modelCatalog';
import { findRegion, keyOrigin, regions, regionUrl } from '../../src/dashscope/regions';
import { ImageGenerationError } from '../../src/imageModel/errors';
import { ApiKeyStore } from '../../src/settings/apiKeyStore';
import type { ErrorAction } from '../../src/ui/errorText';
import { pause } from '../../src/util/abort';
import { emulator } from '../emulator/controlClient';
import { MemorySecrets } from '../fakes/memoryState';
import { RecordingLogger } from '../fakes/recordingLogger';

/** Stands in for VS Code's messages: keeps what they say, and presses the buttons given to it. */
class FakeMessages {
  readonly shown: string[] = [];
  readonly buttons: string[][] = [];
  readonly picks: string[][] = [];
  readonly toPress: string[] = [];
  /** Called while a message is open. */
  onShow: () => unknown = () => {};
  readonly #originals = {
    showWarningMessage: vscode.window.showWarningMessage,
    showInformationMessage: vscode.window.showInformationMessage,
    showQuickPick: vscode.window.showQuickPick,
  };

  constructor() {
    const show = async (message: string, ...labels: string[]) => {
      this.shown.push(message);
      this.buttons.push(labels);
      await this.onShow();
      return labels.find((label) => label === this.toPress[0]) && this.toPress.shift();
    };
    const pick = async (items: readonly vscode.QuickPickItem[]) => {
      this.picks.push(items.map(({ label }) => label));
      return items.find(({ description }) => description === this.toPress[0]);
    };
    Object.assign(vscode.window, {
      ...{ showWarningMessage: show, showInformationMessage: show, showQuickPick: pick },
    });
  }

  restore(): void {
    Object.assign(vscode.window, this.#originals);
  }
}

class FakeSettings implements ConnectionCheckSettings {
  regionId = 'cn-beijing';
  endpoint = '';
  model = modelCatalog[0]?.id ?? '';
  async setModel(modelId: string): Promise<void> {
    this.model = modelId;
  }
  async setRegion(regionId: string): Promise<void> {
    this.regionId = regionId;
  }
}

function setUp(answer: (host: string, key: string) => Response | Error, environmentKey?: string) {
  const settings = new FakeSettings();
  const memory = new MemorySecrets();
  const changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  const logger = new RecordingLogger();
  const run: ErrorAction[] = [];
  const regionOf = (id: string) => findRegion(id) ?? regions[0];
  const apiKeys = new ApiKeyStore({
    secrets: {
      get: (key) => memory.get(key),
      store: async (key, value) => {
        await memory.store(key, value);
        changed.fire({ key });
      },
      delete: (key) => memory.delete(key),
      onDidChange: changed.event,
    },
    environmentKey: () => environmentKey,
    originOf: (id) => settings.endpoint || keyOrigin(regionOf(id)),
  });
  const environment = {
    fetch: async (url: string, init: RequestInit) => {
      const key = new Headers(init.headers).get('authorization')?.slice('Bearer '.length) ?? '';
      const answered = answer(new URL(url).host, key);
      if (answered instanceof Error) throw answered;
      return answered;
    },
    ...{ pause, random: () => 0, now: Date.now, logger },
  };
  const options: CheckConnectionOptions = {
    ...{ apiKeys, settings, logger, regions },
    notifier: {
      run: async (action) => {
        run.push(action);
      },
    },
    baseUrlFor: (id) =>
      settings.endpoint ||
      regionUrl(regionOf(id), { workspaceId: undefined, prefersWorkspaceHost: false }),
    keyFor: (id) => apiKeys.get(id),
    workspaceIdFor: () => undefined,
    diagnose: (plan, how) => diagnoseConnection(environment, plan, how),
  };
  const stored = async () => [
    (await apiKeys.source('cn-beijing')) === 'stored' && (await apiKeys.get('cn-beijing')),
    (await apiKeys.source('ap-southeast-1')) === 'stored' && (await apiKeys.get('ap-southeast-1')),
  ];
  return { options, settings, apiKeys, logger, run, stored };
}

const list = () => Response.json({ data: modelCatalog.slice(0, 3).map(({ id }) => ({ id })) });
const refuse = () => Response.json({ code: 'InvalidApiKey', message: 'm' }, { status: 401 });
/** A world in which the key `sk-intl` is one of Singapore, and `sk-cn` one of Beijing. */
const world = (host: string, key: string) => {
  const good = host.includes('-intl') ? 'sk-intl' : host.includes('-us') ? 'sk-us' : 'sk-cn';
  return key === good ? list() : refuse();
};

describe('Check Connection', () => {
  let messages: FakeMessages;
  beforeEach(() => {
    messages = new FakeMessages();
  });
  afterEach(() => messages.restore());

  it('says what works, and lists the models to choose from', async () => {
    const { options, apiKeys, settings, logger } = setUp(world);
    await apiKeys.set('cn-beijing', 'sk-cn');
    const chosen = modelCatalog[1]?.id ?? '';
    messages.toPress.push('Show Models', chosen);
    await checkConnection(options);
    assert.match(
      messages.shown.join(),
      /^Beijing works: the service lists 3 of \d+ image models for this API key\. Its list has gaps, so others may work too\.$/,
    );
    assert.equal(messages.picks[0]?.[1], `$(check) ${modelCatalog[0]?.label}`);
    assert.equal(settings.model, chosen);
    assert.ok(!logger.lines.some((line) => line.includes('sk-cn')));
  });

  it('finds the region of a key and moves it there', async () => {
    const { options, apiKeys, settings, stored } = setUp(world);
    await apiKeys.set('cn-beijing', 'sk-intl');
    messages.toPress.push('Use Singapore');
    await checkConnection(options);
    assert.deepEqual(messages.shown, [
      'The API key is not valid in Beijing; it belongs to Singapore.',
      'Easel now uses Singapore.',
    ]);
    assert.deepEqual(messages.buttons[0], [
      ...['Use Singapore', 'Set API Key', 'Open Console', 'Check Again'],
    ]);
    assert.equal(settings.regionId, 'ap-southeast-1');
    assert.deepEqual(await stored(), [false, 'sk-intl']);
  });

  it('leaves a key that works in the other region where it is', async () => {
    const { options, apiKeys, settings, stored } = setUp(world);
    await apiKeys.set('cn-beijing', 'sk-mistyped');
    await apiKeys.set('ap-southeast-1', 'sk-intl');
    messages.toPress.push('Use Singapore');
    await checkConnection(options);
    assert.match(messages.shown[0] ?? '', /Singapore: the stored API key works\.$/);
    assert.equal(settings.regionId, 'ap-southeast-1');
    assert.deepEqual(await stored(), ['sk-mistyped', 'sk-intl']);
  });

  it('puts the key in the place of one that is refused there', async () => {
    const { options, apiKeys, stored } = setUp(world);
    await apiKeys.set('cn-beijing', 'sk-intl');
    await apiKeys.set('ap-southeast-1', 'sk-old');
    messages.toPress.push('Use Singapore');
    await checkConnection(options);
    assert.match(messages.shown[0] ?? '', /Singapore: the stored API key is not valid\.$/);
    assert.deepEqual(await stored(), [false, 'sk-intl']);
  });

  it('checks again instead of moving a key that was changed meanwhile', async () => {
    const { options, apiKeys, stored } = setUp(world);
    await apiKeys.set('cn-beijing', 'sk-intl');
    messages.onShow = () => apiKeys.set('cn-beijing', 'sk-cn');
    messages.toPress.push('Use Singapore');
    await checkConnection(options);
    assert.match(messages.shown[1] ?? '', /^Beijing works/);
    assert.deepEqual(await stored(), ['sk-cn', false]);
  });

  it('only changes the region for the key of the environment', async () => {
    const { options, settings, stored } = setUp(world, 'sk-intl');
    messages.toPress.push('Use Singapore');
    await checkConnection(options);
    assert.equal(settings.regionId, 'ap-southeast-1');
    assert.deepEqual(await stored(), [false, false]);
  });

  it('says when the model is not offered in the new region', async () => {
    const { options, apiKeys, settings, run } = setUp(world);
    const local = modelCatalog.find(({ regions: [only, ...others] }) => only && !others.length);
    settings.model = local?.id ?? '';
    await apiKeys.set('cn-beijing', 'sk-intl');
    messages.toPress.push('Use Singapore', 'Select Model');
    await checkConnection(options);
    assert.equal(
      messages.shown[1],
      `Easel now uses Singapore. The model ${local?.id} is not offered there.`,
    );
    assert.deepEqual(run, ['selectModel']);
  });

  it('says where a key was refused and where it was not tried', async () => {
    const { options } = setUp(world, 'sk-mistyped');
    await checkConnection(options);
    assert.equal(
      messages.shown[0],
      'Beijing is reached, but the API key is not valid there. Check that it is complete, or make a new one in the console. The key comes from the environment variable DASHSCOPE_API_KEY. It is not valid in Singapore and Virginia either. Not tried: Frankfurt, Tokyo, and Hong Kong.',
    );
  });

  it('sends the key of an endpoint of the user nowhere else', async () => {
    const hosts = new Set<string>();
    const { options, settings, run } = setUp((host) => {
      hosts.add(host);
      return refuse();
    }, 'sk-any');
    settings.endpoint = 'https://gateway.example';
    messages.toPress.push('Open Setting');
    await checkConnection(options);
    assert.deepEqual([...hosts], ['gateway.example']);
    assert.match(messages.shown[0] ?? '', /The address comes from the setting easel\.endpoint\./);
    assert.deepEqual(run, ['openEndpointSetting']);
  });

  it('names the proxy, checks again at a press, and asks for what is missing', async () => {
    let isFixed = false;
    const { options } = setUp((host, key) => {
      if (isFixed) return world(host, key);
      isFixed = true;
      const cause = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
        ...{ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: host },
      });
      return new TypeError('fetch failed', { cause });
    }, 'sk-cn');
    process.env.https_proxy = 'http://me:secret@proxy.corp:3128';
    messages.toPress.push('Check Again');
    await checkConnection(options);
    delete process.env.https_proxy;
    const [first, second] = messages.shown;
    assert.equal(
      first,
      'The name dashscope.aliyuncs.com cannot be found (ENOTFOUND). Check the internet connection and the DNS of this network. VS Code uses the proxy proxy.corp:3128 (from https_proxy).',
    );
    assert.match(second ?? '', /^Beijing works/);
  });

  it('says that there is no key, and that another region has one', async () => {
    const { options, apiKeys } = setUp(world);
    await apiKeys.set('ap-southeast-1', 'sk-intl');
    await checkConnection(options);
    assert.equal(
      messages.shown[0],
      'There is no API key for this region yet. Set one to generate images. Singapore: the stored API key works.',
    );
    assert.equal(messages.buttons[0]?.[0], 'Use Singapore');
  });

  it('leaves it to the caller to say that a region needs a workspace', async () => {
    const { options, settings } = setUp(world);
    settings.regionId = 'eu-central-1';
    await assert.rejects(
      checkConnection(options),
      (error) => error instanceof ImageGenerationError && error.code === 'WorkspaceNeeded',
    );
  });

  it('costs nothing at the service', async () => {
    await emulator.reset();
    await vscode.commands.executeCommand('easel.checkConnection');
    assert.match(
      messages.shown[0] ?? '',
      /^Beijing works: the API key may use all \d+ image models\.$/,
    );
    const requests = (await emulator.requests()).map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(requests, ['GET /compatible-mode/v1/models']);
    assert.deepEqual(await emulator.ledger(), []);
  });
});
