import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableStore } from '../util/disposable';
import { PanelController } from './panelController';
import { panelHtml } from './panelHtml';
import type { PanelServices } from './panelServices';
import { panelStrings } from './panelStrings';
import { studioViewType } from './studioViewType';

/** Where the panel's files are and where images may be shown from. */
export interface StudioPlaces {
  readonly extensionUri: vscode.Uri;
  /** Images that could not be written where they belong. */
  readonly keptFolder: vscode.Uri;
}

/** Owns the one Studio panel of the window. */
export class StudioPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  #open: { panel: vscode.WebviewPanel; controller: PanelController } | undefined;

  constructor(
    private readonly services: PanelServices,
    private readonly places: StudioPlaces,
  ) {}

  /** Opens the panel beside the document, or brings it to the front; a prompt given fills the form. */
  async show(prompt?: string): Promise<void> {
    if (!this.#open) {
      const column = vscode.window.activeTextEditor
        ? vscode.ViewColumn.Beside
        : vscode.ViewColumn.Active;
      this.#attach(
        vscode.window.createWebviewPanel(studioViewType, vscode.l10n.t('Easel Studio'), column),
      );
    }
    this.#open?.panel.reveal();
    if (prompt !== undefined) await this.#open?.controller.handOver(prompt);
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

  /** VS Code calls this after a reload; the page brings its own state along with `ready`. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#attach(panel);
  }

  dispose(): void {
    this.#open?.panel.dispose();
  }

  #attach(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    const { settings, apiKeys, service, styles } = this.services;
    const controller = new PanelController(this.services, {
      toWebviewUri: (uri) => webview.asWebviewUri(uri),
      mayShow: (uri) => isBelow(uri, webview.options.localResourceRoots),
      post: (message) => void webview.postMessage(message),
    });
    const subscriptions = new DisposableStore();
    subscriptions.add(webview.onDidReceiveMessage((data: unknown) => controller.receive(data)));
    subscriptions.add(
      service.onDidChangeJob((job) => {
        this.#allowImageFolders(webview, controller);
        controller.postJob(job);
      }),
    );
    subscriptions.add(apiKeys.onDidChange(() => void controller.refresh()));
    subscriptions.add(styles.onDidChange(() => void controller.refresh()));
    subscriptions.add(settings.onDidChange('easel.region', () => void controller.refresh()));
    subscriptions.add(settings.onDidChange('easel.endpoint', () => void controller.refresh()));
    subscriptions.add(settings.onDidChange('easel.prices', () => void controller.refresh()));
    subscriptions.add(settings.onDidChange('easel.model', () => void controller.modelChanged()));
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
    webview.options = this.#options(controller);
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
      styleUris: [uri('media', 'studio.css'), uri('media', 'prompt.css')],
      language: vscode.env.language,
      strings: panelStrings(),
    });
  }

  /** The page may show our own files, the workspace, and the folders that hold images of ours. */
  #options(controller: PanelController): vscode.WebviewOptions {
    const { extensionUri, keptFolder } = this.places;
    const imageFolders = new Set(
      controller.images().map(({ uri }) => uri.slice(0, uri.lastIndexOf('/'))),
    );
    return {
      enableScripts: true,
      localResourceRoots: [
        vscode.Uri.joinPath(extensionUri, 'dist', 'webview'),
        vscode.Uri.joinPath(extensionUri, 'media'),
        keptFolder,
        this.services.pastedImages.folder,
        ...this.services.folders.all(),
        ...(vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri),
        ...[...imageFolders].map((folder) => vscode.Uri.parse(folder, true)),
      ],
    };
  }

  /** Setting options reloads the page, so only when an image lies in a folder that is not allowed yet. */
  #allowImageFolders(webview: vscode.Webview, controller: PanelController): void {
    const roots = webview.options.localResourceRoots;
    const isAllowed = ({ uri }: { uri: string }): boolean => isBelow(uri, roots);
    if (!controller.images().every(isAllowed)) webview.options = this.#options(controller);
  }
}

function isBelow(uri: string, folders: readonly vscode.Uri[] = []): boolean {
  return folders.some((folder) => uri.startsWith(`${folder}/`));
}
