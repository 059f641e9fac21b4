import { applyStyle } from '../imageModel/applyStyle';
import type { ImageRequest } from '../imageModel/imageModel';
import { joinNegativePrompts } from '../settings/readStyles';
import type { ImageAction } from '../shared/galleryProtocol';
import type { Draft } from '../shared/panelProtocol';
import { type StyleSource, toDraft } from './drafts';
import type { InputShelf } from './inputShelf';

/** What of an earlier request goes into the form. */
export type Reuse = Extract<ImageAction, 'usePrompt' | 'useSeed' | 'useAll' | 'remix'>;

/** What an earlier request is looked at with. */
interface ReuseParts {
  readonly current: Draft | undefined;
  readonly shelf: InputShelf;
  readonly styles: StyleSource;
}

/** The form with what is wanted of an earlier request; the rest stays as it is. */
export function reuseDraft(reuse: Reuse, request: ImageRequest, parts: ReuseParts): Draft {
  const { current, shelf, styles } = parts;
  const { typed: _, ...asSent } = request;
  const earlier = toDraft(isStillStyled(request, styles) ? request : asSent, shelf);
  const kept = current ?? { ...earlier, seed: null };
  switch (reuse) {
    case 'usePrompt':
      return { ...kept, prompt: earlier.prompt, style: earlier.style ?? null };
    case 'useSeed':
      return { ...kept, seed: earlier.seed ?? kept.seed };
    case 'useAll':
      return earlier;
    case 'remix':
      return { ...earlier, seed: kept.seed };
  }
}

/** Another workspace may have another style of that name, and a style may have been changed or be gone: then what was sent counts. */
function isStillStyled(
  { typed, prompt, negativePrompt }: ImageRequest,
  styles: StyleSource,
): boolean {
  const style = typed && styles.find(typed.style);
  if (!style || applyStyle(style, typed.prompt) !== prompt) return false;
  const { negativePrompt: own } = typed;
  return own === undefined || joinNegativePrompts(own, style.negativePrompt) === negativePrompt;
}
