import type { SavedImage } from '../generation/generationJob';
import { shownPrompt } from '../imageModel/shownPrompt';
import type { ImageAction } from '../shared/galleryProtocol';
import type { HandlersOf, PanelContext } from './panelContext';

/** Does what the page asks for with finished images. */
export function imageHandlers(
  context: PanelContext,
): HandlersOf<'actOnImages' | 'acceptImage' | 'insertAll' | 'copyText'> {
  const { services, jobs } = context;
  const { actions } = services;
  const all: Readonly<Record<ImageAction, (images: readonly SavedImage[]) => unknown>> = {
    insert: (images) => actions.insert(images, jobs.promptOf(images[0]?.id ?? '')),
    open: ([image]) => image && actions.open(image),
    copyPath: ([image]) => image && actions.copyPath(image),
    reveal: ([image]) => image && actions.reveal(image),
    useAsReference: (images) => context.addInputs(images.map(({ uri }) => ({ uri }))),
    copyMarkdown: () => {},
    delete: () => {},
    usePrompt: () => {},
    useSeed: () => {},
    useAll: () => {},
    remix: () => {},
    compareWithGit: () => {},
  };
  return {
    actOnImages: ({ action, imageIds }) => all[action](imageIds.map((id) => jobs.image(id))),
    acceptImage: () => {},
    insertAll: ({ jobId }) => {
      const { images, request, parts } = jobs.job(jobId);
      return actions.insert(images, shownPrompt(request), parts);
    },
    copyText: ({ jobId }) => jobs.copyText(jobId),
  };
}
