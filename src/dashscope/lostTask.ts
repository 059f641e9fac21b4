import { ImageGenerationError } from '../imageModel/errors';
import type { ImageRequest, LostSubmit, LostTaskSearch } from '../imageModel/imageModel';
import { textLength } from '../imageModel/textLength';
import type { ModelRow } from './modelRow';
import { endsAsking, queryTask, type TaskContext } from './tasks';
import { type ListedTask, taskListSchema } from './wireSchemas';

// https://help.aliyun.com/zh/model-studio/manage-asynchronous-tasks: the list of the last 24 hours' tasks.

/** What the search works with. */
export type SearchContext = Pick<TaskContext, 'transport' | 'environment'>;

/** A task of the list, and whether the prompt that it was made from is ours; that is told once it has ended. */
interface Candidate {
  readonly taskId: string;
  readonly requestId: string;
  readonly prompt: 'ours' | 'other' | 'untold' | 'untoldYet';
}

/** A task may come into the list with a delay. */
const pausesMs = [0, 3_000, 7_000] as const;
/** Further looks, where the end of a task may yet tell which of several is ours. */
const morePausesMs = [20_000, 40_000] as const;
/** Of the questions, around the time at which the request left. */
const beforeMs = 90_000;
const afterMs = 150_000;
/** Where the service's clock is known, nothing that is older can be ours. */
const knownBeforeMs = 30_000;
/** A clock that is wrong by less does not matter. */
const clockToleranceMs = 30_000;
/** The documented default, so that it is certainly allowed. */
const pageSize = 10;
const maxPages = 30;

/**
 * Looks for the one task that a submit can have made whose answer was lost; some answers of finished tasks name the
 * prompt, which decides among several. @throws ImageGenerationError where the list cannot be read; the signal's reason
 */
export async function findLostTask(
  lost: LostSubmit,
  row: ModelRow,
  context: SearchContext,
  signal: AbortSignal,
): Promise<LostTaskSearch> {
  const { pause, logger } = context.environment;
  let search: LostTaskSearch = { found: undefined, candidates: 0 };
  let failure: ImageGenerationError | undefined;
  let isOpen = false;
  for (const [index, pauseMs] of [...pausesMs, ...morePausesMs].entries()) {
    if (index >= pausesMs.length && !isOpen) break;
    await pause(pauseMs, signal);
    try {
      const tasks = await listCandidates(lost, row, context, signal);
      const candidates = await judge(tasks, lost.request, row, context, signal);
      isOpen = candidates.some(({ prompt }) => prompt === 'untoldYet');
      search = decide(candidates, lost.sentAt);
      failure = undefined;
      if (search.found) break;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (!(error instanceof ImageGenerationError) || endsAsking(error)) throw error;
      failure = error;
    }
  }
  if (failure) throw failure.with({ billed: 'maybe' });
  const { found } = search;
  logger.info(`lost task: ${found ? found.taskId : `${search.candidates} candidates`}`);
  return search;
}

/** Those whose prompt is told go before those where it is not. */
function decide(all: readonly Candidate[], sentAt: number): LostTaskSearch {
  const ours = all.filter(({ prompt }) => prompt === 'ours');
  const candidates = ours.length > 0 ? ours : all.filter(({ prompt }) => prompt !== 'other');
  const [first] = candidates;
  if (!first || candidates.length > 1) return { found: undefined, candidates: candidates.length };
  const { taskId, requestId } = first;
  return { found: { taskId, requestId, submittedAt: sentAt } };
}

/** The tasks of the model that were made when the request left, and that nobody else has. */
async function listCandidates(
  { sentAt, knownTasks }: LostSubmit,
  { id }: ModelRow,
  context: SearchContext,
  signal: AbortSignal,
): Promise<ListedTask[]> {
  const { transport } = context;
  const assumedMs = transport.clockAheadMs ?? 0;
  let tasks = await listTasks(id, sentAt + assumedMs, context, signal);
  // The answer tells how late it is at the service.
  const aheadMs = transport.clockAheadMs;
  const sentThere = sentAt + (aheadMs ?? 0);
  if (Math.abs(sentThere - sentAt - assumedMs) > clockToleranceMs) {
    tasks = await listTasks(id, sentThere, context, signal);
  }
  const earliest = sentThere - (aheadMs === undefined ? beforeMs : knownBeforeMs);
  return tasks.filter(({ task_id, model_name = id, gmt_create, start_time }) => {
    const madeAt = gmt_create ?? start_time ?? sentThere;
    const isInTime = madeAt >= earliest && madeAt <= sentThere + afterMs;
    return isInTime && model_name === id && task_id !== undefined && !knownTasks.has(task_id);
  });
}

/** Every page of what the list has around a moment of the service's clock. */
async function listTasks(
  modelId: string,
  moment: number,
  { transport, environment }: SearchContext,
  signal: AbortSignal,
): Promise<ListedTask[]> {
  const tasks = new Map<string, ListedTask>();
  for (let page = 1; page <= maxPages; page += 1) {
    const query = new URLSearchParams({
      start_time: formatTime(moment - beforeMs),
      end_time: formatTime(moment + afterMs),
      model_name: modelId,
      page_no: String(page),
      page_size: String(pageSize),
    });
    await environment.beforeQuery?.(signal);
    const { data, total_page } = await transport.get(`/api/v1/tasks/?${query}`, signal);
    const sizeBefore = tasks.size;
    for (const task of taskListSchema.parse(data)) {
      if (task.task_id) tasks.set(task.task_id, task);
    }
    if (tasks.size === sizeBefore || page === total_page) break;
  }
  return [...tasks.values()];
}

/** `YYYYMMDDhhmmss` in China's time. */
function formatTime(ms: number): string {
  const china = new Date(ms + 8 * 60 * 60 * 1_000);
  return china.toISOString().replace(/\D/g, '').slice(0, 14);
}

async function judge(
  tasks: readonly ListedTask[],
  request: ImageRequest,
  row: ModelRow,
  context: SearchContext,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const { task_id: taskId = '', request_id: requestId = '', status = '' } of tasks) {
    const reply = status === 'SUCCEEDED' ? await queryTask(taskId, context, signal) : undefined;
    const told = reply?.output?.results?.find(({ orig_prompt }) => orig_prompt)?.orig_prompt;
    const untold = ['PENDING', 'RUNNING'].includes(status) ? 'untoldYet' : 'untold';
    const prompt = told && (isPromptOf(request, told, row) ? 'ours' : 'other');
    candidates.push({ taskId, requestId, prompt: prompt || untold });
  }
  return candidates;
}

/** The service cuts what is too long. */
function isPromptOf({ prompt }: ImageRequest, told: string, { promptLimit }: ModelRow): boolean {
  const [sent, kept] = [prompt.trim(), told.trim()];
  const isCut = textLength(sent, promptLimit.unit) > promptLimit.max;
  return sent === kept || (isCut && sent.startsWith(kept));
}
