import { l10n } from 'vscode';
import type { ErrorKind } from '../imageModel/errors';
import type { ErrorAction, ErrorText, Words } from './errorText';
import { endSentence, joinSentences } from './sentences';

/** A text with its buttons, the most useful first. */
export function say(message: string, ...actions: readonly ErrorAction[]): ErrorText {
  return { message, actions };
}

/** Adds the service's own words, where it said any. */
export function withQuote(text: ErrorText, serviceMessage: string | undefined): ErrorText {
  if (!serviceMessage) return text;
  const quote = l10n.t('The service says: {0}', endSentence(serviceMessage));
  return { ...text, message: joinSentences([text.message, quote]) };
}

/** The key is right, but does not open this door. */
export const noAccess: Words = () =>
  say(
    l10n.t(
      'The API key is not allowed to use this model. Allow the model for its workspace in the console, or set another key.',
    ),
    'openConsole',
    'setApiKey',
  );

/** The service ended the attempt itself, so that it is free. */
export const tookTooLong: Words = () =>
  say(
    l10n.t(
      'The service needed too long and gave up. Try again, with fewer images or a smaller size.',
    ),
    'showLog',
  );

/** Also from a gateway before the service. */
export const tooLarge: Words = () =>
  say(
    l10n.t(
      'The request is too large for the service. Use a shorter text, or smaller input images.',
    ),
    'showLog',
  );

/** Also from whatever else answers at that address. */
export const wrongAddress: Words = () =>
  say(
    l10n.t('There is no such service at this address. Check easel.endpoint and the region.'),
    'openEndpointSetting',
    'checkConnection',
    'showLog',
  );

/** For codes without a text of their own. */
export const kindTexts: Readonly<Record<ErrorKind, Words>> = {
  auth: (error) =>
    error.httpStatus === 403
      ? noAccess(error)
      : say(
          l10n.t(
            'The service did not accept the API key. Check that it is complete and that it belongs to this region; each region has its own keys. The key of a plan (sk-sp-…) needs the address of the plan in easel.endpoint.',
          ),
          'setApiKey',
          'checkConnection',
          'openConsole',
        ),
  billing: () =>
    say(
      l10n.t(
        'The account cannot be charged. Check its balance and that Model Studio is activated, in the console.',
      ),
      'openConsole',
      'showLog',
    ),
  quota: () =>
    say(
      l10n.t(
        'The quota of this model is used up. Raise it or allow paid use in the console, or select another model.',
      ),
      'openConsole',
      'selectModel',
    ),
  rateLimit: () =>
    say(
      l10n.t('The service is receiving too many requests. Wait a minute and try again.'),
      'showLog',
    ),
  contentFilter: () =>
    say(
      l10n.t(
        "The service's content check refused the prompt or the image. Change the wording; the same prompt will be refused again.",
      ),
      'showLog',
    ),
  invalidRequest: ({ serviceMessage, code }) => {
    const refused = serviceMessage
      ? l10n.t('The service refused the request: {0}', endSentence(serviceMessage))
      : l10n.t('The service refused the request ({0}).', code);
    const advice = l10n.t('Change the parameters, or select another model.');
    return say(joinSentences([refused, advice]), 'selectModel', 'showLog');
  },
  modelUnavailable: () =>
    say(
      l10n.t(
        'The model is not available for this region and key. Select another model, or check its access in the console.',
      ),
      'selectModel',
      'openConsole',
    ),
  network: ({ code, billed, retryable }) => {
    if (billed === 'maybe') {
      return say(
        l10n.t('The connection was lost after the request was sent ({0}).', code),
        'showLog',
        'checkConnection',
        'openProxySettings',
      );
    }
    if (retryable) {
      return say(
        l10n.t(
          'The service could not be reached ({0}). Check the connection and the proxy settings.',
          code,
        ),
        'openProxySettings',
        'checkConnection',
        'showLog',
      );
    }
    // Of the failures before the request is sent, only an untrusted certificate stays as it is.
    return say(
      l10n.t(
        "The service's certificate is not trusted ({0}). In a company network, install the company's certificate in the operating system.",
        code,
      ),
      'openProxySettings',
      'checkConnection',
      'showLog',
    );
  },
  timeout: (error) =>
    error.billed === 'maybe'
      ? say(l10n.t('The service did not answer in time.'), 'showLog')
      : tookTooLong(error),
  server: ({ billed }) =>
    say(
      billed === 'maybe'
        ? l10n.t('The service had a problem of its own.')
        : l10n.t('The service had a problem of its own. Try again in a moment.'),
      'showLog',
    ),
  badResponse: () =>
    say(
      l10n.t('The service gave an answer that Easel does not understand. The log has the details.'),
      'showLog',
    ),
  download: ({ code }) =>
    say(
      l10n.t(
        'The image was made, but its link no longer works ({0}): a link expires after 24 hours. A new image has to be generated.',
        code,
      ),
      'showLog',
    ),
  storage: () => say(l10n.t('Easel could not save this. The log has the details.'), 'showLog'),
};
