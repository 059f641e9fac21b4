import * as vscode from 'vscode';
import type { JobPhase } from '../generation/generationJob';
import type { Billed } from '../imageModel/errors';
import { assertNever } from '../util/assertNever';

/** A job's phase in words. */
export function phaseText(phase: JobPhase): string {
  switch (phase.phase) {
    case 'waiting':
      return vscode.l10n.t('Waiting for a free slot');
    case 'submitting':
      return vscode.l10n.t('Sending');
    case 'throttled':
      return vscode.l10n.t(
        'Waiting for a free slot, next try in {0} s',
        Math.max(1, Math.ceil(phase.retryInMs / 1000)),
      );
    case 'searching':
      return vscode.l10n.t('Looking for the lost task at the service');
    case 'queued':
      return vscode.l10n.t('Queued');
    case 'running':
      return vscode.l10n.t('Painting');
    case 'downloading':
      return phase.total > 1
        ? vscode.l10n.t(
            'Downloading {0} of {1}',
            Math.min(phase.done + 1, phase.total),
            phase.total,
          )
        : vscode.l10n.t('Downloading');
    default:
      return assertNever(phase);
  }
}

/** What it costs to cancel in this phase. */
export function cancelCostText(phase: JobPhase): string {
  switch (phase.phase) {
    case 'waiting':
    case 'throttled':
      return vscode.l10n.t('Nothing is sent yet; cancelling is free.');
    case 'submitting':
    case 'queued':
      return vscode.l10n.t('Cancelling is free until the service begins.');
    case 'searching':
      return vscode.l10n.t('It may have been billed, also if you cancel.');
    case 'running':
      return vscode.l10n.t('The service has begun: billed in any case.');
    case 'downloading':
      return vscode.l10n.t('Paid for; if you cancel, it can be fetched for 24 hours.');
    default:
      return assertNever(phase);
  }
}

/** How a job ended that was cancelled. */
export function cancelledText(billed: Billed): string {
  switch (billed) {
    case 'no':
      return vscode.l10n.t('Cancelled before the service began; nothing is billed.');
    case 'maybe':
      return vscode.l10n.t(
        'Cancelled. The service may have begun already, so this request may be billed.',
      );
    case 'yes':
      return vscode.l10n.t('Let go. The service had begun, so this request is billed.');
  }
}
