import * as vscode from 'vscode';
import { fileNameOf } from '../history/historyFilter';
import type { FoundImage } from '../history/historyJob';
import type { RequestedSize } from '../imageModel/imageModel';
import { formatSize } from '../imageModel/imageSize';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { shownPrompt } from '../imageModel/shownPrompt';
import type { ImageDetails } from '../shared/galleryProtocol';
import { parameterLines } from '../ui/parameterLines';
import { costText } from '../ui/priceText';

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
