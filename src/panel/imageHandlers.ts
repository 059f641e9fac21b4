import * as vscode from 'vscode';
import { markdownLinks } from '../documents/markdownLinks';
import type { SavedImage } from '../generation/generationJob';
import { shownPrompt } from '../imageModel/shownPrompt';
import type { ImageAction } from '../shared/galleryProtocol';
import { acceptHandlers, compareWithGit } from './compareHandlers';
import type { HandlersOf, PanelContext } from './panelContext';
import { type Reuse, reuseDraft } from './reuseDraft';
import { mayTrash, trashImages } from './trashImages';

/** What is done with the images that were chosen, in their order; there is at least one. */
type Act = (first: SavedImage, images: readonly SavedImage[]) => unknown;

/** Does what the page asks for with finished images. */
export function imageHandlers(
  context: PanelContext,
): HandlersOf<'actOnImages' | 'acceptImage' | 'insertAll' | 'copyText'> {
  const { services, jobs } = context;
  const { actions, shelf } = services;
  const trash = async (images: readonly SavedImage[]): Promise<boolean> => {
    const gone = await trashImages(services, images);
    context.post({ type: 'imagesGone', imageIds: gone });
    await context.refresh();
    return gone.length === images.length;
  };
  const reuse =
    (what: Reuse): Act =>
    ({ id }) => {
      const draft = reuseDraft(what, jobs.requestOf(id), context.draft(), shelf);
      context.post({ type: 'reuse', draft });
    };
  const acts: Readonly<Record<ImageAction, Act>> = {
    insert: (_, images) => actions.insert(images, (id) => jobs.promptOf(id)),
    open: (image) => actions.open(image),
    copyPath: (_, images) => actions.copyPaths(images),
    copyMarkdown: (_, images) => {
      const links = images.map(({ id, uri }) => ({
        uri: vscode.Uri.parse(uri, true),
        altText: jobs.promptOf(id),
      }));
      return vscode.env.clipboard.writeText(markdownLinks(links, actions.document));
    },
    reveal: (image) => actions.reveal(image),
    useAsReference: (_, images) => context.addInputs(images.map(({ uri }) => ({ uri }))),
    delete: async (_, images) => {
      if (await mayTrash(images)) await trash(images);
    },
    usePrompt: reuse('usePrompt'),
    useSeed: reuse('useSeed'),
    useAll: reuse('useAll'),
    remix: reuse('remix'),
    compareWithGit: (image) => compareWithGit(context, image),
    toggleFavourite: async (_, images) => {
      const { history } = services;
      const areAll = images.every(({ id }) => history.isFavourite(id));
      await history.setFavourite(
        images.map(({ id }) => id),
        !areAll,
      );
    },
  };
  return {
    ...acceptHandlers(context, trash),
    actOnImages: ({ action, imageIds }) => {
      const images = imageIds.map((id) => jobs.image(id));
      const [first] = images;
      return first && acts[action](first, images);
    },
    insertAll: ({ jobId }) => {
      const { images, request, parts } = jobs.job(jobId);
      return actions.insert(images, shownPrompt(request), parts);
    },
    copyText: ({ jobId }) => jobs.copyText(jobId),
  };
}
