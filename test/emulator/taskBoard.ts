import { randomUUID } from 'node:crypto';
import type { Durations } from './durations';
import type { ImageOrder } from './imageOrder';
import type { ModelRow, SubmitRoute } from './models/modelRow';
import type { Settings } from './settings';

/** One image of a task or a synchronous call. */
export type ImageOutcome = { readonly url: string } | ImageFailure;

/** Why an image or a whole task failed. */
export interface ImageFailure {
  readonly code: string;
  readonly message: string;
}

/** The states that the emulator's tasks have; UNKNOWN is the absence of a task. */
type TaskState = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELED';

/** What a task is given when it is taken. */
export interface TaskOrder {
  /** Of the call that made it. */
  readonly requestId: string;
  /** Only this key sees the task. */
  readonly key: string;
  readonly region: string;
  readonly row: ModelRow;
  readonly route: SubmitRoute;
  /** `n`, also where the order is not fit to be carried out. */
  readonly count: number;
  /** How many of the key's and model's run at once; any number when absent. */
  readonly concurrentTasks?: number;
  /** Absent when the task is bound to fail. */
  readonly order?: ImageOrder;
  readonly failure?: ImageFailure;
  /** Makes the images: called once, when the task succeeds. */
  readonly makeImages: (taskId: string) => readonly ImageOutcome[];
}

/** A task; times are milliseconds since 1970. */
export interface Task extends TaskOrder {
  readonly id: string;
  readonly submittedAt: number;
  /** What its duration is made from. */
  readonly draw: number;
  state: TaskState;
  scheduledAt?: number;
  endedAt?: number;
  images: readonly ImageOutcome[];
}

const lifetimeMs = 24 * 60 * 60 * 1000;

/** All tasks. They move on by the clock alone: whoever looks at them sees them where they should be. */
export class TaskBoard {
  #tasks: Task[] = [];
  /** Those that have not ended, in the order of their submits. */
  #open: Task[] = [];
  /** By queue, when a task last left it to make room for another. */
  readonly #freedAt = new Map<string, number>();
  readonly #durations: Durations;

  constructor(
    private readonly settings: Readonly<Settings>,
    private readonly now: () => number,
    durations: Durations,
  ) {
    this.#durations = durations;
  }

  submit(order: TaskOrder): Task {
    const task: Task = {
      ...order,
      id: randomUUID(),
      submittedAt: this.now(),
      draw: this.#durations.draw(),
      state: 'PENDING',
      images: [],
    };
    this.#tasks.push(task);
    this.#open.push(task);
    return task;
  }

  /** Undefined for tasks that never were, are over 24 hours old or belong to another key. */
  find(id: string, key: string): Task | undefined {
    return this.list(key).find((task) => task.id === id);
  }

  /** A key's tasks, the newest first. */
  list(key: string): Task[] {
    this.advance();
    const oldest = this.now() - lifetimeMs;
    return this.#tasks.filter((task) => task.key === key && task.submittedAt >= oldest).reverse();
  }

  /** A key's tasks of a model that have not ended. */
  countOpen(key: string, model: string): number {
    this.advance();
    return this.#open.filter((task) => task.key === key && task.row.id === model).length;
  }

  /** False when it is too late. */
  cancel(task: Task): boolean {
    if (task.state !== 'PENDING') return false;
    task.state = 'CANCELED';
    task.endedAt = this.now();
    this.#open = this.#open.filter((other) => other !== task);
    return true;
  }

  /** Moves every task to where it is by now, one step after the other in the order of time. */
  advance(): void {
    const now = this.now();
    for (;;) {
      const next = this.#nextStep();
      if (!next || next.at > now) return;
      const { task, at } = next;
      if (task.state === 'PENDING') {
        task.state = 'RUNNING';
        task.scheduledAt = at;
      } else {
        this.#finish(task, at);
      }
    }
  }

  clear(): void {
    this.#tasks = [];
    this.#open = [];
    this.#freedAt.clear();
  }

  #nextStep(): { readonly task: Task; readonly at: number } | undefined {
    const running = new Map<string, number>();
    for (const task of this.#open) {
      if (task.state === 'RUNNING')
        running.set(queueOf(task), (running.get(queueOf(task)) ?? 0) + 1);
    }
    let first: { readonly task: Task; readonly at: number } | undefined;
    for (const task of this.#open) {
      const queue = queueOf(task);
      const isFull = (running.get(queue) ?? 0) >= this.#room(task);
      if (task.state === 'PENDING' && isFull) continue;
      const at =
        task.state === 'RUNNING'
          ? (task.scheduledAt ?? 0) + this.#durations.milliseconds(task.draw)
          : Math.max(task.submittedAt + this.settings.queueMs, this.#freedAt.get(queue) ?? 0);
      if (!first || at < first.at) first = { task, at };
    }
    return first;
  }

  /** How many of its kind run at once. */
  #room({ concurrentTasks }: Task): number {
    return (this.settings.limitsRates && concurrentTasks) || Number.POSITIVE_INFINITY;
  }

  #finish(task: Task, end: number): void {
    task.endedAt = end;
    this.#open = this.#open.filter((other) => other !== task);
    if (this.settings.limitsRates) this.#freedAt.set(queueOf(task), end);
    task.images = task.failure ? [] : task.makeImages(task.id);
    const isMade = task.images.some((image) => 'url' in image);
    task.state = isMade ? 'SUCCEEDED' : 'FAILED';
  }
}

/** Tasks that share the limit of how many run at once. */
function queueOf({ key, row }: Task): string {
  return `${key} ${row.id}`;
}
