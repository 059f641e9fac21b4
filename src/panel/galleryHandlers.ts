import * as vscode from 'vscode';
import { fileNameOf, type HistoryFilter } from '../history/historyFilter';
import type { FoundImage } from '../history/historyJob';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { shownPrompt } from '../imageModel/shownPrompt';
import type { GalleryFilter, GalleryHostMessage, GalleryImage } from '../shared/galleryProtocol';
import { workspaceName } from '../workspace/workspaceName';
import { imageDetails } from './imageDetailsText';
import type { HandlersOf, PanelContext } from './panelContext';
import type { PanelServices } from './panelServices';

/** In UTF-16 units, of the prompt that the gallery shows of an image. */
const maxPrompt = 300;

/** What the gallery works with. */
export type GalleryContext = Pick<PanelContext, 'view' | 'post'> & {
  readonly services: Pick<PanelServices, 'history' | 'thumbnails'> & {
    readonly requests: Pick<PanelServices['requests'], 'findModel'>;
  };
};

/** Answers what the page asks of the history. */
export function galleryHandlers(
  context: GalleryContext,
): HandlersOf<'queryHistory' | 'setFavourite' | 'showDetails' | 'keepThumbnail'> {
  const { services, view } = context;
  const { history, thumbnails, requests } = services;
  let lastQuery = 0;

  const describe = (modelId: string): ModelDescriptor | undefined => requests.findModel(modelId);
  const labelOf = (modelId: string): string => describe(modelId)?.label ?? modelId;
  const sourceOf = (uri: string): string | undefined =>
    view.mayShow(uri) ? view.toWebviewUri(vscode.Uri.parse(uri, true)).toString() : undefined;

  const toGallery = ({ job, image }: FoundImage): GalleryImage => {
    const src = sourceOf(image.uri);
    const file = thumbnails.path(image.id);
    const thumbnail = file && view.toWebviewUri(vscode.Uri.file(file)).toString();
    return {
      ...{ id: image.id, jobId: job.id, size: image.size, startedAt: job.startedAt },
      ...(src && { src }),
      ...(thumbnail && { thumbnail }),
      fileName: fileNameOf(image.uri),
      prompt: cut(shownPrompt(job.request)),
      modelLabel: labelOf(job.request.modelId),
      isFavourite: history.isFavourite(image.id),
    };
  };

  const postDetails = (imageId: string): void => {
    const found = history.find(imageId);
    if (!found) return;
    const src = sourceOf(found.image.uri);
    const details = imageDetails(found, {
      model: describe(found.job.request.modelId),
      isFavourite: history.isFavourite(imageId),
      ...(src && { src }),
    });
    context.post({ type: 'details', details });
  };

  return {
    queryHistory: async ({ queryId, filter, offset, limit }) => {
      lastQuery = queryId;
      await Promise.all([history.load(), thumbnails.load()]);
      if (lastQuery !== queryId) return;
      const { total, items } = history.query(toHistoryFilter(filter), offset, limit);
      const page: GalleryHostMessage = {
        ...{ type: 'historyPage', queryId, offset, total },
        items: items.map(toGallery),
        models: history
          .models()
          .map((id) => ({ id, label: labelOf(id) }))
          .sort((a, b) => a.label.localeCompare(b.label)),
      };
      context.post(page);
    },
    setFavourite: ({ imageIds, isFavourite }) => history.setFavourite(imageIds, isFavourite),
    showDetails: ({ imageId }) => postDetails(imageId),
    keepThumbnail: async ({ imageId, bytes }) => {
      if (history.find(imageId)) await thumbnails.keep(imageId, bytes);
    },
  };
}

function toHistoryFilter(filter: GalleryFilter): HistoryFilter {
  const { text, modelId, since, shape, isHere, isFavourite } = filter;
  return {
    text,
    modelId: modelId ?? undefined,
    since: since ?? undefined,
    shape: shape ?? undefined,
    ...(isHere && { madeIn: { workspace: workspaceName() } }),
    isFavourite,
  };
}

/** Not within a character. */
function cut(text: string): string {
  return text.slice(0, maxPrompt).replace(/[\uD800-\uDBFF]$/, '');
}
