import * as vscode from 'vscode';
import { type ErrorKind, ImageGenerationError } from '../imageModel/errors';
import type { FailedImage } from '../imageModel/imageModel';
import { issueText } from './issueText';

/** What a button of an error does; errorNotifier carries it out. */
export type ErrorAction =
  | 'setApiKey'
  | 'openConsole'
  | 'selectModel'
  | 'openProxySettings'
  | 'openEndpointSetting'
  | 'openFolderSetting'
  | 'openFolder'
  | 'showLog';

/** A failure in the person's language: what happened and what to do next, with the buttons that do it. */
export interface ErrorText {
  readonly message: string;
  readonly actions: readonly ErrorAction[];
}

/** Decided by kind and code, never by the service's text; that text is quoted where only it can tell. */
export function errorText(error: ImageGenerationError): ErrorText {
  const text = error.issue
    ? { message: issueText(error.issue), actions: issueActions(error) }
    : (byCode(error) ?? byKind(error));
  if (error.billed !== 'maybe') return text;
  const unsure = vscode.l10n.t(
    'It is not known whether the image was made; it may have been billed. Easel does not send it again by itself.',
  );
  return { ...text, message: `${text.message} ${unsure}` };
}

function issueActions(error: ImageGenerationError): ErrorAction[] {
  return error.issue?.field === 'model' ? ['selectModel'] : [];
}

function byCode(error: ImageGenerationError): ErrorText | undefined {
  switch (error.code) {
    case 'NoApiKey':
      return {
        message: vscode.l10n.t(
          'There is no API key for this region yet. Set one to generate images.',
        ),
        actions: ['setApiKey', 'openConsole'],
      };
    case 'EndpointInvalid':
      return {
        message: vscode.l10n.t(
          "The setting easel.endpoint is not an https address. Correct it, or empty it to use the region's own.",
        ),
        actions: ['openEndpointSetting'],
      };
    case 'ArgumentsInvalid':
      return {
        message: vscode.l10n.t('Easel cannot use these arguments: {0}', sentence(error.message)),
        actions: [],
      };
    case 'NoFolder':
      return {
        message: vscode.l10n.t('No folder is open to save images in. Open a folder and try again.'),
        actions: ['openFolder'],
      };
    case 'FolderOutside':
      return {
        message: vscode.l10n.t(
          'The images folder must be inside the workspace. Give a relative path such as assets/images in easel.assetsFolder.',
        ),
        actions: ['openFolderSetting'],
      };
    case 'FolderNotPortable':
      return {
        message: vscode.l10n.t(
          'The images folder has a name that Windows does not allow. Leave out < > : " | ? *, and spaces or dots at the end of a name.',
        ),
        actions: ['openFolderSetting'],
      };
    case 'FolderReadOnly':
      return {
        message: vscode.l10n.t(
          'The images folder cannot be written to. Choose another one in easel.assetsFolder, or change its permissions.',
        ),
        actions: ['openFolderSetting'],
      };
    default:
      return undefined;
  }
}

function byKind(error: ImageGenerationError): ErrorText {
  return texts[error.kind](error);
}

/** The sentence for one image of a set that the service could not make. */
export function failedImageText({ kind, code, message }: FailedImage): string {
  const reason = byKind(new ImageGenerationError(kind, message, { code })).message;
  return vscode.l10n.t('One image could not be made and is not billed. {0}', reason);
}

const texts: Readonly<Record<ErrorKind, (error: ImageGenerationError) => ErrorText>> = {
  auth: () => ({
    message: vscode.l10n.t(
      'The service did not accept the API key. Check that it is complete and that it belongs to this region; each region has its own keys.',
    ),
    actions: ['setApiKey', 'showLog'],
  }),
  billing: () => ({
    message: vscode.l10n.t(
      'The account cannot be charged. Check its balance and that Model Studio is activated, in the console.',
    ),
    actions: ['openConsole', 'showLog'],
  }),
  quota: () => ({
    message: vscode.l10n.t(
      'The quota of this model is used up. Raise it or allow paid use in the console, or select another model.',
    ),
    actions: ['openConsole', 'selectModel'],
  }),
  rateLimit: () => ({
    message: vscode.l10n.t(
      'The service is receiving too many requests. Wait a minute and try again.',
    ),
    actions: ['showLog'],
  }),
  contentFilter: () => ({
    message: vscode.l10n.t(
      "The service's content check refused the prompt or the image. Change the wording; the same prompt will be refused again.",
    ),
    actions: ['showLog'],
  }),
  invalidRequest: ({ serviceMessage, code }) => ({
    message: vscode.l10n.t(
      'The service refused the request: {0} Change the parameters, or select another model.',
      sentence(serviceMessage ?? code),
    ),
    actions: ['showLog'],
  }),
  modelUnavailable: () => ({
    message: vscode.l10n.t(
      'The model is not available for this region and key. Select another model, or check its access in the console.',
    ),
    actions: ['selectModel', 'showLog'],
  }),
  network: (error) => ({
    message: vscode.l10n.t(
      'The service could not be reached ({0}). Check the connection and the proxy settings.',
      error.code,
    ),
    actions: ['openProxySettings', 'showLog'],
  }),
  timeout: () => ({
    message: vscode.l10n.t('The service did not answer in time.'),
    actions: ['showLog'],
  }),
  server: () => ({
    message: vscode.l10n.t('The service had a problem of its own. Try again in a moment.'),
    actions: ['showLog'],
  }),
  badResponse: (error) => ({
    message:
      error.code === 'Bug'
        ? vscode.l10n.t('Easel ran into a bug. The log has the details.')
        : vscode.l10n.t(
            'The service gave an answer that Easel does not understand. The log has the details.',
          ),
    actions: ['showLog'],
  }),
  download: (error) => ({
    message: error.retryable
      ? vscode.l10n.t(
          'The image was made, but could not be downloaded. Fetch it again; this costs nothing.',
        )
      : vscode.l10n.t('The image was made, but can no longer be downloaded: its link has expired.'),
    actions: ['showLog'],
  }),
  storage: () => ({
    message: vscode.l10n.t(
      'The image was made, but could not be written. Free some space and fetch it again.',
    ),
    actions: ['showLog'],
  }),
};

function sentence(text: string): string {
  return /[.!?。！？]$/.test(text) ? text : `${text}.`;
}
