import * as z from 'zod/mini';
import { fillMessages } from './fillProtocol';
import { galleryMessages } from './galleryProtocol';
import { draftSchema, idSchema, panelActionSchema } from './panelProtocol';
import { promptMessages } from './promptProtocol';

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
  /** Cancels every job that can still be cancelled for nothing; asks about the others. */
  z.object({ type: z.literal('cancelAll') }),
  /** A job that has ended without images leaves the list; where something is still open, the person is asked. */
  z.object({ type: z.literal('dismiss'), jobId: idSchema }),
  /** Every job that has failed or was cancelled and of which nothing is open. */
  z.object({ type: z.literal('dismissEnded') }),
  /** Everything that a job has made: its images, and the text that the model wrote around them. */
  z.object({ type: z.literal('insertAll'), jobId: idSchema }),
  z.object({ type: z.literal('copyText'), jobId: idSchema }),
  z.object({ type: z.literal('act'), action: panelActionSchema }),
  /** Let the person choose input images; what was chosen comes back as `inputsAdded`, or nothing does. */
  z.object({ type: z.literal('chooseInputs'), target: z.enum(['images', 'mask']) }),
  ...galleryMessages,
  ...promptMessages,
  ...fillMessages,
]);

/** One message of the page. */
export type PageMessage = z.infer<typeof pageMessageSchema>;
