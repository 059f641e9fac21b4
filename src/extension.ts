import * as vscode from 'vscode';
import { registerCommands } from './commands/commands';
import { JobFollower } from './commands/jobFollower';
import { askForKey } from './commands/manageApiKey';
import { createDashScopeServices } from './dashScopeServices';
import { GenerationService } from './generation/generationService';
import { DraftMemory } from './panel/drafts';
import { InputShelf } from './panel/inputShelf';
import { StudioPanel, studioViewType } from './panel/studioPanel';
import { ParameterMemory } from './settings/parameterMemory';
import { PriceList } from './settings/priceList';
import { RequestDefaults } from './settings/requestDefaults';
import { Settings } from './settings/settings';
import { ErrorNotifier } from './ui/errorNotifier';
import { ImageActions } from './ui/imageActions';
import { StatusBar } from './ui/statusBar';
import { AssetsFolder } from './workspace/assetsFolder';
import { ImageStore } from './workspace/imageStore';
import { InputFiles } from './workspace/inputFiles';
import { JobStarter } from './workspace/jobStarter';
import { RecentJobs } from './workspace/recentJobs';
import { RememberedUploads } from './workspace/rememberedUploads';

/** Builds the services, each from the ones before it, and registers the features. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, globalState, workspaceState, secrets, subscriptions } = context;
  const log = vscode.window.createOutputChannel('Easel', { log: true });
  const settings = new Settings(log);
  const inputs = new InputFiles();
  const { provider, regionOf, ...dashScope } = createDashScopeServices({
    ...{ settings, secrets, logger: log },
    readImage: (uri) => inputs.read(uri),
    uploadCache: new RememberedUploads(globalState, Date.now),
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
  const requests = new RequestDefaults(settings, memory, (id) => provider.describe(id));
  const prices = new PriceList(
    settings,
    (model, region) => provider.price(model, region),
    (id) => regionOf(id).currency,
  );
  const folders = new AssetsFolder(settings);
  const keys = { ...dashScope, settings };
  const starter = new JobStarter({
    ...{ ...keys, requests, folders, service, prices, inputs },
    askForKey: (id) => askForKey(keys, id),
  });
  const drafts = new DraftMemory(workspaceState);
  const recentJobs = new RecentJobs(workspaceState, requests);
  const notifier = new ErrorNotifier(log, () => regionOf(settings.regionId).keysUrl);
  const actions = new ImageActions();
  const follower = new JobFollower(service, notifier, actions, requests);
  const shelf = new InputShelf(workspaceState, () => crypto.randomUUID());
  const shared = {
    ...{ ...keys, memory, requests, models, starter, service, folders, follower, notifier },
    ...{ prices, inputs, logger: log },
  };
  const panel = new StudioPanel(
    { ...shared, recentJobs, drafts, shelf, actions },
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
