import type { PanelCancels } from './panelCancels';
import type { HandlersOf, PanelContext } from './panelContext';

/** Does what the page asks for with jobs that run or have ended badly. */
export function queueHandlers(
  _context: PanelContext,
  cancels: PanelCancels,
): HandlersOf<'cancel' | 'cancelAll' | 'dismiss' | 'dismissEnded'> {
  return {
    cancel: ({ jobId }) => cancels.cancel(jobId),
    cancelAll: () => {},
    dismiss: () => {},
    dismissEnded: () => {},
  };
}
