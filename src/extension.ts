import * as vscode from 'vscode';
import { registerCommands } from './commands/commands';
import { JobFollower } from './commands/jobFollower';
import { askForKey } from './commands/manageApiKey';
import { DashScopeProvider } from './dashscope/dashScopeProvider';
import { guidePollDelay } from './dashscope/pollSchedule';
import { findRegion, regions } from './dashscope/regions';
import { GenerationService } from './generation/generationService';
import { DraftMemory } from './panel/drafts';
import { StudioPanel, studioViewType } from './panel/studioPanel';
import { ApiKeyStore } from './settings/apiKeyStore';
import { parseEndpoint } from './settings/endpoint';
import { ParameterMemory } from './settings/parameterMemory';
import { RequestDefaults } from './settings/requestDefaults';
import { Settings } from './settings/settings';
import { ErrorNotifier } from './ui/errorNotifier';
import { ImageActions } from './ui/imageActions';
import { StatusBar } from './ui/statusBar';
import { pause } from './util/abort';
import { AssetsFolder } from './workspace/assetsFolder';
import { ImageStore } from './workspace/imageStore';
import { JobStarter } from './workspace/jobStarter';
import { RecentJobs } from './workspace/recentJobs';

/** Builds the services, each from the ones before it, and registers the features. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, globalState, workspaceState, secrets, subscriptions } = context;
  const log = vscode.window.createOutputChannel('Easel', { log: true });
  const settings = new Settings(log);
  const regionOf = (id: string) => findRegion(id) ?? regions[0];
  const baseUrlFor = (id: string) => parseEndpoint(settings.endpoint) ?? regionOf(id).baseUrl;
  const environmentKey = () => process.env.DASHSCOPE_API_KEY;
  const apiKeys = new ApiKeyStore({ secrets, environmentKey, originOf: baseUrlFor });
  const provider = new DashScopeProvider({
    // Looked up per call: VS Code replaces it with one that honours proxy and certificates.
    fetch: (input, init) => globalThis.fetch(input, init),
    baseUrlFor,
    getApiKey: (id, origin) => apiKeys.get(id, origin),
    pollSchedule: guidePollDelay,
    pause,
    random: Math.random,
    now: Date.now,
    logger: log,
  });
  const models = provider.models();
  const keptFolder = vscode.Uri.joinPath(context.globalStorageUri, 'kept');
  const service = new GenerationService({
    provider,
    sink: new ImageStore(keptFolder, log),
    now: Date.now,
    createId: () => crypto.randomUUID(),
    logger: log,
  });
  const memory = new ParameterMemory(globalState, workspaceState);
  const requests = new RequestDefaults(settings, memory, () => models);
  const folders = new AssetsFolder(settings);
  const keys = { apiKeys, settings, regions };
  const starter = new JobStarter({
    ...{ settings, apiKeys, requests, folders, service },
    askForKey: (id) => askForKey(keys, id),
  });
  const drafts = new DraftMemory(workspaceState);
  const recentJobs = new RecentJobs(workspaceState);
  const notifier = new ErrorNotifier(log, () => regionOf(settings.regionId).keysUrl);
  const actions = new ImageActions();
  const follower = new JobFollower(service, notifier, actions);
  const shared = {
    ...keys,
    memory,
    requests,
    models,
    starter,
    service,
    folders,
    follower,
    notifier,
  };
  const panel = new StudioPanel(
    { ...shared, recentJobs, drafts, actions, logger: log },
    { extensionUri, keptFolder },
  );
  subscriptions.push(
    log,
    actions,
    panel,
    new StatusBar(service),
    service.onDidChangeJob((job) => job.endedAt !== undefined && void recentJobs.add(job)),
    vscode.window.registerWebviewPanelSerializer(studioViewType, panel),
    registerCommands({ ...shared, panel, log }),
  );
}
