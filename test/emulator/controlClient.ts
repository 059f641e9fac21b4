import type { BillEntry, Traffic } from './bill';
import type { Fault } from './faults';
import type { HoldOptions } from './holds';
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
  /** Forgets the faults that nothing has met yet. */
  clearFaults: () => control<unknown>('faults/clear', {}),
  settings: (settings: Partial<Settings>) => control<unknown>('settings', settings),
  ledger: () => control<LedgerEntry[]>('ledger'),
  bill: () => control<BillEntry[]>('bill'),
  traffic: () => control<Traffic>('traffic'),
  /** Stops the next such request just then; resolves once it is asked for, not once it is reached. */
  hold: async (options: HoldOptions) => {
    const id = await control<string>('holds', options);
    return {
      reached: () => control<unknown>('holds/reached', { id }),
      release: (ending?: 'drop') =>
        control<unknown>('holds/release', { id, drop: ending === 'drop' }),
    };
  },
  requests: () => control<RequestEntry[]>('requests'),
};
