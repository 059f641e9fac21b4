import { Refusal } from './refusal';

/** What a model takes: so many submits in so many seconds, and so many tasks that run at once. */
export interface ModelLimits {
  readonly submits?: { readonly count: number; readonly seconds: number };
  readonly concurrentTasks?: number;
}

const perSecond = (count: number, concurrentTasks?: number): ModelLimits => ({
  submits: { count, seconds: 1 },
  ...(concurrentTasks === undefined ? {} : { concurrentTasks }),
});
const twoPerMinute: ModelLimits = { submits: { count: 2, seconds: 60 } };

/** By the beginning of the id, the first that fits; families whose limits nobody has published are not here. */
const limitsByName: readonly (readonly [RegExp, ModelLimits])[] = [
  [/^qwen-image(-edit)?-max\b/, twoPerMinute],
  [/^qwen-image(-plus)?$/, perSecond(2, 2)],
  [/^qwen-image-(plus|edit)\b/, perSecond(2)],
  [/^z-image-turbo$/, perSecond(2)],
  [/^wan2\.[56]-/, perSecond(5, 5)],
  [/^wan2\.2-|^wanx?2\.[01]-/, perSecond(2, 2)],
  [/^wanx-/, perSecond(2, 1)],
];

/** https://help.aliyun.com/zh/model-studio/rate-limit; `region` undefined counts as Beijing. */
export function limitsOf(model: string, region: string | undefined): ModelLimits {
  const isBeijing = region === undefined || region === 'cn-beijing';
  if (model === 'wan2.6-t2i' && isBeijing) return perSecond(1, 5);
  return limitsByName.find(([name]) => name.test(model))?.[1] ?? {};
}

/** Of queries, cancels and lists together, for a key. */
const questionsPerSecond = 20;

/** Counts what was let in during the last seconds; what was refused does not count. */
export class RateGate {
  readonly #times = new Map<string, number[]>();

  constructor(private readonly now: () => number) {}

  /** Throws a Refusal when the key has submitted too much to the model. */
  admitSubmit(key: string, model: string, { submits }: ModelLimits): void {
    if (submits) this.#admit(`${key} ${model}`, submits.count, submits.seconds * 1000);
  }

  /** Throws a Refusal when the key has asked too much. */
  admitQuestion(key: string): void {
    this.#admit(key, questionsPerSecond, 1000);
  }

  clear(): void {
    this.#times.clear();
  }

  #admit(name: string, count: number, windowMs: number): void {
    const now = this.now();
    const recent = (this.#times.get(name) ?? []).filter((time) => time > now - windowMs);
    this.#times.set(name, recent);
    if (recent.length >= count) throw rateExceeded();
    recent.push(now);
  }
}

/** Too many in a time. */
export function rateExceeded(): Refusal {
  const message = 'Requests rate limit exceeded, please try again later.';
  return new Refusal(429, 'Throttling.RateQuota', message);
}

/** Too many at once. */
export function concurrencyExceeded(): Refusal {
  return new Refusal(429, 'Throttling.Concurrency', 'Too many concurrent requests.');
}
