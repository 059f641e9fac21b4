import * as vscode from 'vscode';
import type { CommandId } from './commands/commandIds';
import { runCommand } from './commands/commands';
import { JobFollower } from './commands/jobFollower';
import { JobResumer } from './commands/jobResumer';
import { askForKey } from './commands/manageApiKey';
import { WaitingTexts } from './commands/waitingTexts';
import { createDashScopeServices } from './dashScopeServices';
import { createDocumentServices, type DocumentServices } from './documentServices';
import { createHistoryServices } from './historyServices';
import { createJobServices, createWindowMark } from './jobServices';
import { createFormServices } from './panel/formServices';
import { GitVersions } from './panel/gitVersions';
import { StudioPanel } from './panel/studioPanel';
import { createRequestServices } from './requestServices';
import { Settings } from './settings/settings';
import { ErrorNotifier } from './ui/errorNotifier';
import { ImageActions } from './ui/imageActions';
import { StatusBar } from './ui/statusBar';
import { AssetsFolder } from './workspace/assetsFolder';
import { createImagePlaces } from './workspace/imagePlaces';
import { InputFiles } from './workspace/inputFiles';
import { JobStarter } from './workspace/jobStarter';
import { Placeholders } from './workspace/placeholders';
import { RememberedUploads } from './workspace/rememberedUploads';
import { TaskDurations } from './workspace/taskDurations';

/** What the entry reaches Easel by. */
export interface Easel {
  /** @throws what a caller with arguments is to be told */
  runCommand(id: CommandId, argument: unknown, selected: unknown): Promise<unknown>;
  /** Of an earlier window. */
  restoreStudio(panel: vscode.WebviewPanel): Promise<void>;
  /** Goes on with the jobs that no window works on. */
  resumeJobs(): Promise<void>;
  readonly documents: DocumentServices;
}

/** Builds the services, each from the ones before it; the context disposes them. */
export function createEasel(context: vscode.ExtensionContext): Easel {
  const { globalState, workspaceState, globalStorageUri: storage, ...others } = context;
  const { extensionUri, secrets, subscriptions } = others;
  const log = vscode.window.createOutputChannel('Easel', { log: true });
  const settings = new Settings(log);
  const inputs = new InputFiles();
  const mark = createWindowMark(storage, log);
  const { provider, regionOf, ...dashScope } = createDashScopeServices({
    ...{ settings, secrets, logger: log },
    readImage: (uri) => inputs.read(uri),
    uploadCache: new RememberedUploads(globalState, Date.now),
    taskDurations: new TaskDurations(globalState),
    windows: () => mark.windowsSeen(),
  });
  const common = { mark, provider, settings, logger: log, storage };
  const { service, keptFolder, tidyUp, lock } = createJobServices(common);
  const forms = createRequestServices({ ...common, regionOf, context });
  const { requests, prices } = forms;
  const [folders, keys] = [new AssetsFolder(settings), { ...dashScope, settings }];
  const notifier = new ErrorNotifier(log, () => regionOf(settings.regionId).keysUrl);
  const places = createImagePlaces({ settings, folders, notifier, state: workspaceState });
  const starter = new JobStarter({
    ...{ ...keys, requests, folders, places, service, prices, inputs },
    random: Math.random,
    askForKey: (id) => askForKey(keys, id),
  });
  const { subscription, ...past } = createHistoryServices({ service, requests, lock, ...common });
  const actions = new ImageActions();
  const waiting = new WaitingTexts({ state: workspaceState, jobs: service, history: past.history });
  const follower = new JobFollower(service, notifier, actions, requests, waiting);
  const formServices = createFormServices(settings, log, context);
  const shared = {
    ...{ ...keys, ...forms, starter, service, folders, follower, notifier },
    ...{ places, inputs, logger: log, versions: new GitVersions(storage) },
  };
  const panel = new StudioPanel(
    { ...shared, ...past, ...formServices, actions },
    { extensionUri, keptFolder },
  );
  const documents = createDocumentServices({ ...past, requests, waiting });
  const resumer = new JobResumer({ service, follower, notifier });
  subscriptions.push(
    // Before the mark: another window may go on as soon as that is gone.
    service,
    mark,
    log,
    actions,
    panel,
    subscription,
    new StatusBar(service),
    documents.subscription,
  );
  notifier.guard(tidyUp());
  const services = { ...shared, ...past, panel, log, placeholders: new Placeholders(extensionUri) };
  return {
    runCommand: (id, argument, selected) => runCommand(services, id, argument, selected),
    restoreStudio: (webview) => panel.deserializeWebviewPanel(webview),
    resumeJobs: () => resumer.resume(),
    documents: documents.services,
  };
}
