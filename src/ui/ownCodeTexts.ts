import { l10n } from 'vscode';
import type { Words } from './errorText';
import { say, tooLarge, wrongAddress } from './kindTexts';
import { endSentence } from './sentences';

const proxyWantsLogin: Words = () =>
  say(
    l10n.t(
      'The proxy wants a login. Give it with the address in http.proxy, or ask your administrator.',
    ),
    'openProxySettings',
    'checkConnection',
    'showLog',
  );
const proxyRefused: Words = ({ code }) =>
  say(
    l10n.t(
      'The proxy did not connect to the service ({0}). It may want a login, or not allow this address.',
      code,
    ),
    'openProxySettings',
    'checkConnection',
    'showLog',
  );
const certificateOutOfDate: Words = ({ code }) =>
  say(
    l10n.t(
      "The service's certificate is out of date ({0}). Check the date and time of this computer.",
      code,
    ),
    'showLog',
    'checkConnection',
  );
const noSecureConnection: Words = ({ code }) =>
  say(
    l10n.t(
      'No secure connection could be made ({0}). Check easel.endpoint and the proxy settings.',
      code,
    ),
    'openEndpointSetting',
    'checkConnection',
    'openProxySettings',
  );

/** Easel's own codes, those of the network, and HTTP statuses that came without a code. */
export const ownCodeTexts: ReadonlyMap<string, Words> = new Map<string, Words>(
  Object.entries({
    NoApiKey: () =>
      say(
        l10n.t('There is no API key for this region yet. Set one to generate images.'),
        'setApiKey',
        'openConsole',
      ),
    MalformedApiKey: () =>
      say(
        l10n.t(
          'The API key has spaces or other characters that no key has, so nothing was sent. Set it again.',
        ),
        'setApiKey',
      ),
    EndpointInvalid: () =>
      say(
        l10n.t(
          "The setting easel.endpoint must be an https address without user name and password. Correct it, or empty it to use the region's own.",
        ),
        'openEndpointSetting',
      ),
    WorkspaceNeeded: () =>
      say(
        l10n.t(
          'This region has only addresses of workspaces. Copy the id of your workspace from the console into easel.workspaceIds.',
        ),
        'openWorkspaceSetting',
        'openConsole',
      ),
    WorkspaceInvalid: () =>
      say(
        l10n.t(
          "This cannot be a workspace's id. Copy it from the console into easel.workspaceIds: letters, digits and hyphens, such as llm-1a2b3c.",
        ),
        'openWorkspaceSetting',
        'openConsole',
      ),
    Redirected: () =>
      say(
        l10n.t(
          'The endpoint redirects to another address, and Easel does not send your key there. Check easel.endpoint, and whether this network wants a login.',
        ),
        'openEndpointSetting',
        'showLog',
      ),
    SettingNotSaved: () =>
      say(
        l10n.t(
          'The setting could not be saved. Check settings.json for errors and unsaved changes.',
        ),
        'showLog',
      ),
    ArgumentsInvalid: ({ message }) =>
      say(l10n.t('Easel cannot use these arguments: {0}', endSentence(message))),
    UnknownModel: () =>
      say(l10n.t('Easel does not know this model. Select another one.'), 'selectModel'),

    InputChanged: () =>
      say(l10n.t('An input image has changed since it was checked. Try again.'), 'showLog'),

    NoFolder: () =>
      say(
        l10n.t('No folder is open to save images in. Open a folder and try again.'),
        'openFolder',
      ),
    FolderOutside: () =>
      say(
        l10n.t(
          'The images folder must be a relative path inside the workspace, such as assets/images.',
        ),
        'openFolderSetting',
      ),
    FolderNotPortable: () =>
      say(
        l10n.t(
          'The images folder has a name that Windows does not allow. Leave out < > : " | ? *, and spaces or dots at the end of a name.',
        ),
        'openFolderSetting',
      ),
    FolderVariable: () =>
      say(
        l10n.t(
          'The images folder has a variable that Easel does not know. The description of easel.assetsFolder lists those that there are.',
        ),
        'openFolderSetting',
      ),
    FolderReadOnly: () =>
      say(
        l10n.t(
          'The images folder cannot be written to. Choose another one, or change its permissions.',
        ),
        'openFolderSetting',
      ),
    NotWritten: () =>
      say(
        l10n.t('The image was made, but could not be written. Free some space and fetch it again.'),
        'showLog',
      ),

    InputNotReadable: ({ message }) =>
      say(
        l10n.t(
          'The input image "{0}" cannot be read. It may have been moved or deleted; choose it again.',
          message,
        ),
      ),
    InputNotAnImage: () =>
      say(
        l10n.t('An input file is not an image that Easel knows. Choose a PNG, JPEG or WebP file.'),
      ),
    InputTooLarge: () =>
      say(
        l10n.t(
          'An input image is too large to be sent. Make it smaller, or put it on the web and use its https address.',
        ),
      ),
    UploadUnavailable: () =>
      say(
        l10n.t(
          'This model takes files only through an upload, which this region or endpoint does not have. Put the image on the web and use its https address, or select another model.',
        ),
        'selectModel',
        'showLog',
      ),
    UploadFailed: () =>
      say(
        l10n.t(
          'The input image could not be uploaded, so nothing was generated. Check the connection and try again.',
        ),
        'checkConnection',
        'openProxySettings',
        'showLog',
      ),
    UploadRefused: () =>
      say(
        l10n.t(
          "The service's temporary storage refused the input image, so nothing was generated. Try again, or put the image on the web and use its https address.",
        ),
        'showLog',
      ),
    UploadUnsafe: () =>
      say(
        l10n.t(
          'The service named an unsafe address for the upload, so the input image was not sent. Check easel.endpoint.',
        ),
        'openEndpointSetting',
        'showLog',
      ),
    UploadUnreadable: () =>
      say(
        l10n.t(
          'The upload of the input image got an answer that Easel does not understand, so nothing was generated. Check easel.endpoint, or use an https address instead of a file.',
        ),
        'openEndpointSetting',
        'showLog',
      ),

    TextOnly: () =>
      say(
        l10n.t(
          'The model answered with a text and made no image. Say in the prompt what is to be shown, and generate again.',
        ),
        'showLog',
      ),
    StreamBroken: () =>
      say(
        l10n.t(
          'The answer broke off before its end. What had come by then is kept; the rest may have been billed.',
        ),
        'showLog',
        'checkConnection',
      ),
    NoTaskId: () =>
      say(
        l10n.t('The service took the request, but did not say how to fetch its images.'),
        'showLog',
      ),
    NoImage: () => say(l10n.t('The service finished, but sent no image.'), 'showLog'),
    Bug: () => say(l10n.t('Easel ran into a bug. The log has the details.'), 'showLog'),

    Http403: () =>
      say(
        l10n.t(
          'Access was refused without a reason (HTTP 403). The API key may lack a permission, or a proxy may not allow the address.',
        ),
        'openConsole',
        'checkConnection',
        'openProxySettings',
        'showLog',
      ),
    Http404: wrongAddress,
    Http407: proxyWantsLogin,
    'net::ERR_PROXY_AUTH_REQUESTED': proxyWantsLogin,
    'net::ERR_PROXY_AUTH_UNSUPPORTED': proxyWantsLogin,
    'net::ERR_TUNNEL_CONNECTION_FAILED': proxyRefused,
    // What Node's fetch says when the proxy answers CONNECT with anything but 200.
    UND_ERR_ABORTED: proxyRefused,
    Http413: tooLarge,

    CERT_HAS_EXPIRED: certificateOutOfDate,
    CERT_NOT_YET_VALID: certificateOutOfDate,
    'net::ERR_CERT_DATE_INVALID': certificateOutOfDate,
    EPROTO: noSecureConnection,
    ERR_SSL_WRONG_VERSION_NUMBER: noSecureConnection,
    'net::ERR_SSL_PROTOCOL_ERROR': noSecureConnection,
  }),
);
