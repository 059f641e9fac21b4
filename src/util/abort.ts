/** The part of VS Code's CancellationToken that the layers without `vscode` need. */
export interface CancellationTokenLike {
  readonly isCancellationRequested: boolean;
  readonly onCancellationRequested: (listener: () => void) => { dispose(): unknown };
}

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

/** A signal that is aborted with the token; a token cancelled before the call aborts it at once. */
export function toAbortSignal(token: CancellationTokenLike): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** True for what an aborted wait or fetch throws; a timeout is not an abort. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
