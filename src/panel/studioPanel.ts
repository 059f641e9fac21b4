import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { FillItem } from '../documents/fillPlan';
import { isInPlace } from '../documents/jobContent';
import type { GenerationJob } from '../generation/generationJob';
import { shownPrompt } from '../imageModel/shownPrompt';
import type { ImageAction, PageAction } from '../shared/galleryProtocol';
import { DisposableStore } from '../util/disposable';
import { FillDesk, type FillTarget } from './fill/fillDesk';
import { registerImageDrop } from './imageDrop';
import { PanelController } from './panelController';
import { panelHtml } from './panelHtml';
import type { PanelServices } from './panelServices';
import { panelStrings } from './panelStrings';
import { studioViewType } from './studioViewType';

/** In media, in this order. */
const styleSheets = ['studio', 'prompt', 'gallery', 'compare', 'fill'] as const;

/** Where the panel's files are and where images may be shown from. */
export interface StudioPlaces {
  readonly extensionUri: vscode.Uri;
  /** Images that could not be written where they belong. */
  readonly keptFolder: vscode.Uri;
}

/** Owns the one Studio panel of the window. */
export class StudioPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  #open: { panel: vscode.WebviewPanel; controller: PanelController } | undefined;

  readonly #drop: vscode.Disposable;

  readonly #fill: FillDesk;

  constructor(
    private readonly services: Omit<PanelServices, 'fill'>,
    private readonly places: StudioPlaces,
  ) {
    this.#fill = new FillDesk(services, () => this.showPlan());
    this.#drop = registerImageDrop((id) => {
      const found = services.history.find(id);
      // One that was kept aside has no place yet that a document may name.
      if (!found || !isInPlace(found.image)) return undefined;
      const uri = vscode.Uri.parse(found.image.uri, true);
      return { uri, altText: shownPrompt(found.job.request) };
    });
  }

  /** Opens the panel beside the document, or brings it to the front; a prompt given fills the form. */
  async show(prompt?: string): Promise<void> {
    let attached: Promise<void> | undefined;
    if (!this.#open) {
      const column = vscode.window.activeTextEditor
        ? vscode.ViewColumn.Beside
        : vscode.ViewColumn.Active;
      attached = this.#attach(
        vscode.window.createWebviewPanel(studioViewType, vscode.l10n.t('Easel Studio'), column),
      );
    }
    this.#open?.panel.reveal();
    if (prompt !== undefined) await this.#open?.controller.handOver(prompt);
    await attached;
  }

  /**
   * Opens the panel with these files as input images; a model that takes none gives way to one that does.
   * @throws ImageGenerationError for a file that cannot be read
   */
  async addInputs(
    uris: readonly vscode.Uri[],
    options: { readonly prompt?: string } = {},
  ): Promise<void> {
    await this.show(options.prompt);
    await this.#open?.controller.addInputs(uris.map((uri) => ({ uri: uri.toString() })));
  }

  /** Does what a menu on images of the page says. @throws for an image that is not there */
  async actOnImages(action: ImageAction | PageAction, imageIds: readonly string[]): Promise<void> {
    await this.#open?.controller.actOnImages(action, imageIds);
  }

  /** Opens the panel with a file beside its earlier version in git. */
  async compareWithGit(file: vscode.Uri): Promise<void> {
    await this.show();
    await this.#open?.controller.compareWithGit(file);
  }

  /** The images that documents lack. */
  planFill(target: FillTarget): Promise<readonly FillItem[]> {
    return this.#fill.plan(target);
  }

  /** Opens the panel with a plan of missing images, in the place of the one before. */
  async showFill(target: FillTarget, items: readonly FillItem[]): Promise<void> {
    this.#fill.open(target, items);
    await this.showPlan();
  }

  /** Whether images of a plan are being made, or wait for it. */
  get isFilling(): boolean {
    return this.#fill.session !== undefined && this.#fill.session.status !== 'idle';
  }

  /** Opens the panel with the plan that is there. */
  async showPlan(): Promise<void> {
    await this.show();
    await this.#open?.controller.showFill();
  }

  /** VS Code calls this after a reload; the page brings its own state along with `ready`. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    await this.#attach(panel);
  }

  dispose(): void {
    this.#drop.dispose();
    this.#fill.dispose();
    this.#open?.panel.dispose();
  }

  async #attach(panel: vscode.WebviewPanel): Promise<void> {
    const { webview } = panel;
    const { settings, apiKeys, service, history, styles } = this.services;
    const controller = new PanelController(
      { ...this.services, fill: this.#fill },
      {
        toWebviewUri: (uri) => webview.asWebviewUri(uri),
        mayShow: (uri) => isBelow(uri, webview.options.localResourceRoots),
        post: (message) => void webview.postMessage(message),
      },
    );
    const subscriptions = new DisposableStore();
    subscriptions.add(webview.onDidReceiveMessage((data: unknown) => controller.receive(data)));
    subscriptions.add(
      service.onDidChangeJob((job) => {
        this.#allowFolders(webview, foldersOf(job));
        controller.postJob(job);
      }),
    );
    subscriptions.add(
      history.onDidChange(() => {
        this.#allowFolders(webview, history.folders());
        controller.post({ type: 'historyChanged' });
      }),
    );
    const toWebviewUri = (uri: vscode.Uri): vscode.Uri => webview.asWebviewUri(uri);
    subscriptions.add(this.#fill.onDidChange((message) => controller.post(message(toWebviewUri))));
    subscriptions.add(apiKeys.onDidChange(() => void controller.refresh()));
    subscriptions.add(styles.onDidChange(() => void controller.refresh()));
    subscriptions.add(settings.onDidChange('easel.region', () => void controller.refresh()));
    subscriptions.add(settings.onDidChange('easel.endpoint', () => void controller.refresh()));
    subscriptions.add(settings.onDidChange('easel.prices', () => void controller.refresh()));
    subscriptions.add(settings.onDidChange('easel.model', () => void controller.modelChanged()));
    const refresh = (): void => void controller.refresh();
    subscriptions.add(vscode.workspace.onDidGrantWorkspaceTrust(refresh));
    subscriptions.add(vscode.workspace.onDidChangeWorkspaceFolders(refresh));
    subscriptions.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) controller.hidden();
      }),
    );
    panel.onDidDispose(() => {
      controller.hidden();
      subscriptions.dispose();
      if (this.#open?.panel === panel) this.#open = undefined;
    });
    // A restored panel and one that was opened meanwhile: the newer one stays.
    this.#open?.panel.dispose();
    this.#open = { panel, controller };
    panel.iconPath = vscode.Uri.joinPath(this.places.extensionUri, 'media', 'icon.png');
    // Options that are set later would load the page again.
    await history.load();
    if (this.#open?.panel !== panel) return;
    webview.options = this.#options();
    webview.html = this.#html(webview);
  }

  #html(webview: vscode.Webview): string {
    const { extensionUri } = this.places;
    const uri = (...path: string[]): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
    return panelHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      scriptUri: uri('dist', 'webview', 'studio.js'),
      styleUris: styleSheets.map((name) => uri('media', `${name}.css`)),
      language: vscode.env.language,
      strings: panelStrings(),
    });
  }

  /** The page may show our own files, the workspace, and the folders that hold images of ours. */
  #options(): vscode.WebviewOptions {
    const { extensionUri, keptFolder } = this.places;
    const { folders, history, pastedImages, service, thumbnails, versions } = this.services;
    const roots = [
      vscode.Uri.joinPath(extensionUri, 'dist', 'webview'),
      vscode.Uri.joinPath(extensionUri, 'media'),
      keptFolder,
      vscode.Uri.file(thumbnails.folder),
      versions.folder,
      pastedImages.folder,
      ...folders.all(),
      ...(vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri),
    ];
    const imageFolders = new Set([...history.folders(), ...service.jobs().flatMap(foldersOf)]);
    const others = [...imageFolders].filter(
      (folder) => !isBelow(`${folder}/`, roots) && !isWide(folder),
    );
    return {
      enableScripts: true,
      localResourceRoots: [...roots, ...others.map((folder) => vscode.Uri.parse(folder, true))],
    };
  }

  /** Setting options reloads the page, so only when an image lies in a folder that is not allowed yet. */
  #allowFolders(webview: vscode.Webview, folders: readonly string[]): void {
    const roots = webview.options.localResourceRoots;
    const isKnown = (folder: string): boolean => isBelow(`${folder}/`, roots) || isWide(folder);
    if (!folders.every(isKnown)) webview.options = this.#options();
  }
}

const home = vscode.Uri.file(homedir()).toString();

/** A folder that is the person's whole home, or holds it: what lies there is not shown. */
function isWide(folder: string): boolean {
  return `${home}/`.startsWith(`${folder.replace(/\/$/, '')}/`);
}

/** Of what a job has saved so far. */
function foldersOf({ state }: GenerationJob): readonly string[] {
  if (state.status === 'cancelled') return [];
  return state.images.map(({ uri }) => uri.slice(0, uri.lastIndexOf('/')));
}

function isBelow(uri: string, folders: readonly vscode.Uri[] = []): boolean {
  return folders.some((folder) => uri.startsWith(`${folder}/`));
}
