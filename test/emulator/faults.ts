import { isFields } from './fields';

/** What a request is for; faults wait for one of these. */
export type Phase = 'submit' | 'poll' | 'cancel' | 'list' | 'download' | 'uploadPolicy' | 'upload';

/** What goes wrong. Unless said otherwise the request is handled (tasks begin, images are billed) and the answer suffers. */
type FaultKind =
  /** Not handled: this status and error body; status 200 too. */
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly code: string;
      readonly message: string;
    }
  /** Handled `ms` milliseconds later, without harm. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Not handled: the connection is reset, before the body is read if no model is named. */
  | { readonly kind: 'reset' }
  /** The connection is reset instead of an answer. */
  | { readonly kind: 'loseAnswer' }
  /** The connection is closed after half of the body. */
  | { readonly kind: 'truncate' }
  /** Half of the body, then nothing: for `ms` milliseconds, or for ever. */
  | { readonly kind: 'stall'; readonly ms?: number }
  /** A JSON body that breaks off. */
  | { readonly kind: 'malformedJson' }
  /** Not handled: a web page, as a gateway (status 502 unless given) or a captive portal sends it. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The task is taken and ends as FAILED; a synchronous call gets the error at once. */
  | { readonly kind: 'failTask'; readonly code: string; readonly message: string }
  /** So many of the images fail, the last ones, and are not billed. */
  | {
      readonly kind: 'partial';
      readonly failed: number;
      readonly code?: string;
      readonly message?: string;
    }
  /** The task is answered as UNKNOWN. */
  | { readonly kind: 'unknownTask' }
  /** The body comes in so many pieces (10), each so many milliseconds (10) after the one before. */
  | { readonly kind: 'slowDrip'; readonly pieces?: number; readonly ms?: number }
  /** 65 MiB more than there should be, announced by its length or not. */
  | { readonly kind: 'oversize'; readonly announced: boolean }
  /** Nothing is wrong but the name of the content's type (`text/plain`). */
  | { readonly kind: 'wrongType'; readonly contentType?: string }
  /** Status 206 with the bytes after those that were asked for, and it says so. */
  | { readonly kind: 'wrongRange' }
  /** Ranges are not known here: the whole is sent. */
  | { readonly kind: 'noRange' }
  /** Status 200 and `image/png`, but the bytes are no image. */
  | { readonly kind: 'wrongContent' }
  /** Status 200 and no bytes. */
  | { readonly kind: 'empty' }
  /** To `location`, or once round to the same file. */
  | { readonly kind: 'redirect'; readonly location?: string; readonly status?: number };

/** A fault for the next `times` (1) requests of a phase, of one model or of any. */
export type Fault = FaultKind & {
  readonly phase: Phase;
  readonly model?: string;
  readonly times?: number;
};

/** Every phase that there is. */
export const everyPhase: readonly Phase[] = [
  'submit',
  'poll',
  'cancel',
  'list',
  'download',
  'uploadPolicy',
  'upload',
];

/** Where each kind can be asked for, and its fields; those with a `?` can be left out. */
const kinds: Record<
  FaultKind['kind'],
  { readonly phases: readonly Phase[]; readonly fields: Readonly<Record<string, string>> }
> = {
  refuse: {
    phases: everyPhase,
    fields: { status: 'number', code: 'string', message: 'string' },
  },
  delay: { phases: everyPhase, fields: { ms: 'number' } },
  reset: { phases: everyPhase, fields: {} },
  loseAnswer: { phases: everyPhase, fields: {} },
  truncate: { phases: everyPhase, fields: {} },
  stall: { phases: everyPhase, fields: { ms: 'number?' } },
  slowDrip: { phases: everyPhase, fields: { pieces: 'number?', ms: 'number?' } },
  oversize: { phases: everyPhase, fields: { announced: 'boolean' } },
  wrongType: { phases: everyPhase, fields: { contentType: 'string?' } },
  wrongRange: { phases: ['download'], fields: {} },
  noRange: { phases: ['download'], fields: {} },
  malformedJson: { phases: ['submit', 'poll', 'cancel', 'list', 'uploadPolicy'], fields: {} },
  html: { phases: everyPhase, fields: { status: 'number?' } },
  failTask: { phases: ['submit'], fields: { code: 'string', message: 'string' } },
  partial: {
    phases: ['submit'],
    fields: { failed: 'number', code: 'string?', message: 'string?' },
  },
  unknownTask: { phases: ['poll'], fields: {} },
  wrongContent: { phases: ['download'], fields: {} },
  empty: { phases: everyPhase, fields: {} },
  redirect: { phases: ['download'], fields: { location: 'string?', status: 'number?' } },
};

/** Checks a fault that came as JSON; throws an Error that names what is wrong with it. */
export function parseFault(value: unknown): Fault {
  if (!isFields(value)) throw new Error('a fault is a JSON object');
  const found = Object.entries(kinds).find(([kind]) => kind === value.kind);
  if (!found) throw new Error(`kind must be one of ${Object.keys(kinds).join(', ')}`);
  const [kind, { phases, fields }] = found;
  if (!phases.some((phase) => phase === value.phase)) {
    throw new Error(`phase of ${kind} must be one of ${phases.join(', ')}`);
  }
  const types = { kind: 'string', phase: 'string', model: 'string?', times: 'number?', ...fields };
  for (const [name, type] of Object.entries(types)) {
    const isMissing = value[name] === undefined && type.endsWith('?');
    if (!isMissing && `${typeof value[name]}` !== type.replace('?', '')) {
      throw new Error(`${name} of ${kind} must be a ${type.replace('?', '')}`);
    }
  }
  const unknown = Object.keys(value).find((name) => !(name in types));
  if (unknown !== undefined) throw new Error(`${kind} has no field ${unknown}`);
  return value as unknown as Fault; // every field was checked against the table above
}

/** Faults that wait for their requests, in the order in which they were asked for. */
export class FaultQueue {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    const checked = parseFault(fault);
    this.#waiting.push({ fault: checked, left: checked.times ?? 1 });
  }

  /** Uses up and returns the first fault for such a request. */
  take(phase: Phase, model: string | undefined): Fault | undefined {
    const entry = this.#first(phase, model);
    if (!entry) return undefined;
    entry.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return entry.fault;
  }

  /** As take, for a reset that does not even look at the body. */
  takeBlindReset(phase: Phase): Fault | undefined {
    const next = this.#waiting.find(({ fault }) => fault.phase === phase)?.fault;
    return next?.kind === 'reset' && next.model === undefined
      ? this.take(phase, undefined)
      : undefined;
  }

  clear(): void {
    this.#waiting = [];
  }

  #first(
    phase: Phase,
    model: string | undefined,
  ): { readonly fault: Fault; left: number } | undefined {
    return this.#waiting.find(
      ({ fault }) => fault.phase === phase && (fault.model === undefined || fault.model === model),
    );
  }
}
