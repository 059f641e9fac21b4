import { ImageGenerationError } from '../imageModel/errors';
import type { ImageRequest, LostSubmit, LostTaskSearch } from '../imageModel/imageModel';
import { taskLifetimeMs } from '../imageModel/taskLifetime';
import { textLength } from '../imageModel/textLength';
import { backOffMs } from './backOff';
import type { ModelRow } from './modelRow';
import { endsAsking, type QueryContext, queryTask } from './tasks';
import { type ListedTask, taskListSchema } from './wireSchemas';

// https://help.aliyun.com/zh/model-studio/manage-asynchronous-tasks: the list of the last 24 hours' tasks.

/** A task of the list, and whether the prompt that it was made from is ours; that is told once it has ended. */
interface Candidate {
  readonly taskId: string;
  readonly requestId: string;
  readonly prompt: Prompt;
}

type Prompt = 'ours' | 'other' | 'untold' | 'untoldYet';

/** A search that is under way. */
interface Search {
  readonly lost: LostSubmit;
  readonly row: ModelRow;
  readonly context: QueryContext;
  readonly signal: AbortSignal;
  /** What tasks have told at their end, by id; that does not change any more. */
  readonly told: Map<string, Prompt>;
}

/** A task may come into the list with a delay. */
const pausesMs = [0, 3_000, 7_000] as const;
/** Further looks, where the end of a task may yet tell whether it is ours. */
const morePausesMs = [20_000, 40_000] as const;
/** While the list cannot be read; with what chance adds, no pause is longer than 30 s. */
const maxBackOffMs = 24_000;
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
 * Looks for the one task that a submit can have made whose answer was lost. Some answers of finished tasks name the
 * prompt: what has ours is taken at once. What names none may be another's while ours is not in the list yet, so that
 * it is taken only after the last look, and only where it is the only one.
 * @throws ImageGenerationError, billed `maybe`, where the list is refused or too short; what `knownTasks` throws; the
 * signal's reason
 */
export async function findLostTask(
  lost: LostSubmit,
  row: ModelRow,
  context: QueryContext,
  signal: AbortSignal,
): Promise<LostTaskSearch> {
  const { pause, logger } = context.environment;
  const search: Search = { lost, row, context, signal, told: new Map() };
  let candidates: readonly Candidate[] = [];
  for (const [index, pauseMs] of [...pausesMs, ...morePausesMs].entries()) {
    const isOpen = candidates.some(({ prompt }) => prompt === 'untoldYet');
    if (index >= pausesMs.length && !isOpen) break;
    await pause(pauseMs, signal);
    candidates = await look(search);
    if (candidates.filter(isProven).length === 1) break;
  }
  const result = decide(candidates, lost.sentAt);
  const end = result.found
    ? `${result.found.taskId}${result.isProven ? '' : ', not proven'}`
    : `${result.candidates} candidates`;
  logger.info(`lost task: ${end}`);
  return result;
}

/** Those whose prompt is told go before those where it is not. */
function decide(all: readonly Candidate[], sentAt: number): LostTaskSearch {
  const ours = all.filter(isProven);
  const candidates = ours.length > 0 ? ours : all.filter(({ prompt }) => prompt !== 'other');
  const [first] = candidates;
  if (!first || candidates.length > 1) return { found: undefined, candidates: candidates.length };
  const { taskId, requestId } = first;
  return { found: { taskId, requestId, submittedAt: sentAt }, isProven: isProven(first) };
}

function isProven({ prompt }: Candidate): boolean {
  return prompt === 'ours';
}

/** What could be the task now; tries until the service answers, as an outage says nothing about the task. */
async function look(search: Search): Promise<Candidate[]> {
  const { lost, context, signal } = search;
  const { pause, random, now, logger } = context.environment;
  for (let failures = 1; ; failures += 1) {
    if (now() - lost.sentAt >= taskLifetimeMs) throw listExpired();
    try {
      return await judge(await listCandidates(search), search);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (!(error instanceof ImageGenerationError)) throw error;
      if (endsAsking(error)) throw error.with({ billed: 'maybe' });
      logger.warn(`lost task: the list could not be read (${error.code}), trying again`);
    }
    await pause(backOffMs(failures, random, maxBackOffMs), signal);
  }
}

/** The tasks of the model that were made when the request left, and that nobody else has. */
async function listCandidates(search: Search): Promise<ListedTask[]> {
  const { transport } = search.context;
  const { sentAt, knownTasks } = search.lost;
  const { id } = search.row;
  const known = await knownTasks();
  const assumedMs = transport.clockAheadMs ?? 0;
  let tasks = await listTasks(sentAt + assumedMs, search);
  // The answer tells how late it is at the service.
  const aheadMs = transport.clockAheadMs;
  const sentThere = sentAt + (aheadMs ?? 0);
  if (Math.abs(sentThere - sentAt - assumedMs) > clockToleranceMs) {
    tasks = await listTasks(sentThere, search);
  }
  const earliest = sentThere - (aheadMs === undefined ? beforeMs : knownBeforeMs);
  return tasks.filter(({ task_id, model_name = id, gmt_create, start_time }) => {
    const madeAt = gmt_create ?? start_time ?? sentThere;
    const isInTime = madeAt >= earliest && madeAt <= sentThere + afterMs;
    return isInTime && model_name === id && task_id !== undefined && !known.has(task_id);
  });
}

/** Every page of what the list has around a moment of the service's clock. */
async function listTasks(
  moment: number,
  { row, context: { transport, environment }, signal }: Search,
): Promise<ListedTask[]> {
  const tasks = new Map<string, ListedTask>();
  for (let page = 1; page <= maxPages; page += 1) {
    const query = new URLSearchParams({
      start_time: formatTime(moment - beforeMs),
      end_time: formatTime(moment + afterMs),
      model_name: row.id,
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

async function judge(tasks: readonly ListedTask[], search: Search): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const { task_id: taskId = '', request_id: requestId = '', status = '' } of tasks) {
    const untold = ['PENDING', 'RUNNING'].includes(status) ? 'untoldYet' : 'untold';
    const prompt = status === 'SUCCEEDED' ? await askForPrompt(taskId, search) : untold;
    candidates.push({ taskId, requestId, prompt });
  }
  return candidates;
}

async function askForPrompt(taskId: string, search: Search): Promise<Prompt> {
  const { lost, row, context, signal, told } = search;
  const known = told.get(taskId);
  if (known) return known;
  const { output } = await queryTask(taskId, context, signal);
  const prompt = output?.results?.find(({ orig_prompt }) => orig_prompt)?.orig_prompt;
  const isOurs = prompt && isPromptOf(lost.request, prompt, row);
  const answer = isOurs ? 'ours' : prompt ? 'other' : 'untold';
  told.set(taskId, answer);
  return answer;
}

/** The service cuts what is too long. */
function isPromptOf({ prompt }: ImageRequest, told: string, { promptLimit }: ModelRow): boolean {
  const [sent, kept] = [prompt.trim(), told.trim()];
  const isCut = textLength(sent, promptLimit.unit) > promptLimit.max;
  return sent === kept || (isCut && sent.startsWith(kept));
}

function listExpired(): ImageGenerationError {
  return new ImageGenerationError(
    'timeout',
    "The answer was lost more than 24 hours ago, and the service's list of tasks does not go back that far; look at your bill before you send it again.",
    { code: 'ListExpired', billed: 'maybe' },
  );
}
