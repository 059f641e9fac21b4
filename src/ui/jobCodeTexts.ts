import { l10n } from 'vscode';
import type { Words } from './errorText';
import { say } from './kindTexts';

/** Requests whose answer is lost; what is known of the bill is in the text. */
export const lostAnswerTexts: ReadonlyMap<string, Words> = new Map<string, Words>(
  Object.entries({
    LostTaskNotFound: () =>
      say(
        l10n.t(
          "The answer to the request was lost, and the service's list of tasks shows none like it. Most likely it was not taken and is not billed; only your bill tells for certain.",
        ),
        'openConsole',
        'showLog',
      ),
    LostTaskAmbiguous: () =>
      say(
        l10n.t(
          "The answer to the request was lost. More than one task in the service's list could be it, so it may have been billed. Look at your bill before you send it again.",
        ),
        'openConsole',
        'showLog',
      ),
    ListExpired: () =>
      say(
        l10n.t(
          "The answer to the request was lost more than 24 hours ago, and the service's list of tasks goes back no further. Only your bill tells whether it was taken.",
        ),
        'openConsole',
        'showLog',
      ),
    Interrupted: () =>
      say(
        l10n.t(
          'VS Code was closed or reloaded while the request was under way, and the service keeps no list of such requests. It may have been billed; look at your bill before you send it again.',
        ),
        'openConsole',
        'showLog',
      ),
  }),
);

/** Codes of the journal, and of tasks that could not be waited for. */
export const jobCodeTexts: ReadonlyMap<string, Words> = new Map<string, Words>(
  Object.entries({
    TakenOver: () =>
      say(l10n.t('Another window of VS Code goes on with this job. Its images appear there.')),
    JournalNotWritten: () =>
      say(
        l10n.t(
          'Easel could not note the job down, so nothing was sent. Free some space on the disk and try again.',
        ),
        'showLog',
      ),
    TaskUnknown: () =>
      say(
        l10n.t(
          'The service does not know this task: it is older than 24 hours, or belongs to the key of another account.',
        ),
        'showLog',
      ),
    TaskDeadline: () =>
      say(
        l10n.t(
          'The images were not fetched within 24 hours, after which the service forgets the task.',
        ),
        'showLog',
      ),
    TaskCanceled: () =>
      say(l10n.t('The task was cancelled at the service before it began. Try again.'), 'showLog'),
  }),
);

/** Once the images are made: paid for, and to be fetched for 24 hours. */
export const downloadTexts: ReadonlyMap<string, Words> = new Map<string, Words>(
  Object.entries({
    BrokenDownload: () =>
      say(
        l10n.t(
          'The image was made, but could not be downloaded. Fetch it again within 24 hours; this costs nothing.',
        ),
        'showLog',
      ),
    DownloadStopped: () =>
      say(
        l10n.t(
          'The image was made, but its download was stopped. Fetch it again within 24 hours; this costs nothing.',
        ),
        'showLog',
      ),
    LinkRejected: () =>
      say(
        l10n.t(
          'The image was made, but its link was refused though it has not expired. A proxy or a wrong clock may be the reason. Fetch it again; this costs nothing.',
        ),
        'openProxySettings',
        'showLog',
      ),
    LinkRefused: () =>
      say(
        l10n.t(
          'The image was made, but its link is not safe to follow, so it was not downloaded. The log has the details.',
        ),
        'showLog',
      ),
    ImageTooLarge: () =>
      say(
        l10n.t('The image was made, but it is larger than 64 MB and was not downloaded.'),
        'showLog',
      ),
  }),
);
