import * as vscode from 'vscode';
import { fileNameOf } from '../history/historyFilter';
import type { FoundImage } from '../history/historyJob';
import type { ImageRequest, RequestedSize } from '../imageModel/imageModel';
import { formatSize } from '../imageModel/imageSize';
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
import { shownPrompt } from '../imageModel/shownPrompt';
import type { ImageDetails } from '../shared/galleryProtocol';
import { choiceText, fieldText, parameterText } from '../ui/parameterTexts';
import { costText } from '../ui/priceText';
import { listText } from '../ui/sentences';

type DetailLine = ImageDetails['parameters'][number];

/** What is not in the history itself. */
export interface DetailFacts {
  /** Undefined where nothing is known of the id. */
  readonly model: ModelDescriptor | undefined;
  readonly isFavourite: boolean;
  /** A webview URI, where the page may show the file. */
  readonly src?: string;
}

/** All that is known of an image, in the language of VS Code. */
export function imageDetails({ job, image }: FoundImage, facts: DetailFacts): ImageDetails {
  const { request, cost, startedAt, endedAt, requestId } = job;
  const { seed, negativePrompt } = request;
  const { actualPrompt } = image;
  return {
    ...{ id: image.id, size: image.size, startedAt, isFavourite: facts.isFavourite },
    ...(facts.src && { src: facts.src }),
    fileName: fileNameOf(image.uri),
    path: vscode.workspace.asRelativePath(vscode.Uri.parse(image.uri, true)),
    prompt: shownPrompt(request),
    ...(request.typed && { sentPrompt: request.prompt }),
    ...(actualPrompt && actualPrompt !== request.prompt && { actualPrompt }),
    ...(negativePrompt && { negativePrompt }),
    modelLabel: facts.model?.label ?? request.modelId,
    requestedSize: requestedSizeText(request.size),
    ...(seed !== undefined && { seed }),
    parameters: parameterLines(request, facts.model),
    ...(cost && { costText: costText(cost) }),
    ...(endedAt !== undefined && { tookMs: Math.max(0, endedAt - startedAt) }),
    ...(requestId && { requestId }),
  };
}

/** Such as `1024 × 768` or `2K`. */
export function requestedSizeText(size: RequestedSize): string {
  return size === 'auto' ? vscode.l10n.t('Left to the model') : formatSize(size);
}

/** What was asked for besides prompt, size and seed, and was not what the model does anyway. */
export function parameterLines(
  request: ImageRequest,
  model: ModelDescriptor | undefined,
): readonly DetailLine[] {
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
