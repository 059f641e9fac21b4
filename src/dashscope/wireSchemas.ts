import * as z from 'zod/mini';

// Replies are read loosely: only the fields that are used, all of them optional, and a field of an unexpected type
// counts as missing. A paid answer must not be lost to a detail that nobody needs (`task_metrics` comes and goes).

const text = z.catch(z.optional(z.string()), undefined);

/** A part of the `results` form (image-synthesis): a picture, or why there is none. */
const resultSchema = z.object({ url: text, actual_prompt: text, code: text, message: text });

/** A part of the `choices` form (messages). */
const choiceSchema = z.object({
  message: z.object({ content: z.array(z.catch(z.object({ image: text }), {})) }),
});

const noContent = { message: { content: [] } };

const outputSchema = z.object({
  task_id: text,
  task_status: text,
  code: text,
  message: text,
  choices: z.catch(z.optional(z.array(z.catch(choiceSchema, noContent))), undefined),
  results: z.catch(z.optional(z.array(z.catch(resultSchema, {}))), undefined),
});

/** Any reply of the API, good or bad; also with the field names of the OpenAI-compatible gateway. */
export const replySchema = z.object({
  request_id: text,
  requestId: text,
  code: text,
  message: text,
  msg: text,
  error: z.catch(z.optional(z.object({ code: text, message: text })), undefined),
  output: z.catch(z.optional(outputSchema), undefined),
});

/** A reply with the fields that are used. */
export type ServiceReply = z.infer<typeof replySchema>;

/** The part of a reply that holds the task or the pictures. */
export type ReplyOutput = z.infer<typeof outputSchema>;
