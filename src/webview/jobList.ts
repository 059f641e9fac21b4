import type { PanelStrings } from '../shared/pageStrings';
import type { PanelJob } from '../shared/panelProtocol';
import { h, icon, setAttribute } from './dom';
import { createJobCard, type JobActions, type JobCard } from './jobCard';
import { setChildren } from './setChildren';

/** The jobs, newest first, or a friendly word where there are none. */
export interface JobList {
  readonly element: HTMLElement;
  /** Adds, changes, moves and removes only the cards that differ. */
  update(jobs: readonly PanelJob[]): void;
  /** Brings the newest job into view. */
  revealNewest(): void;
}

const tickMs = 1000;

/**
 * Makes the list; the prompts of the jobs in `expanded` begin in full. One interval moves every clock, and only while
 * there is something to see.
 */
export function createJobList(
  strings: PanelStrings,
  language: string,
  actions: JobActions,
  expanded: ReadonlySet<string>,
): JobList {
  const cards = new Map<string, JobCard>();
  const shown = new Map<string, PanelJob>();
  const list = h('div', { class: 'jobs' });
  const empty = h(
    'div',
    { class: 'empty' },
    icon('picture', 'empty-icon'),
    h('p', { class: 'empty-title' }, strings.emptyTitle),
    h('p', { class: 'empty-text' }, strings.emptyText),
  );
  const element = h(
    'section',
    { class: 'results', 'aria-label': strings.results },
    h('h2', { class: 'visually-hidden' }, strings.results),
    empty,
    list,
  );

  new ResizeObserver(() => {
    for (const card of cards.values()) card.measure();
  }).observe(list);

  // Somebody who was elsewhere may have put a missing file back.
  window.addEventListener('focus', () => {
    for (const card of cards.values()) card.reloadImages();
  });

  let clock: number | undefined;
  const tick = (): void => {
    const now = Date.now();
    for (const card of cards.values()) card.tick(now);
  };
  const runClock = (): void => {
    const isRunning = [...shown.values()].some(({ status }) => status === 'running');
    const isNeeded = isRunning && document.visibilityState === 'visible';
    if (isNeeded === (clock !== undefined)) return;
    clearInterval(clock);
    clock = isNeeded ? window.setInterval(tick, tickMs) : undefined;
    if (isNeeded) tick();
  };
  document.addEventListener('visibilitychange', runClock);

  const show = (job: PanelJob): JobCard => {
    const known = cards.get(job.id);
    if (known && shown.get(job.id) !== job) known.update(job);
    const isExpanded = expanded.has(job.id);
    const card = known ?? createJobCard({ job, strings, language, actions, isExpanded });
    cards.set(job.id, card);
    shown.set(job.id, job);
    card.tick(Date.now());
    return card;
  };
  return {
    element,
    update: (jobs) => {
      const ids = new Set(jobs.map(({ id }) => id));
      const known = new Set(cards.keys());
      for (const id of known) {
        if (ids.has(id)) continue;
        cards.delete(id);
        shown.delete(id);
      }
      setAttribute(empty, 'hidden', jobs.length > 0);
      setAttribute(list, 'hidden', jobs.length === 0);
      setChildren(
        list,
        jobs.map((job) => show(job).element),
      );
      for (const [id, card] of cards) if (!known.has(id)) card.measure();
      runClock();
    },
    revealNewest: () => list.firstElementChild?.scrollIntoView({ block: 'nearest' }),
  };
}
