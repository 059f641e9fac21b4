import type { StudioPanel } from '../panel/studioPanel';
import { askForTarget, imageTargets } from './imageTargets';

/** `Compare with Git Version`: opens the Studio with the image beside its earlier version. */
export async function compareWithGit(
  panel: Pick<StudioPanel, 'compareWithGit'>,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  const [image] = imageTargets(clicked, selected);
  if (image) await panel.compareWithGit(image);
  else await askForTarget();
}
