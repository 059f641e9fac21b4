import assert from 'node:assert/strict';
import type {
  DraftIssue,
  PanelImage,
  PanelJob,
  PanelState,
} from '../../../src/shared/panelProtocol';
import { announcement, initialState, issueOf, reduce } from '../../../src/webview/store';

function job(id: string, values: Partial<PanelJob> = {}): PanelJob {
  return {
    id,
    prompt: 'a fox',
    modelLabel: 'Model',
    size: { width: 10, height: 10 },
    count: 1,
    startedAt: 0,
    status: 'running',
    text: 'Queued',
    cancelText: '',
    isCancelling: false,
    retry: 'none',
    actions: [],
    canDismiss: false,
    images: [],
    ...values,
  };
}

function image(id: string): PanelImage {
  return { id, src: id, fileName: `${id}.png`, size: { width: 1, height: 1 } };
}

const panel: PanelState = {
  models: [],
  regionLabel: 'Beijing',
  inputs: [{ id: 'kept', name: 'kept.png' }],
  hasApiKey: true,
  notices: [],
  styles: [],
  prompts: { recent: [], saved: [] },
  jobs: [job('new'), job('old')],
};
const shown = reduce(initialState, { type: 'state', state: panel });
const strings = { imagesReady: 'Images ready: {0}', maybeBilled: 'May have been billed' };

describe('the state of the page', () => {
  it('shows nothing before the host has answered', () => {
    assert.equal(initialState.panel, undefined);
    assert.equal(reduce(initialState, { type: 'job', job: job('early') }), initialState);
  });

  it('puts a new job first', () => {
    const { panel: next } = reduce(shown, { type: 'job', job: job('newest') });
    assert.deepEqual(
      next?.jobs.map(({ id }) => id),
      ['newest', 'new', 'old'],
    );
  });

  it('changes a known job in its place and leaves the others as they are', () => {
    const changed = job('old', { status: 'cancelled' });
    const { panel: next } = reduce(shown, { type: 'job', job: changed });
    assert.deepEqual(next?.jobs, [panel.jobs[0], changed]);
    assert.equal(next?.jobs[0], panel.jobs[0]);
  });

  it('keeps the saved images of a job that runs again in view, each once', () => {
    const [first, second, third] = [image('0'), image('1'), image('2')];
    const failed = job('old', { status: 'failed', retry: 'fetch', images: [first, third] });
    const idsAfter = (...jobs: PanelJob[]): string[] | undefined =>
      [failed, ...jobs]
        .reduce((state, each) => reduce(state, { type: 'job', job: each }), shown)
        .panel?.jobs[1]?.images.map(({ id }) => id);
    assert.deepEqual(idsAfter(job('old')), ['0', '2']);
    assert.deepEqual(idsAfter(job('old', { images: [second] })), ['0', '2', '1']);
    assert.deepEqual(idsAfter(job('old', { images: [first, third] })), ['0', '2']);
    const saved = job('old', { status: 'saved', images: [first, second, third] });
    assert.deepEqual(idsAfter(job('old'), saved), ['0', '1', '2']);
    assert.deepEqual(idsAfter(job('old', { status: 'failed' })), []);
  });

  it('keeps them over a new state too', () => {
    const failed = job('new', { status: 'failed', images: [image('0')] });
    const before = reduce(shown, { type: 'job', job: failed });
    const after = reduce(before, { type: 'state', state: panel });
    assert.deepEqual(
      after.panel?.jobs.map(({ images }) => images.length),
      [1, 0],
    );
  });

  it('keeps the issues over a new state, until the next check', () => {
    const issue: DraftIssue = { severity: 'warning', field: 'size', text: 'rounded' };
    const checked = reduce(shown, { type: 'checked', issues: [issue] });
    assert.deepEqual(reduce(checked, { type: 'state', state: panel }).issues, [issue]);
    assert.deepEqual(reduce(checked, { type: 'checked', issues: [] }).issues, []);
  });

  it('knows the cost until the next check, which may not know it', () => {
    const checked = reduce(shown, { type: 'checked', issues: [], costText: '¥0.20' });
    assert.equal(reduce(checked, { type: 'state', state: panel }).costText, '¥0.20');
    assert.equal(reduce(checked, { type: 'checked', issues: [] }).costText, undefined);
  });

  it('knows every input image that it was told of, by the last word on it', () => {
    const added = { id: 'new', name: 'new.png', src: 'new' };
    const next = reduce(shown, { type: 'inputsAdded', target: 'images', inputs: [added] });
    assert.deepEqual(next.inputs, [...panel.inputs, added]);
    const renamed = { id: 'kept', name: 'other.png' };
    const after = reduce(next, { type: 'state', state: { ...panel, inputs: [renamed] } });
    assert.deepEqual(after.inputs, [added, renamed]);
  });
});

describe('the issue of a field', () => {
  it('is its error before its warning, and never that of another field', () => {
    const warning: DraftIssue = { severity: 'warning', field: 'prompt', text: 'long' };
    const error: DraftIssue = { severity: 'error', field: 'prompt', text: 'wrong' };
    assert.equal(issueOf([warning, error], 'prompt'), error);
    assert.equal(issueOf([warning], 'prompt'), warning);
    assert.equal(issueOf([warning, error], 'size'), undefined);
  });
});

describe('what is read aloud', () => {
  it('is the phase when it changes', () => {
    assert.equal(announcement(undefined, job('a'), strings), 'Queued');
    assert.equal(announcement(job('a'), job('a'), strings), '');
    assert.equal(announcement(job('a'), job('a', { text: 'Painting' }), strings), 'Painting');
  });

  it('is the number of images when they are there, with what went wrong', () => {
    const saved = job('a', { status: 'saved', text: '', images: [image('0'), image('1')] });
    assert.equal(announcement(job('a'), saved, strings), 'Images ready: 2');
    const partial = { ...saved, text: 'One was refused.' };
    assert.equal(announcement(job('a'), partial, strings), 'Images ready: 2 One was refused.');
  });

  it('is how a job ended otherwise', () => {
    const failed = job('a', { status: 'failed', text: 'Refused.' });
    assert.equal(announcement(job('a'), failed, strings), 'Refused.');
    const uncertain = job('a', { status: 'uncertain', text: 'The answer was lost.' });
    const told = 'May have been billed · The answer was lost.';
    assert.equal(announcement(job('a'), uncertain, strings), told);
  });
});
