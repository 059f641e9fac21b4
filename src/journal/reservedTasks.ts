import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from '../util/fileErrors';
import { createFile, whenFree } from './atomicFile';
import { listFolder } from './recordFiles';

/** The folder of the reservations in Easel's own storage: a file for each task, which names the job that has it. */
export function tasksFolder(storage: string): string {
  return path.join(storage, 'tasks');
}

/** What reserves a task. */
export interface Reserving {
  readonly jobId: string;
  readonly windowId: string;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

/** Reserves a task for a job; true also where that job has it already, as when it is resumed. */
export async function reserveTask(
  storage: string,
  taskId: string,
  { jobId, windowId, now }: Reserving,
): Promise<boolean> {
  const folder = tasksFolder(storage);
  const file = path.join(folder, fileName(taskId));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (await createFile(file, `${jobId} ${now}`, { windowId, isDurable: true })) return true;
  return (await readReservation(file)).jobId === jobId;
}

/**
 * The ids of the tasks that are reserved; without those that make no file name, which the service does not give out.
 * @param own a job that looks for its task: what it has reserved since it was sent is left out, as that is the task
 */
export async function reservedTasks(
  storage: string,
  own?: { readonly jobId: string; readonly sentAt: number },
): Promise<ReadonlySet<string>> {
  const folder = tasksFolder(storage);
  const taskIds = new Set((await listFolder(folder)).filter(isFileName));
  if (!own) return taskIds;
  for (const taskId of taskIds) {
    const { jobId, reservedAt } = await readReservation(path.join(folder, taskId));
    if (jobId === own.jobId && reservedAt >= own.sentAt) taskIds.delete(taskId);
  }
  return taskIds;
}

async function readReservation(file: string): Promise<{ jobId: string; reservedAt: number }> {
  try {
    const [jobId = '', reservedAt] = (await whenFree(() => readFile(file, 'utf8'))).split(' ');
    return { jobId, reservedAt: Number(reservedAt) };
  } catch (error) {
    if (isMissing(error)) return { jobId: '', reservedAt: 0 }; // It was just swept.
    throw error;
  }
}

function fileName(taskId: string): string {
  if (isFileName(taskId)) return taskId;
  return `${createHash('sha256').update(taskId).digest('hex')}.hash`;
}

function isFileName(taskId: string): boolean {
  return /^[\w-]{1,100}$/.test(taskId);
}
