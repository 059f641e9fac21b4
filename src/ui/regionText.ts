import * as vscode from 'vscode';

/** A region's name in the person's language; an unknown id is its own name. */
export function regionText(regionId: string): string {
  switch (regionId) {
    case 'cn-beijing':
      return vscode.l10n.t('Beijing');
    case 'ap-southeast-1':
      return vscode.l10n.t('Singapore');
    case 'us-east-1':
      return vscode.l10n.t('Virginia');
    case 'eu-central-1':
      return vscode.l10n.t('Frankfurt');
    case 'ap-northeast-1':
      return vscode.l10n.t('Tokyo');
    case 'cn-hongkong':
      return vscode.l10n.t('Hong Kong');
    default:
      return regionId;
  }
}
