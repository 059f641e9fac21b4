import type { StudioPanel } from '../panel/studioPanel';
import { askForTarget, imageTargets } from './imageTargets';

/** `Use as Reference`: opens the Studio with the images as its input images. */
export async function useAsReference(
  panel: Pick<StudioPanel, 'addInputs'>,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  const images = imageTargets(clicked, selected);
  if (images.length === 0) await askForTarget();
  else await panel.addInputs(images);
}
