import * as vscode from 'vscode';
import { ImageGenerationError } from '../imageModel/errors';
import type { FailedImage } from '../imageModel/imageModel';
import { issueText } from './issueText';
import { downloadTexts, jobCodeTexts, lostAnswerTexts } from './jobCodeTexts';
import { kindTexts, withQuote } from './kindTexts';
import { ownCodeTexts } from './ownCodeTexts';
import { joinSentences } from './sentences';
import { serviceCodeTexts } from './serviceCodeTexts';

/** What a button of an error does; errorNotifier carries it out. */
export type ErrorAction =
  | 'setApiKey'
  | 'openConsole'
  | 'selectModel'
  | 'openProxySettings'
  | 'openEndpointSetting'
  | 'openWorkspaceSetting'
  | 'openFolderSetting'
  | 'openFolder'
  | 'manageTrust'
  | 'checkConnection'
  | 'showLog';

/** A failure in the person's language: what happened and what to do next, with the buttons that do it. */
export interface ErrorText {
  readonly message: string;
  /** The most useful first. */
  readonly actions: readonly ErrorAction[];
}

/** The words for a failure. A function, as texts can be translated only once the extension is active. */
export type Words = (error: ImageGenerationError) => ErrorText;

/** Decided by the facts, never by the service's text; that text is quoted where only it can tell. */
export function errorText(error: ImageGenerationError): ErrorText {
  const text = error.issue
    ? { message: issueText(error.issue), actions: issueActions(error) }
    : textOf(error);
  if (error.billed !== 'maybe' || lostAnswerTexts.has(error.code)) return text;
  const unsure = vscode.l10n.t(
    'It is not known whether the image was made; it may have been billed. Easel does not send it again by itself.',
  );
  // The bill is there.
  const actions = new Set<ErrorAction>(['openConsole', ...text.actions]);
  return { message: joinSentences([text.message, unsure]), actions: [...actions] };
}

/** The sentence for one image of a set that the service could not make. */
export function failedImageText({ kind, code, message }: FailedImage): string {
  const reason = textOf(new ImageGenerationError(kind, message, { code })).message;
  // An answer that broke off, or that is a text, has not told that an image failed.
  if (kind === 'network' || kind === 'badResponse') return reason;
  return vscode.l10n.t('One image could not be made and is not billed. {0}', reason);
}

function issueActions(error: ImageGenerationError): ErrorAction[] {
  return error.issue?.field === 'model' ? ['selectModel'] : [];
}

function textOf(error: ImageGenerationError): ErrorText {
  const words = findWords(error);
  if (words) return words(error);
  const text = kindTexts[error.kind](error);
  // This kind has them in its text.
  return error.kind === 'invalidRequest' ? text : withQuote(text, error.serviceMessage);
}

/** By code, then without its last dotted part. */
function findWords({ kind, code }: ImageGenerationError): Words | undefined {
  // A status of the place that keeps the images says something else than one of the service.
  const all = [lostAnswerTexts, jobCodeTexts, serviceCodeTexts, ownCodeTexts];
  const tables = kind === 'download' ? [downloadTexts] : all;
  for (let name = code; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    for (const table of tables) {
      const words = table.get(name);
      if (words) return words;
    }
  }
  return undefined;
}
