import * as vscode from 'vscode';
import { ImageGenerationError } from '../imageModel/errors';
import type { FailedImage } from '../imageModel/imageModel';
import { isAbortError } from '../util/abort';
import type { Logger } from '../util/logger';
import { type ErrorAction, type ErrorText, errorText } from './errorText';

/** A button beside the error's own ones. */
export interface ExtraAction {
  readonly label: string;
  readonly run: () => unknown;
}

/** The one place where a failure becomes a message with buttons and lines in the log. */
export class ErrorNotifier {
  constructor(
    private readonly logger: Logger,
    /** Where the keys of the current region are made. */
    private readonly keysUrl: () => string,
  ) {}

  /** Logs the failure and shows it; an abort is none. Resolves once the message is closed. */
  async show(error: unknown, extra?: ExtraAction): Promise<void> {
    if (isAbortError(error)) return;
    this.log(error);
    const { message, actions } = this.describe(error);
    const buttons = [
      ...(extra ? [extra] : []),
      ...actions.map((action) => ({ label: actionLabel(action), run: () => this.#run(action) })),
    ];
    const labels = buttons.map(({ label }) => label);
    const chosen = await vscode.window.showErrorMessage(message, ...labels);
    await buttons.find(({ label }) => label === chosen)?.run();
  }

  /** One image of a set failed at the service; it is not billed. */
  async showPartialFailure(failure: FailedImage): Promise<void> {
    this.logger.warn(`One image failed: ${failure.code} ${failure.message}`);
    await vscode.window.showWarningMessage(partialFailureText(failure));
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
    if (!(error instanceof ImageGenerationError)) return error;
    const { requestId, taskId, httpStatus, issue, code, retryable, billed } = error;
    return new ImageGenerationError(error.kind, this.describe(error).message, {
      code,
      retryable,
      billed,
      ...(requestId !== undefined && { requestId }),
      ...(taskId !== undefined && { taskId }),
      ...(httpStatus !== undefined && { httpStatus }),
      ...(issue !== undefined && { issue }),
      cause: error,
    });
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

  async #run(action: ErrorAction): Promise<void> {
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
      case 'openFolderSetting':
        await vscode.commands.executeCommand(
          'workbench.action.openSettings',
          '@id:easel.assetsFolder',
        );
        return;
      case 'openFolder':
        await vscode.commands.executeCommand('vscode.openFolder');
        return;
      case 'setApiKey':
      case 'selectModel':
      case 'showLog':
        await vscode.commands.executeCommand(`easel.${action}`);
    }
  }
}

/** The sentence for one failed image of a set. */
export function partialFailureText(failure: FailedImage): string {
  return vscode.l10n.t(
    'One image could not be made and is not billed: {0} ({1})',
    failure.message,
    failure.code,
  );
}

function actionLabel(action: ErrorAction): string {
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
    case 'openFolderSetting':
      return vscode.l10n.t('Open Setting');
    case 'openFolder':
      return vscode.l10n.t('Open Folder');
    case 'showLog':
      return vscode.l10n.t('Show Log');
  }
}
