import type { Fault } from './faults';
import type { LedgerEntry, RequestEntry } from './records';
import type { Settings } from './settings';

const address = process.env.EASEL_EMULATOR ?? '';

async function control<T>(route: string, body?: unknown): Promise<T> {
  const response = await fetch(`${address}/_emulator/${route}`, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
  const { result } = (await response.json()) as { result: T };
  return result;
}

/** The emulator of this run, which lives in another process. */
export const emulator = {
  address,
  reset: () => control<unknown>('reset', {}),
  addFault: (fault: Fault) => control<unknown>('faults', fault),
  settings: (settings: Partial<Settings>) => control<unknown>('settings', settings),
  ledger: () => control<LedgerEntry[]>('ledger'),
  requests: () => control<RequestEntry[]>('requests'),
};
