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
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Select the model for new images'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked && 'modelId' in picked) await settings.setModel(picked.modelId);
}

interface ModelItem extends vscode.QuickPickItem {
  readonly modelId: string;
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
    label: model.id === current ? `$(check) ${model.label}` : model.label,
    description: model.id,
    detail: details.join(' · '),
  };
}
