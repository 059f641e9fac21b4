import * as vscode from 'vscode';
import { markdownLinks } from '../documents/markdownLinks';
import type { SavedImage } from '../generation/generationJob';
import { shownPrompt } from '../imageModel/shownPrompt';
import type { ImageAction } from '../shared/galleryProtocol';
import { mayTrash, trashImages } from '../ui/trashImages';
import { acceptHandlers, compareWithGit } from './compareHandlers';
import type { HandlersOf, PanelContext } from './panelContext';
import { type Reuse, reuseDraft } from './reuseDraft';

/** What is done with the images that were chosen, in their order; there is at least one. */
type Act = (first: SavedImage, images: readonly SavedImage[]) => unknown;

/** Does what the page asks for with finished images. */
export function imageHandlers(
  context: PanelContext,
): HandlersOf<'actOnImages' | 'acceptImage' | 'insertAll' | 'copyText'> {
  const { services, jobs } = context;
  const { actions, shelf, styles } = services;
  const trash = async (images: readonly SavedImage[]): Promise<void> => {
    await trashImages(services, images, (imageIds) => {
      context.post({ type: 'imagesGone', imageIds });
    });
    await context.refresh();
  };
  const reuse =
    (what: Reuse): Act =>
    ({ id }) => {
      const request = jobs.requestOf(id);
      if (what === 'useSeed' && request.seed === undefined) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('The seed of this image is not known.'),
        );
        return;
      }
      const current = context.draft();
      context.post({ type: 'reuse', draft: reuseDraft(what, request, { current, shelf, styles }) });
    };
  const acts: Readonly<Record<ImageAction, Act>> = {
    insert: (_, images) => actions.insert(images, (id) => jobs.promptOf(id)),
    open: (image) => actions.open(image),
    copyPath: (_, images) => actions.copyPaths(images),
    copyMarkdown: async (_, images) => {
      const links = images.map(({ id, uri }) => ({
        uri: vscode.Uri.parse(uri, true),
        altText: jobs.promptOf(id),
      }));
      return vscode.env.clipboard.writeText(await markdownLinks(links, actions.document));
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
      // Another window may have put some of them in the trash.
      const images = imageIds.flatMap((id) => jobs.findImage(id) ?? []);
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
