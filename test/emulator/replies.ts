import type { ImageOrder } from './imageOrder';
import type { ReplyShape } from './models';
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
    output: { ...choices(shape, urls), ...metric },
    usage: usage(shape, order, urls.length),
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
  if (shape === 'wan2.6') {
    return {
      output: { ...base, ...choices(shape, urls) },
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
    user_api_unique_key: `apikey:v1:aigc:text2image:image-synthesis:${task.row.id}`,
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
function choices(shape: ReplyShape, urls: readonly string[]): object {
  const choice = (content: readonly object[]): object => ({
    finish_reason: 'stop',
    message: { role: 'assistant', content },
  });
  if (shape !== 'wan2.6') return { choices: [choice(urls.map((image) => ({ image })))] };
  return { choices: urls.map((image) => choice([{ image, type: 'image' }])), finished: true };
}

function usage(shape: ReplyShape, { size }: ImageOrder, made: number): object {
  const { width, height } = size;
  if (shape !== 'wan2.6') return { width, height, image_count: made };
  return {
    image_count: made,
    size: `${width}*${height}`,
    input_tokens: 0,
    output_tokens: 0,
    total_tokens: 0,
  };
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
  if (!promptExtend) return { orig_prompt: prompt };
  const isChinese = /[\u4e00-\u9fff]/.test(prompt);
  const more = isChinese
    ? '，光线柔和，细节丰富，构图均衡'
    : ', soft light, rich detail, balanced composition';
  return { orig_prompt: prompt, actual_prompt: prompt + more };
}
