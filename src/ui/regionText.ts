import * as vscode from 'vscode';

/** A region's name in the person's language; an unknown id is its own name. */
export function regionText(regionId: string): string {
  switch (regionId) {
    case 'cn-beijing':
      return vscode.l10n.t('Beijing');
    case 'ap-southeast-1':
      return vscode.l10n.t('Singapore');
    default:
      return regionId;
  }
}
