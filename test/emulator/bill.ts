import { isFields } from './fields';
import type { LedgerEntry, RequestEntry } from './records';

/** What became of all that was asked for with one prompt. */
export interface BillEntry {
  readonly prompt: string;
  /** Requests for images that came in with it. */
  readonly submits: number;
  /** Those of them that were carried out; more than one is a duplicate, unless the person wanted it. */
  readonly taken: number;
  /** Images that are paid for. */
  readonly images: number;
}

/** Adds up by prompt, in the order in which the prompts came. */
export function addUpBill(
  requests: readonly RequestEntry[],
  ledger: readonly LedgerEntry[],
): BillEntry[] {
  const submits = requests.filter(({ phase }) => phase === 'submit');
  const promptOf = ({ body }: RequestEntry): string => readPrompt(body) ?? '';
  const prompts = new Set([...submits.map(promptOf), ...ledger.map(({ prompt }) => prompt)]);
  return [...prompts].map((prompt) => {
    const own = submits.filter((entry) => promptOf(entry) === prompt);
    return {
      prompt,
      submits: own.length,
      taken: own.filter(({ isTaken }) => isTaken).length,
      images: ledger.filter((entry) => entry.prompt === prompt).length,
    };
  });
}

/** The prompt of a submit's body, wherever its protocol has it. */
function readPrompt(body: unknown): string | undefined {
  if (!isFields(body)) return undefined;
  if (typeof body.prompt === 'string') return body.prompt;
  if (!isFields(body.input)) return undefined;
  if (typeof body.input.prompt === 'string') return body.input.prompt;
  const [message] = Array.isArray(body.input.messages) ? body.input.messages : [];
  const content: unknown = isFields(message) ? message.content : undefined;
  const texts = Array.isArray(content) ? content.filter(isFields).map(({ text }) => text) : [];
  return texts.find((text) => typeof text === 'string');
}

/** How much was asked, and over how many connections. */
export interface Traffic {
  readonly connections: Readonly<Record<RequestEntry['origin'], number>>;
  /** By what they are for. */
  readonly requests: Readonly<Record<string, number>>;
}

export function countTraffic(
  requests: readonly RequestEntry[],
  connections: Traffic['connections'],
): Traffic {
  const counts: Record<string, number> = {};
  for (const { phase = 'other' } of requests) counts[phase] = (counts[phase] ?? 0) + 1;
  return { connections: { ...connections }, requests: counts };
}
