import * as vscode from 'vscode';
import { formatSize } from '../imageModel/imageSize';
import { type ModelDescriptor, needsImages } from '../imageModel/modelDescriptor';
import type { ModelPrice } from '../imageModel/price';
import { priceSourceText, priceText } from '../ui/priceText';

/** A model as an entry of a list. */
export interface ModelItem extends vscode.QuickPickItem {
  readonly modelId: string;
  readonly name: string;
}

/** What a list of models shows. */
export interface ModelList {
  /** Newest family first. */
  readonly models: readonly ModelDescriptor[];
  readonly regionId: string;
  /** The id of the model in use. */
  readonly current: string;
  readonly priceOf: (modelId: string) => ModelPrice | undefined;
}

/** The models of a list under the names of their families. */
export function modelItems(list: ModelList): (ModelItem | vscode.QuickPickItem)[] {
  const families = [...new Set(list.models.map(({ family }) => family))];
  return families.flatMap((family) => [
    { label: family, kind: vscode.QuickPickItemKind.Separator },
    ...list.models.filter((model) => model.family === family).map((model) => toItem(model, list)),
  ]);
}

/** An entry that takes an id that is not in the list. */
export function typedItem(model: ModelDescriptor, list: ModelList): ModelItem {
  const label = vscode.l10n.t('Use the model id “{0}”', model.id);
  return { ...toItem(model, list), label, description: '', alwaysShow: true };
}

export function isModelItem(item: vscode.QuickPickItem): item is ModelItem {
  return 'modelId' in item;
}

function toItem(model: ModelDescriptor, { regionId, current, priceOf }: ModelList): ModelItem {
  const price = priceOf(model.id);
  const details = [
    price ? priceText(price) : vscode.l10n.t('price not known'),
    ...(price && price.source !== 'official' ? [priceSourceText(price)] : []),
    // The end of a long line is cut off.
    ...doubts(model, regionId),
    ...imagesTexts(model),
    model.maxImagesPerCall === 1
      ? vscode.l10n.t('one image at a time')
      : vscode.l10n.t('up to {0} images', model.maxImagesPerCall),
    ...sizeTexts(model),
  ];
  return {
    modelId: model.id,
    name: model.label,
    label: model.id === current ? `$(check) ${model.label}` : model.label,
    description: model.id === model.label ? '' : model.id,
    detail: details.join(' · '),
  };
}

function imagesTexts(model: ModelDescriptor): string[] {
  const { images } = model;
  if (!images) return [];
  if (images.max > 1) {
    return needsImages(model)
      ? [vscode.l10n.t('needs an image, takes {0}', images.max)]
      : [vscode.l10n.t('edits images, takes {0}', images.max)];
  }
  return needsImages(model) ? [vscode.l10n.t('needs an image')] : [vscode.l10n.t('edits images')];
}

function sizeTexts({ sizeRule, defaultSize }: ModelDescriptor): string[] {
  const size = formatSize(defaultSize);
  switch (sizeRule.kind) {
    case 'none':
      return [vscode.l10n.t('the size follows the image')];
    case 'free':
      return [vscode.l10n.t('free sizes, {0} by default', size)];
    case 'fixed':
      return sizeRule.presets.length === 1
        ? [vscode.l10n.t('one size, {0}', size)]
        : [vscode.l10n.t('{0} sizes, {1} by default', sizeRule.presets.length, size)];
  }
}

/** What is not certain about a model. */
function doubts({ facts, unconfirmedRegions = [] }: ModelDescriptor, regionId: string): string[] {
  return [
    ...(facts === 'guessed' ? [vscode.l10n.t('rules guessed from its family')] : []),
    ...(facts === 'unconfirmed' ? [vscode.l10n.t('rules not confirmed by the documents')] : []),
    ...(unconfirmedRegions.includes(regionId)
      ? [vscode.l10n.t('not confirmed for this region')]
      : []),
  ].map((doubt) => `$(question) ${doubt}`);
}
