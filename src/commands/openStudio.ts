import * as z from 'zod/mini';
import type { StudioPanel } from '../panel/studioPanel';

const argumentSchema = z.object({ prompt: z.string() });

/** Opens the Studio; `{prompt}` fills the form, anything else that a menu may pass is ignored. */
export async function openStudio(panel: StudioPanel, argument: unknown): Promise<void> {
  const parsed = z.safeParse(argumentSchema, argument);
  await panel.show(parsed.success ? parsed.data.prompt : undefined);
}
