import * as vscode from 'vscode';
import { askAbove, confirmCost } from '../../ui/confirmCost';
import type { HandlersOf } from '../panelContext';
import type { PanelServices } from '../panelServices';
import type { FillDesk } from './fillDesk';
import { tellRunEnd } from './tellRunEnd';

/**
 * Does what the page asks for with the plan of missing images.
 * @param isSeen whether the page is there to show how a run ends
 */
export function fillHandlers(
  services: Pick<PanelServices, 'actions' | 'notifier'> & { readonly fill: FillDesk },
  isSeen: () => boolean,
): HandlersOf<
  | 'tickFill'
  | 'setFillPrompt'
  | 'setFillSize'
  | 'runFill'
  | 'stopFill'
  | 'retryFill'
  | 'revealFill'
  | 'openFill'
  | 'planFillAgain'
  | 'closeFill'
> {
  const { fill, actions, notifier } = services;
  return {
    tickFill: ({ itemIds, isTicked }) => fill.session?.tick(itemIds, isTicked),
    setFillPrompt: ({ itemId, prompt }) => fill.session?.setPrompt(itemId, prompt),
    setFillSize: ({ itemId, size }) => fill.session?.setSize(itemId, size),
    runFill: async () => {
      const { session } = fill;
      if (session?.status !== 'idle' || !(await isConfirmed(fill))) return;
      // Another plan may have come while the question was open.
      if (fill.session !== session || session.status !== 'idle') return;
      await fill.prepare();
      await session.run();
      if (fill.session === session && !isSeen()) notifier.guard(tellRunEnd(fill));
    },
    stopFill: () => fill.session?.stop(),
    retryFill: ({ itemId }) => notifier.guard(fill.session?.retry(itemId) ?? Promise.resolve()),
    revealFill: ({ itemId }) => reveal(fill, itemId),
    openFill: async ({ itemId }) => {
      const state = fill.session?.entry(itemId)?.state;
      if (state?.status === 'done') await actions.open(state.image);
    },
    planFillAgain: () => fill.planAgain(),
    closeFill: () => fill.close(),
  };
}

async function isConfirmed(fill: FillDesk): Promise<boolean> {
  const { session, quotes } = fill;
  const shown = costOf(fill);
  // What was used last may be something else since the plan was made.
  fill.refresh();
  const startable = session?.startable() ?? [];
  if (startable.length === 0) return false;
  if (startable.length <= askAbove && costOf(fill) === shown) return true;
  const question = vscode.l10n.t('Generate {0} missing images?', startable.length);
  return confirmCost(question, quotes.total(startable));
}

/** As the button says it. */
function costOf({ summary }: FillDesk): string | undefined {
  return summary?.costText;
}

/** Beside the Studio, in the column that has the document already. */
async function reveal({ session }: FillDesk, itemId: string): Promise<void> {
  const place = session?.entry(itemId)?.item.places[0];
  if (!place) return;
  const uri = vscode.Uri.parse(place.document, true);
  const document = await vscode.workspace.openTextDocument(uri);
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const start = place.link.start;
  const text = document.getText();
  const found = text.startsWith(place.source, start) ? start : text.indexOf(place.source);
  const from = document.positionAt(Math.max(0, found));
  const to = document.positionAt(found < 0 ? 0 : found + place.source.length);
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(from, to),
  });
}
