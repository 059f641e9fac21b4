import * as z from 'zod/mini';
import { draftSchema, idSchema, panelActionSchema } from './panelProtocol';

// The page's half of the contract: intents and ids, validated by the host.

/** Everything the page may say. */
export const pageMessageSchema = z.discriminatedUnion('type', [
  /** The page has loaded, with the draft it kept over a reload, if any. Nothing is posted to it before this. */
  z.object({ type: z.literal('ready'), draft: z.optional(draftSchema) }),
  /** The form changed (debounced): check it and remember it. */
  z.object({ type: z.literal('draftChanged'), draft: draftSchema }),
  z.object({ type: z.literal('generate'), draft: draftSchema }),
  /** The host answers with a `job` in any case: until then the page lets nobody press again. */
  z.object({ type: z.literal('cancel'), jobId: idSchema }),
  /**
   * Fetch the paid images of a failed job again, or send a failed request again; the host knows which. It answers with
   * a `job` in any case: until then the page lets nobody press again.
   */
  z.object({ type: z.literal('retry'), jobId: idSchema }),
  z.object({ type: z.literal('insert'), imageId: idSchema }),
  /** Everything that a job has made: its images, and the text that the model wrote around them. */
  z.object({ type: z.literal('insertAll'), jobId: idSchema }),
  z.object({ type: z.literal('copyText'), jobId: idSchema }),
  z.object({ type: z.literal('open'), imageId: idSchema }),
  z.object({ type: z.literal('copyPath'), imageId: idSchema }),
  z.object({ type: z.literal('reveal'), imageId: idSchema }),
  z.object({ type: z.literal('act'), action: panelActionSchema }),
  /** Let the person choose input images; what was chosen comes back as `inputsAdded`, or nothing does. */
  z.object({ type: z.literal('chooseInputs'), target: z.enum(['images', 'mask']) }),
  /** A finished image becomes an input image. */
  z.object({ type: z.literal('useAsReference'), imageId: idSchema }),
]);

/** One message of the page. */
export type PageMessage = z.infer<typeof pageMessageSchema>;
