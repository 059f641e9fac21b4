import * as vscode from 'vscode';
import type { Cost } from '../cost/estimate';
import { costText } from './priceText';

/** More images than this by one click are confirmed first: each is paid for. */
export const askAbove = 4;

/** Asks before many images are bought. @param cost of all together; undefined where no price is known */
export async function confirmCost(question: string, cost: Cost | undefined): Promise<boolean> {
  const generate = vscode.l10n.t('Generate');
  const detail = cost
    ? vscode.l10n.t('They cost {0} in all.', costText(cost))
    : vscode.l10n.t('Each image is billed.');
  const modal = { modal: true, detail };
  return (await vscode.window.showWarningMessage(question, modal, generate)) === generate;
}
