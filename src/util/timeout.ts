/** A limit of time; whoever started it ends it, or its timer lives on until it fires. */
export interface Timeout {
  /** Fires when the time is over. */
  readonly signal: AbortSignal;
  end(): void;
}

/** Starts a limit of so many milliseconds. @param createSignal for tests that decide themselves when time is over */
export function startTimeout(ms: number, createSignal?: (ms: number) => AbortSignal): Timeout {
  if (createSignal) return { signal: createSignal(ms), end: () => {} };
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException('', 'TimeoutError')), ms);
  timer.unref();
  return { signal: controller.signal, end: () => clearTimeout(timer) };
}
