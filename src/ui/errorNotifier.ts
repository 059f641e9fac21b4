import * as vscode from 'vscode';
import { ImageGenerationError } from '../imageModel/errors';
import type { FailedImage } from '../imageModel/imageModel';
import { isAbortError } from '../util/abort';
import type { Logger } from '../util/logger';
import { type ErrorAction, type ErrorText, errorText, failedImageText } from './errorText';
import { shortPrompt } from './shortPrompt';

/** A button that tries again. */
export interface RetryAction {
  readonly label: string;
  /** Likely to succeed without a change; then it is the first button. */
  readonly isLikely: boolean;
  readonly run: () => unknown;
}

/** Of more, VS Code cuts the labels in a message. */
const maxButtons = 4;

/** The one place where a failure becomes a message with buttons and lines in the log. */
export class ErrorNotifier {
  constructor(
    private readonly logger: Logger,
    /** Where the keys of the current region are made. */
    private readonly keysUrl: () => string,
  ) {}

  /**
   * Logs the failure and shows it; an abort is none. Resolves once the message is closed.
   * @param prompt of the job, where the person cannot know which one is meant
   */
  async show(error: unknown, retry?: RetryAction, prompt?: string): Promise<void> {
    if (isAbortError(error)) return;
    this.log(error);
    const { message, actions } = this.describe(error);
    const text = prompt ? vscode.l10n.t('"{0}": {1}', shortPrompt(prompt), message) : message;
    const own = actions.slice(0, maxButtons - (retry ? 1 : 0)).map((action) => ({
      label: actionLabel(action),
      run: () => this.run(action),
    }));
    const buttons = retry ? (retry.isLikely ? [retry, ...own] : [...own, retry]) : own;
    const labels = buttons.map(({ label }) => label);
    const chosen = await vscode.window.showErrorMessage(text, ...labels);
    await buttons.find(({ label }) => label === chosen)?.run();
  }

  /** Shows what a promise that nobody waits for rejects with. */
  guard(promise: Promise<unknown>): void {
    promise.catch((error: unknown) => this.show(error));
  }

  /** One image of a set failed at the service; it is not billed. */
  async showPartialFailure(failure: FailedImage): Promise<void> {
    this.logger.warn(`One image failed: ${failure.code} ${failure.message}`);
    await vscode.window.showWarningMessage(failedImageText(failure));
  }

  describe(error: unknown): ErrorText {
    if (error instanceof ImageGenerationError) return errorText(error);
    return {
      message: vscode.l10n.t('Easel ran into a bug. The log has the details.'),
      actions: ['showLog'],
    };
  }

  /** The same error with its sentence in the person's language, for callers of a command. */
  localized(error: unknown): unknown {
    const isOurs = error instanceof ImageGenerationError;
    return isOurs ? error.with({ message: this.describe(error).message }) : error;
  }

  log(error: unknown): void {
    if (error instanceof ImageGenerationError) {
      const { kind, code, httpStatus, requestId, taskId, message } = error;
      const facts = { kind, code, httpStatus, requestId, taskId };
      this.logger.error(`${message} ${JSON.stringify(facts)}`);
    } else {
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }

  /** Does what a button of an error says. */
  async run(action: ErrorAction): Promise<void> {
    switch (action) {
      case 'openConsole':
        await vscode.env.openExternal(vscode.Uri.parse(this.keysUrl()));
        return;
      case 'openProxySettings':
        await vscode.commands.executeCommand('workbench.action.openSettings', '@id:http.proxy*');
        return;
      case 'openEndpointSetting':
        await vscode.commands.executeCommand('workbench.action.openSettings', '@id:easel.endpoint');
        return;
      case 'openWorkspaceSetting':
        await vscode.commands.executeCommand(
          'workbench.action.openSettings',
          '@id:easel.workspaceIds',
        );
        return;
      case 'openFolderSetting':
        await vscode.commands.executeCommand(
          'workbench.action.openSettings',
          '@id:easel.assetsFolder',
        );
        return;
      case 'openFolder':
        await vscode.commands.executeCommand('vscode.openFolder');
        return;
      case 'manageTrust':
        await vscode.commands.executeCommand('workbench.trust.manage');
        return;
      case 'setApiKey':
      case 'selectModel':
      case 'checkConnection':
      case 'showLog':
        await vscode.commands.executeCommand(`easel.${action}`);
    }
  }
}

/** What a button of an error says. */
export function actionLabel(action: ErrorAction): string {
  switch (action) {
    case 'setApiKey':
      return vscode.l10n.t('Set API Key');
    case 'openConsole':
      return vscode.l10n.t('Open Console');
    case 'selectModel':
      return vscode.l10n.t('Select Model');
    case 'openProxySettings':
      return vscode.l10n.t('Proxy Settings');
    case 'openEndpointSetting':
    case 'openWorkspaceSetting':
    case 'openFolderSetting':
      return vscode.l10n.t('Open Setting');
    case 'openFolder':
      return vscode.l10n.t('Open Folder');
    case 'manageTrust':
      return vscode.l10n.t('Manage Trust');
    case 'checkConnection':
      return vscode.l10n.t('Check Connection');
    case 'showLog':
      return vscode.l10n.t('Show Log');
  }
}
