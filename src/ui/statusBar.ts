import * as vscode from 'vscode';
import type { GenerationService } from '../generation/generationService';

/** Tells in the status bar how many images are being made; there only while that is more than none. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('easel.jobs', vscode.StatusBarAlignment.Right);
  readonly #subscription: { dispose(): unknown };

  constructor(service: GenerationService) {
    this.#item.name = vscode.l10n.t('Easel: Running Jobs');
    this.#item.tooltip = vscode.l10n.t('Open the Studio');
    this.#item.command = 'easel.openStudio';
    this.#subscription = service.onDidChangeJob(() => this.#update(service));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #update(service: GenerationService): void {
    const running = service.jobs().filter(({ state }) => state.status === 'running');
    const images = running.reduce((sum, { request }) => sum + request.count, 0);
    if (images === 0) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(sync~spin) ${
      images === 1 ? vscode.l10n.t('1 image') : vscode.l10n.t('{0} images', images)
    }`;
    this.#item.show();
  }
}
