import type { RequestField } from '../imageModel/requestRules';
import type { PanelStrings } from '../shared/pageStrings';
import type {
  DraftIssue,
  HostMessage,
  PanelInput,
  PanelJob,
  PanelState,
} from '../shared/panelProtocol';
import { format } from './text';

/** What the host has said so far. */
export interface PageState {
  /** Undefined until the host has answered `ready`. */
  readonly panel: PanelState | undefined;
  readonly issues: readonly DraftIssue[];
  /** What the draft as it was checked will cost, in words. */
  readonly costText?: string | undefined;
  /** Every input image that the host has named, the later word on each. */
  readonly inputs: readonly PanelInput[];
}

/** Before the first message. */
export const initialState: PageState = { panel: undefined, issues: [], inputs: [] };

/** The state after a message of the host. */
export function reduce(state: PageState, message: HostMessage): PageState {
  switch (message.type) {
    case 'state':
      return {
        ...state,
        panel: withKnownImages(state.panel, message.state),
        inputs: putInputs(state.inputs, message.state.inputs),
      };
    case 'job':
      if (!state.panel) return state;
      return { ...state, panel: withJob(state.panel, message.job) };
    case 'checked':
      return { ...state, issues: message.issues, costText: message.costText };
    case 'inputsAdded':
      return { ...state, inputs: putInputs(state.inputs, message.inputs) };
    case 'prompts':
      if (!state.panel) return state;
      return { ...state, panel: { ...state.panel, prompts: message.prompts } };
    // What is shown at once and not kept.
    case 'reuse':
    case 'fill':
    case 'fillChanged':
    case 'showFill':
    case 'historyPage':
    case 'historyChanged':
    case 'imagesGone':
    case 'details':
    case 'compare':
    case 'actInPage':
      return state;
    default:
      return message satisfies never;
  }
}

function putInputs(
  known: readonly PanelInput[],
  inputs: readonly PanelInput[],
): readonly PanelInput[] {
  const isNew = ({ id }: PanelInput): boolean => inputs.every((input) => input.id !== id);
  return [...known.filter(isNew), ...inputs];
}

/** A new job's prompt is the newest of the earlier ones. */
function withJob(panel: PanelState, job: PanelJob): PanelState {
  const next = { ...panel, jobs: putJob(panel.jobs, job) };
  if (panel.jobs.some(({ id }) => id === job.id)) return next;
  const { recent, saved } = panel.prompts;
  const others = recent.filter((prompt) => prompt !== job.prompt);
  return { ...next, prompts: { recent: [job.prompt, ...others], saved } };
}

function putJob(jobs: readonly PanelJob[], job: PanelJob): readonly PanelJob[] {
  const known = jobs.find(({ id }) => id === job.id);
  if (!known) return [job, ...jobs];
  const next = keepImages(known, job);
  return jobs.map((other) => (other === known ? next : other));
}

function withKnownImages(before: PanelState | undefined, panel: PanelState): PanelState {
  const known = new Map(before?.jobs.map((job) => [job.id, job]));
  return { ...panel, jobs: panel.jobs.map((job) => keepImages(known.get(job.id), job)) };
}

/** What was saved stays in view while the rest is fetched again, also before the host has counted it. */
function keepImages(known: PanelJob | undefined, job: PanelJob): PanelJob {
  if (!known || job.status !== 'running') return job;
  const ids = new Set(job.images.map(({ id }) => id));
  const isComplete = known.images.every(({ id }) => ids.has(id));
  if (isComplete) return job;
  return { ...job, images: [...known.images.filter(({ id }) => !ids.has(id)), ...job.images] };
}

/** The issue to show at a field: its error, else its warning. */
export function issueOf(
  issues: readonly DraftIssue[],
  field: RequestField,
): DraftIssue | undefined {
  const own = issues.filter((issue) => issue.field === field);
  return own.find(({ severity }) => severity === 'error') ?? own[0];
}

/** What to read aloud when a job has changed; empty when there is nothing new to say. */
export function announcement(
  before: PanelJob | undefined,
  job: PanelJob,
  strings: Pick<PanelStrings, 'imagesReady' | 'maybeBilled'>,
): string {
  if (before?.status === job.status && before.text === job.text) return '';
  if (job.status === 'uncertain') return `${strings.maybeBilled} · ${job.text}`;
  if (job.status !== 'saved') return job.text;
  return [format(strings.imagesReady, job.images.length), job.text].filter(Boolean).join(' ');
}
