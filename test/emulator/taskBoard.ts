import { randomUUID } from 'node:crypto';
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
  state: TaskState;
  scheduledAt?: number;
  endedAt?: number;
  images: readonly ImageOutcome[];
}

const lifetimeMs = 24 * 60 * 60 * 1000;

/** All tasks. They move on by the clock alone: whoever looks at them sees them where they should be. */
export class TaskBoard {
  #tasks: Task[] = [];

  constructor(
    private readonly settings: Readonly<Settings>,
    private readonly now: () => number,
  ) {}

  submit(order: TaskOrder): Task {
    const task: Task = {
      ...order,
      id: randomUUID(),
      submittedAt: this.now(),
      state: 'PENDING',
      images: [],
    };
    this.#tasks.push(task);
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

  /** False when it is too late. */
  cancel(task: Task): boolean {
    if (task.state !== 'PENDING') return false;
    task.state = 'CANCELED';
    task.endedAt = this.now();
    return true;
  }

  /** Moves every task to where it is by now. */
  advance(): void {
    const now = this.now();
    for (const task of this.#tasks) {
      const begin = task.submittedAt + this.settings.queueMs;
      if (task.state === 'PENDING' && now >= begin) {
        task.state = 'RUNNING';
        task.scheduledAt = begin;
      }
      const end = (task.scheduledAt ?? begin) + this.settings.runMs;
      if (task.state === 'RUNNING' && now >= end) this.#finish(task, end);
    }
  }

  clear(): void {
    this.#tasks = [];
  }

  #finish(task: Task, end: number): void {
    task.endedAt = end;
    task.images = task.failure ? [] : task.makeImages(task.id);
    const isMade = task.images.some((image) => 'url' in image);
    task.state = isMade ? 'SUCCEEDED' : 'FAILED';
  }
}
