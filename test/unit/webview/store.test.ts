import assert from 'node:assert/strict';
import type { DraftIssue, PanelJob, PanelState } from '../../../src/shared/panelProtocol';
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
    canRetry: false,
    images: [],
    ...values,
  };
}

const panel: PanelState = {
  models: [],
  regionLabel: 'Beijing',
  hasApiKey: true,
  jobs: [job('new'), job('old')],
};
const shown = reduce(initialState, { type: 'state', state: panel });
const strings = { imagesReady: 'Images ready: {0}' };

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

  it('keeps the issues over a new state, until the next check', () => {
    const issue: DraftIssue = { severity: 'warning', field: 'size', text: 'rounded' };
    const checked = reduce(shown, { type: 'checked', issues: [issue] });
    assert.deepEqual(reduce(checked, { type: 'state', state: panel }).issues, [issue]);
    assert.deepEqual(reduce(checked, { type: 'checked', issues: [] }).issues, []);
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
    const image = { id: 'i', src: 's', fileName: 'f', size: { width: 1, height: 1 } };
    const saved = job('a', { status: 'saved', text: '', images: [image, image] });
    assert.equal(announcement(job('a'), saved, strings), 'Images ready: 2');
    const partial = { ...saved, text: 'One was refused.' };
    assert.equal(announcement(job('a'), partial, strings), 'Images ready: 2 One was refused.');
  });

  it('is how a job ended otherwise', () => {
    const failed = job('a', { status: 'failed', text: 'Refused.' });
    assert.equal(announcement(job('a'), failed, strings), 'Refused.');
  });
});
