import type { PanelStrings } from '../shared/pageStrings';
import type { PanelJob } from '../shared/panelProtocol';
import { h, icon, setAttribute, textButton } from './dom';
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
  const cancelAll = textButton(strings.cancelAll, 'secondary', actions.onCancelAll);
  const clear = textButton(strings.dismissEnded, 'secondary', actions.onDismissEnded);
  const tools = h('div', { class: 'job-tools' }, cancelAll, clear);
  const element = h(
    'div',
    { class: 'job-panel' },
    h('h2', { class: 'visually-hidden' }, strings.queueTab),
    tools,
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

  const showTools = (jobs: readonly PanelJob[]): void => {
    const hadFocus = tools.contains(document.activeElement);
    const running = jobs.filter(({ status }) => status === 'running').length;
    setAttribute(cancelAll, 'hidden', running < 2);
    setAttribute(clear, 'hidden', !jobs.some((job) => job.canDismiss && isClosed(job)));
    const isEmpty = [...tools.children].every((button) => button.hasAttribute('hidden'));
    setAttribute(tools, 'hidden', isEmpty);
    // The button that was pressed may be gone.
    if (hadFocus && !tools.contains(document.activeElement)) focusFirst();
  };
  const focusFirst = (): void => list.querySelector<HTMLElement>('.job-prompt')?.focus();
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
      const at = [...list.children].findIndex((card) => card.contains(document.activeElement));
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
      showTools(jobs);
      // The job that had the focus is gone: on to the one in its place.
      if (at >= 0 && !list.contains(document.activeElement)) {
        const next = list.children[Math.min(at, list.children.length - 1)];
        next?.querySelector<HTMLElement>('.job-prompt')?.focus();
      }
      runClock();
    },
    revealNewest: () => list.firstElementChild?.scrollIntoView({ block: 'nearest' }),
  };
}

/** Nothing of it can be fetched, and there is nothing to decide. */
function isClosed({ retry, status }: PanelJob): boolean {
  return retry !== 'fetch' && status !== 'uncertain';
}
