import * as vscode from 'vscode';

/** The files that the image commands are offered for; the manifest's menus say the same. */
const imageName = /\.(png|jpe?g|webp|bmp|gif|tiff?)$/i;

/**
 * The images that a command is for: all that are selected in the Explorer, the one of the tab, or without arguments, as
 * from the palette, the one that is being looked at.
 */
export function imageTargets(clicked: unknown, selected: unknown): readonly vscode.Uri[] {
  const many: readonly unknown[] = Array.isArray(selected) ? selected : [];
  const uris = many.length > 0 ? many : [clicked ?? activeImage()];
  return uris.filter((uri) => uri instanceof vscode.Uri).filter(({ path }) => imageName.test(path));
}

/** Says what to do where there is no image. */
export async function askForTarget(): Promise<void> {
  await vscode.window.showInformationMessage(
    vscode.l10n.t('Open an image, or select one in the Explorer, then run this again.'),
  );
}

function activeImage(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isImage =
    input instanceof vscode.TabInputCustom && input.viewType === 'imagePreview.previewEditor';
  return isImage ? input.uri : undefined;
}
