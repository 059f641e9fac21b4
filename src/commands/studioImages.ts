import * as z from 'zod/mini';
import type { StudioPanel } from '../panel/studioPanel';
import { type ImageAction, maxSelected, type PageAction } from '../shared/galleryProtocol';
import { idSchema } from '../shared/panelProtocol';

/** What the Studio's page says of the place that was right-clicked; `imageIds` where it is one of several selected. */
const placeSchema = z.object({
  imageId: idSchema,
  imageIds: z.optional(z.array(idSchema).check(z.maxLength(maxSelected))),
});

/** Does what an item of the Studio's context menu says; nothing for any other caller. */
export async function actOnStudioImages(
  panel: Pick<StudioPanel, 'actOnImages'>,
  action: ImageAction | PageAction,
  place: unknown,
): Promise<void> {
  const parsed = z.safeParse(placeSchema, place);
  if (!parsed.success) return;
  const { imageId, imageIds } = parsed.data;
  await panel.actOnImages(action, imageIds?.length ? imageIds : [imageId]);
}

/** Whether a command was called by the Studio's context menu. */
export function isStudioPlace(argument: unknown): boolean {
  return z.safeParse(placeSchema, argument).success;
}
