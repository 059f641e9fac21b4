import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { addedIds } from '../shared/addedIds';
import type { Draft } from '../shared/panelProtocol';
import { rulesOf } from './draft';
import { withParameter } from './draftParameters';

/** The changes that put these images, by id, into the form; the boxes stay with their images. */
export function withImages(draft: Draft, images: readonly string[]): Partial<Draft> {
  const { boxes } = draft.parameters;
  if (!boxes) return { images: [...images] };
  const moved = images.map((id) => boxes[draft.images.indexOf(id)] ?? []);
  const hasBoxes = moved.some((own) => own.length > 0);
  const parameters = withParameter(draft.parameters, 'boxes', hasBoxes ? moved : undefined);
  return { images: [...images], parameters };
}

/** The changes that add what the host has sent, as far as there is room. */
export function withAdded(
  draft: Draft,
  model: ModelDescriptor,
  target: 'images' | 'mask',
  ids: readonly string[],
): Partial<Draft> {
  if (target === 'mask') return { mask: ids[0] ?? draft.mask };
  const max = rulesOf(model, draft).images?.max ?? 0;
  return withImages(draft, addedIds(draft.images, ids, max));
}

/** The list with an image moved to another place. */
export function moved(images: readonly string[], id: string, by: -1 | 1): readonly string[] {
  const from = images.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= images.length) return images;
  return images.with(from, images[to] ?? id).with(to, id);
}
