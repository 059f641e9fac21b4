/** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>;

/** The real clock's {@link Pause}. */
export const pause: Pause = (ms, signal) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });

/** True for what an aborted wait or fetch throws; a timeout is not an abort. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
