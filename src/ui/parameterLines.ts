import * as vscode from 'vscode';
import { fileNameOf } from '../history/historyFilter';
import type { ImageRequest } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import {
  asksNothing,
  type Box,
  defaultParameters,
  type ImageParameters,
  type PaletteColor,
  type ParameterName,
  parameterKinds,
  parameterNames,
} from '../imageModel/parameters';
import { choiceText, fieldText, parameterText } from './parameterTexts';
import { listText } from './sentences';

/** A parameter in the language of VS Code. */
export interface ParameterLine {
  readonly label: string;
  readonly value: string;
}

/** What was asked for besides prompt, size and seed, and was not what the model does anyway. */
export function parameterLines(
  request: ImageRequest,
  model: ModelDescriptor | undefined,
): readonly ParameterLine[] {
  const { count, images = [], mask } = request;
  const names = images.map(({ uri }) => fileNameOf(uri));
  return [
    ...(count > 1 ? [{ label: fieldText('count'), value: String(count) }] : []),
    ...(names.length > 0 ? [{ label: fieldText('images'), value: listText(names) }] : []),
    ...(mask ? [{ label: fieldText('mask'), value: fileNameOf(mask.uri) }] : []),
    ...changedParameters(request, model).map((name) => ({
      label: parameterText(name).label,
      value: valueText(request, name),
    })),
  ];
}

function changedParameters(
  request: ImageRequest,
  model: ModelDescriptor | undefined,
): readonly ParameterName[] {
  const usual: ImageParameters = model ? defaultParameters(model.parameters) : {};
  return parameterNames.filter((name) => {
    const value = request[name];
    if (value === undefined || value === usual[name]) return false;
    return usual[name] !== undefined || !asksNothing(value);
  });
}

function valueText(parameters: ImageParameters, name: ParameterName): string {
  const value = parameters[name];
  switch (parameterKinds[name]) {
    case 'flag':
      return value ? vscode.l10n.t('On') : vscode.l10n.t('Off');
    case 'number':
      return new Intl.NumberFormat(vscode.env.language).format(Number(value));
    case 'choice':
      return choiceText(String(value));
    case 'colors':
      return (parameters.sketchColors ?? []).join(', ');
    case 'palette':
      return (parameters.colorPalette ?? []).map(colorText).join(', ');
    case 'boxes':
      return (parameters.boxes ?? []).flatMap(boxLines).join('\n');
  }
}

function colorText({ hex, ratio }: PaletteColor): string {
  const share = new Intl.NumberFormat(vscode.env.language, {
    style: 'percent',
    maximumFractionDigits: 2,
  });
  return `${hex} ${share.format(ratio / 100)}`;
}

/** Of one input image. */
function boxLines(boxes: readonly Box[], position: number): readonly string[] {
  if (boxes.length === 0) return [];
  const areas = boxes.map(([x1, y1, x2, y2]) => `(${x1}, ${y1}) – (${x2}, ${y2})`).join('; ');
  return [`${vscode.l10n.t('Image {0}', position + 1)}: ${areas}`];
}
