import * as z from 'zod/mini';

// Replies are read loosely: only the fields that are used, all of them optional, and a field of an unexpected type
// counts as missing. A paid answer must not be lost to a detail that nobody needs (`task_metrics` comes and goes).

const text = z.catch(z.optional(z.string()), undefined);

const number = z.catch(z.optional(z.number()), undefined);

/** A part of the `results` form (image-synthesis): a picture, or why there is none. */
const resultSchema = z.object({
  url: text,
  orig_prompt: text,
  actual_prompt: text,
  code: text,
  message: text,
});

const messageSchema = z.object({ content: z.array(z.catch(z.object({ image: text, text }), {})) });

/** A part of the `choices` form (messages). */
const choiceSchema = z.object({
  message: z.catch(messageSchema, { content: [] }),
  /** The text `null` in a stream that goes on. */
  finish_reason: text,
});

const noContent = { message: { content: [] } };

const outputSchema = z.object({
  task_id: text,
  task_status: text,
  submit_time: text,
  end_time: text,
  code: text,
  message: text,
  choices: z.catch(z.optional(z.array(z.catch(choiceSchema, noContent))), undefined),
  results: z.catch(z.optional(z.array(z.catch(resultSchema, {}))), undefined),
});

/** What was made and what is billed; each family has its own names. Its token counters are not billed. */
const usageSchema = z.object({
  image_count: number,
  output_image_count: number,
  input_image_count: number,
  width: number,
  height: number,
  output_width: number,
  output_height: number,
  size: text,
  output_image_type: text,
});

/** Any reply of the API, good or bad; also with the field names of the OpenAI-compatible gateway. */
export const replySchema = z.object({
  request_id: text,
  requestId: text,
  code: text,
  message: text,
  msg: text,
  error: z.catch(z.optional(z.object({ code: text, type: text, message: text })), undefined),
  output: z.catch(z.optional(outputSchema), undefined),
  usage: z.catch(z.optional(usageSchema), undefined),
  total_page: number,
  /** The pictures in OpenAI's form, what an upload needs, or a page of the list of tasks. */
  data: z.optional(z.unknown()),
});

/** `data` in OpenAI's form. */
export const imageListSchema = z.catch(z.array(z.catch(z.object({ url: text }), {})), []);

/** `data` of the list of tasks; times in milliseconds since the epoch. */
export const taskListSchema = z.catch(
  z.array(
    z.catch(
      z.object({
        task_id: text,
        model_name: text,
        status: text,
        request_id: text,
        gmt_create: number,
        start_time: number,
      }),
      {},
    ),
  ),
  [],
);

/** A task of that list. */
export type ListedTask = z.infer<typeof taskListSchema>[number];

/** `data` of a policy: the fields of the form by which a file is uploaded. All of them are needed. */
export const uploadPolicySchema = z.object({
  policy: z.string(),
  signature: z.string(),
  upload_dir: z.string(),
  upload_host: z.string(),
  oss_access_key_id: z.string(),
  x_oss_object_acl: z.string(),
  x_oss_forbid_overwrite: z.string(),
  max_file_size_mb: z.catch(z.optional(z.number()), undefined),
});

/** Where, and with which fields, a file can be uploaded. */
export type UploadPolicy = z.infer<typeof uploadPolicySchema>;

/** A reply with the fields that are used. */
export type ServiceReply = z.infer<typeof replySchema>;

/** The part of a reply that holds the task or the pictures. */
export type ReplyOutput = z.infer<typeof outputSchema>;

/** What is read of a finished request. */
export type FinishedReply = Pick<ServiceReply, 'output' | 'data' | 'usage'>;
