import * as vscode from 'vscode';
import { joinSentences } from '../../ui/sentences';
import type { FillDesk } from './fillDesk';

/** Says in a message how the run of a plan has ended, and offers to show the plan. */
export async function tellRunEnd(
  fill: Pick<FillDesk, 'title' | 'summary' | 'show'>,
): Promise<void> {
  const { title, summary } = fill;
  if (title === undefined || !summary) return;
  const { done, failed, startable } = summary;
  const texts = [
    vscode.l10n.t(
      '{0} of {1} missing images in {2} are made.',
      done,
      done + failed + startable,
      title,
    ),
    ...(failed > 0 ? [vscode.l10n.t('{0} could not be made; the plan says why.', failed)] : []),
  ];
  const showPlan = vscode.l10n.t('Show Plan');
  const show = failed > 0 ? 'showWarningMessage' : 'showInformationMessage';
  const chosen = await vscode.window[show](joinSentences(texts), showPlan);
  if (chosen === showPlan) await fill.show();
}
