import type { ImageOrder } from './imageOrder';
import type { ReplyShape } from './models/modelRow';
import { type ContentItem, tellStory, toDeltas } from './story';
import type { ImageFailure, ImageOutcome, Task } from './taskBoard';

/** The documents' time format, always in Beijing's time. */
function formatTime(milliseconds: number): string {
  const beijing = new Date(milliseconds + 8 * 60 * 60 * 1000);
  return beijing.toISOString().replace('T', ' ').replace('Z', '');
}

/** The answer to a synchronous call, without its request id. */
export function syncReply(
  shape: ReplyShape,
  order: ImageOrder,
  images: readonly ImageOutcome[],
): object {
  const urls = madeUrls(images);
  const total = { TOTAL: images.length, FAILED: images.length - urls.length };
  const metric = shape === 'qwen' ? { task_metric: { ...total, SUCCEEDED: urls.length } } : {};
  return {
    output: { ...choices(shape, order, urls), ...metric },
    usage: usage(shape, order, urls.length),
  };
}

/** The answers of a stream, without their request id: one for each delta, and an empty one that says stop. */
export function streamReplies(
  shape: ReplyShape,
  order: ImageOrder,
  images: readonly ImageOutcome[],
): object[] {
  const urls = madeUrls(images);
  const deltas = toDeltas(tellStory(order, urls)).map((item) => [item]);
  const contents: readonly (readonly ContentItem[])[] = [...deltas, []];
  return contents.map((content) => ({
    output: {
      choices: [
        {
          message: { role: 'assistant', content },
          finish_reason: content.length > 0 ? 'null' : 'stop', // a text, in the documents too
        },
      ],
      finished: true,
    },
    usage: usage(shape, order, urls.length),
  }));
}

/** The answer on the OpenAI-compatible path. */
export function openAiReply(
  order: ImageOrder,
  images: readonly ImageOutcome[],
  now: number,
): object {
  const urls = madeUrls(images);
  return {
    created: Math.floor(now / 1000),
    data: urls.map((url) => ({ url })),
    usage: usage('qwen3', order, urls.length),
  };
}

/** The answer to a task query, without its request id. */
export function taskReply(task: Task): object {
  const shape = task.row.reply;
  const base = {
    task_id: task.id,
    task_status: task.state,
    submit_time: formatTime(task.submittedAt),
    ...(task.scheduledAt === undefined ? {} : { scheduled_time: formatTime(task.scheduledAt) }),
    ...(task.endedAt === undefined ? {} : { end_time: formatTime(task.endedAt) }),
  };
  const metrics = taskMetrics(task);
  if (task.state === 'FAILED') {
    const failure = task.failure ?? task.images.find(isFailure);
    return { output: { ...base, code: failure?.code, message: failure?.message, ...metrics } };
  }
  if (task.state !== 'SUCCEEDED' || !task.order) return { output: { ...base, ...metrics } };
  const urls = madeUrls(task.images);
  const { order } = task;
  if (task.route === 'image-generation/generation') {
    return {
      output: { ...base, ...choices(shape, order, urls) },
      usage: usage(shape, order, urls.length),
    };
  }
  const results = task.images.map((image) =>
    isFailure(image) || shape === 'wanxV1' ? image : { ...prompts(order), url: image.url },
  );
  return {
    output: { ...base, results, ...metrics },
    usage: { image_count: urls.length },
  };
}

/** The answer for an id that is not, or no longer, a task of this key. */
export function unknownTaskReply(id: string): object {
  return { output: { task_id: id, task_status: 'UNKNOWN' } };
}

/** One entry of the task list; the account numbers mean nothing. */
export function listEntry(task: Task): object {
  return {
    api_key_id: '1',
    caller_parent_id: '1',
    caller_uid: '1',
    gmt_create: task.submittedAt,
    start_time: task.scheduledAt ?? null,
    end_time: task.endedAt ?? null,
    region: task.region,
    request_id: task.requestId,
    status: task.state,
    task_id: task.id,
    user_api_unique_key: `apikey:v1:aigc:${task.route.replace('/', ':')}:${task.row.id}`,
    model_name: task.row.id,
  };
}

function isFailure(image: ImageOutcome): image is ImageFailure {
  return 'code' in image;
}

function madeUrls(images: readonly ImageOutcome[]): string[] {
  return images.flatMap((image) => (isFailure(image) ? [] : [image.url]));
}

/** Qwen puts all images into one choice, Wan each into its own. */
function choices(shape: ReplyShape, order: ImageOrder, urls: readonly string[]): object {
  const choice = (content: readonly object[], more: object = {}): object => ({
    finish_reason: 'stop',
    message: { role: 'assistant', content, ...more },
  });
  const typed = urls.map((image) => ({ image, type: 'image' }));
  if (order.isInterleaved) return { choices: [choice(tellStory(order, urls))], finished: true };
  if (shape === 'wan2.6' || shape === 'wan2.7') {
    return { choices: typed.map((item) => choice([item])), finished: true };
  }
  if (shape === 'qwen3') {
    const status = order.promptExtend ? 'success' : 'not_use';
    return { choices: [choice(typed)], rewrite_status: status };
  }
  const plain = urls.map((image) => ({ image }));
  if (shape !== 'zImage') return { choices: [choice(plain)] };
  const thought = order.promptExtend ? 'The prompt gets light, detail and balance.' : '';
  const text = order.promptExtend ? rewrite(order.prompt) : order.prompt;
  return { choices: [choice([...plain, { text }], { reasoning_content: thought })] };
}

/** Token counters are informational: nothing is billed by them. */
function usage(shape: ReplyShape, order: ImageOrder, made: number): object {
  const { size, inputs, isInterleaved } = order;
  const { width, height } = size;
  const tokens = (input: number, output: number): object => ({
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
  });
  switch (shape) {
    case 'qwen3': {
      const tier = width * height <= 2_250_000 ? '1k' : '2k';
      return {
        output_width: width,
        output_height: height,
        input_image_count: inputs.length,
        input_image_type: `qima_input_${tier}`,
        output_image_count: made,
        output_image_type: `qima_output_${tier}`,
      };
    }
    case 'zImage':
      return { width, height, image_count: made, ...tokens(28, 90) };
    case 'wan2.7':
      return { image_count: made, size: `${width}*${height}`, ...tokens(18_790, 2) };
    case 'wan2.6': {
      const counters = isInterleaved ? tokens(28, 530) : tokens(0, 0);
      return { image_count: made, size: `${width}*${height}`, ...counters };
    }
    default:
      return { width, height, image_count: made };
  }
}

/** Qwen's tasks and those with choices have none. */
function taskMetrics({ row, state, count, images }: Task): object {
  if (row.reply !== 'wanV2' && row.reply !== 'wanxV1') return {};
  const succeeded = madeUrls(images).length;
  const isOver = state === 'SUCCEEDED' || state === 'FAILED';
  return {
    task_metrics: { TOTAL: count, SUCCEEDED: succeeded, FAILED: isOver ? count - succeeded : 0 },
  };
}

function prompts({ prompt, promptExtend }: ImageOrder): object {
  return promptExtend
    ? { orig_prompt: prompt, actual_prompt: rewrite(prompt) }
    : { orig_prompt: prompt };
}

function rewrite(prompt: string): string {
  const isChinese = /[\u4e00-\u9fff]/.test(prompt);
  return isChinese
    ? `${prompt}，光线柔和，细节丰富，构图均衡`
    : `${prompt}, soft light, rich detail, balanced composition`;
}
