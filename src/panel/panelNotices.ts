import * as vscode from 'vscode';
import type { PanelNotice } from '../shared/panelProtocol';

/** What the person should know of this window before generating. */
export function panelNotices(): readonly PanelNotice[] {
  const notices: PanelNotice[] = [];
  if (!vscode.workspace.isTrusted) {
    notices.push({
      kind: 'restricted',
      text: vscode.l10n.t(
        'Restricted Mode: the settings and styles of this workspace are not used until you trust it.',
      ),
      action: 'manageTrust',
    });
  }
  if (!vscode.workspace.workspaceFolders?.length) {
    notices.push({
      kind: 'noFolder',
      text: vscode.l10n.t('No folder is open. Easel asks once where to save the images.'),
      action: 'openFolder',
    });
  }
  return notices;
}
