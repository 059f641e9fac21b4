import * as vscode from 'vscode';
import { formatSize } from '../imageModel/imageSize';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { Settings } from '../settings/settings';

/** Lets the person pick one of the models that the region has, and remembers it in `easel.model`. */
export async function selectModel(
  settings: Settings,
  models: readonly ModelDescriptor[],
): Promise<void> {
  const inRegion = models.filter(({ regions }) => regions.includes(settings.regionId));
  const current = settings.model;
  const families = [...new Set(inRegion.map(({ family }) => family))];
  const items = families.flatMap((family) => [
    { label: family, kind: vscode.QuickPickItemKind.Separator },
    ...inRegion.filter((model) => model.family === family).map((model) => toItem(model, current)),
  ]);
  const picked = await pick(items, current);
  if (!picked) return;
  await settings.setModel(picked.modelId);
  vscode.window.setStatusBarMessage(vscode.l10n.t('New images: {0}', picked.name), 5000);
}

/** Opens the list at the current model. */
function pick(
  items: readonly (ModelItem | vscode.QuickPickItem)[],
  current: string,
): Promise<ModelItem | undefined> {
  const list = vscode.window.createQuickPick();
  list.title = vscode.l10n.t('Select the model for new images');
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = items;
  list.activeItems = items.filter((item) => isModel(item) && item.modelId === current);
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve(list.selectedItems.find(isModel));
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

function isModel(item: vscode.QuickPickItem): item is ModelItem {
  return 'modelId' in item;
}

interface ModelItem extends vscode.QuickPickItem {
  readonly modelId: string;
  readonly name: string;
}

function toItem(model: ModelDescriptor, current: string): ModelItem {
  const size = formatSize(model.defaultSize);
  const details = [
    model.sizeRule.kind === 'free'
      ? vscode.l10n.t('free sizes, {0} by default', size)
      : vscode.l10n.t('{0} sizes, {1} by default', model.sizeRule.presets.length, size),
    model.maxImagesPerCall === 1
      ? vscode.l10n.t('one image at a time')
      : vscode.l10n.t('up to {0} images', model.maxImagesPerCall),
    ...(model.styles ? [vscode.l10n.t('{0} styles', model.styles.length)] : []),
  ];
  return {
    modelId: model.id,
    name: model.label,
    label: model.id === current ? `$(check) ${model.label}` : model.label,
    description: model.id,
    detail: details.join(' · '),
  };
}
