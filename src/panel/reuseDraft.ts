import type { ImageRequest } from '../imageModel/imageModel';
import type { ImageAction } from '../shared/galleryProtocol';
import type { Draft } from '../shared/panelProtocol';
import { toDraft } from './drafts';
import type { InputShelf } from './inputShelf';

/** What of an earlier request goes into the form. */
export type Reuse = Extract<ImageAction, 'usePrompt' | 'useSeed' | 'useAll' | 'remix'>;

/** The form with what is wanted of an earlier request; the rest stays as it is. */
export function reuseDraft(
  reuse: Reuse,
  request: ImageRequest,
  current: Draft | undefined,
  shelf: InputShelf,
): Draft {
  const earlier = toDraft(request, shelf);
  const kept = current ?? { ...earlier, seed: null };
  switch (reuse) {
    case 'usePrompt':
      return { ...kept, prompt: earlier.prompt, style: earlier.style ?? null };
    case 'useSeed':
      return { ...kept, seed: earlier.seed };
    case 'useAll':
      return earlier;
    case 'remix':
      return { ...earlier, seed: null };
  }
}
