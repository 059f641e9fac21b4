import * as vscode from 'vscode';
import type { JobPhase } from '../generation/generationJob';
import { assertNever } from '../util/assertNever';

/** A job's phase in words. */
export function phaseText(phase: JobPhase): string {
  switch (phase.phase) {
    case 'submitting':
      return vscode.l10n.t('Sending');
    case 'throttled':
      return vscode.l10n.t(
        'Busy, trying again in {0} s',
        Math.max(1, Math.ceil(phase.retryInMs / 1000)),
      );
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
