import { formatSize } from '../imageModel/imageSize';
import type { PanelJob, PanelStrings } from '../shared/panelProtocol';
import { h, icon, iconButton, setAttribute, setText, textButton } from './dom';
import { createImageTile, createPlaceholder, type ImageAction } from './imageTile';
import { formatElapsed } from './text';

/** What a person can ask for at a job. */
export interface JobActions {
  onImage(action: ImageAction, imageId: string): void;
  onCancel(jobId: string): void;
  onRetry(jobId: string): void;
  onShowLog(): void;
  onUsePrompt(prompt: string): void;
}

/** One job in the list; updates change only what differs. */
export interface JobCard {
  readonly element: HTMLElement;
  update(job: PanelJob): void;
  /** Shows the time that has passed; does nothing for a job that has ended. */
  tick(now: number): void;
  /** Looks whether the prompt is cut and needs a way to be read in full. */
  measure(): void;
}

/** Makes the card of a job. */
export function createJobCard(
  first: PanelJob,
  strings: PanelStrings,
  language: string,
  actions: JobActions,
): JobCard {
  let job = first;
  const promptId = `prompt-${job.id}`;
  const prompt = h('h3', { id: promptId, class: 'job-prompt', tabindex: -1 }, job.prompt);
  const expand = h(
    'button',
    { type: 'button', class: 'link', hidden: true, 'aria-expanded': 'false' },
    strings.showMore,
  );
  const reuse = iconButton('reuse', strings.usePrompt, () => actions.onUsePrompt(job.prompt));
  const took = h('span');
  const meta = h(
    'p',
    { class: 'job-meta' },
    h('span', {}, job.modelLabel),
    h('span', {}, formatSize(job.size)),
    took,
  );
  const tiles = h('ul', { class: 'tiles' });
  const phase = h('span', { class: 'phase' });
  const elapsed = h('span', { class: 'elapsed' });
  const progress = h(
    'div',
    { class: 'progress' },
    h('div', { class: 'bar', 'aria-hidden': 'true' }),
    h('span', { class: 'progress-text' }, phase, elapsed),
    textButton(strings.cancel, 'secondary', () => actions.onCancel(job.id)),
  );
  const outcomeText = h('p');
  const retry = textButton(strings.retry, 'secondary', () => actions.onRetry(job.id));
  const showLog = textButton(strings.showLog, 'secondary', actions.onShowLog);
  const buttons = h('div', { class: 'outcome-buttons' }, retry, showLog);
  const outcome = h('div', { class: 'outcome' }, outcomeText, buttons);
  const element = h(
    'article',
    { class: 'job', 'aria-labelledby': promptId },
    h('header', { class: 'job-head' }, h('div', { class: 'job-title' }, prompt, expand), reuse),
    meta,
    tiles,
    progress,
    outcome,
  );
  expand.addEventListener('click', () => {
    const isOpen = prompt.classList.toggle('open');
    expand.setAttribute('aria-expanded', String(isOpen));
    setText(expand, isOpen ? strings.showLess : strings.showMore);
  });

  /** Keeps each image's own node, so that a later message neither reloads it nor takes the focus away. */
  const showTiles = (): void => {
    const missing = job.status === 'running' ? Math.max(0, job.count - job.images.length) : 0;
    const columns = Math.max(job.images.length + missing, 1);
    tiles.style.setProperty('--columns', String(columns === 4 ? 2 : Math.min(columns, 3)));
    const shown = tiles.querySelectorAll<HTMLElement>('[data-image]').length;
    for (const image of job.images.slice(shown)) {
      const tile = createImageTile(image, job.prompt, strings, actions.onImage);
      tile.dataset.image = image.id;
      const placeholder = tiles.querySelector('.waiting');
      if (placeholder) placeholder.replaceWith(tile);
      else tiles.append(tile);
    }
    const waiting = [...tiles.querySelectorAll('.waiting')];
    for (const extra of waiting.slice(missing)) extra.remove();
    for (let at = waiting.length; at < missing; at++) tiles.append(createPlaceholder(job.size));
    setAttribute(tiles, 'hidden', columns === 1 && tiles.childElementCount === 0);
  };
  const showOutcome = (): void => {
    const isFailed = job.status === 'failed';
    setAttribute(progress, 'hidden', job.status !== 'running');
    setAttribute(outcome, 'hidden', job.status === 'running' || job.text === '');
    setText(phase, job.status === 'running' ? job.text : '');
    if (job.status !== 'running') setText(outcomeText, job.text);
    outcome.querySelector('svg')?.remove();
    outcome.prepend(icon(isFailed ? 'error' : job.images.length > 0 ? 'warning' : 'info'));
    setAttribute(buttons, 'hidden', !isFailed);
    setAttribute(retry, 'hidden', !job.canRetry);
    const time = job.status === 'saved' && job.endedAt !== undefined;
    setText(took, time ? formatElapsed((job.endedAt ?? 0) - job.startedAt, strings, language) : '');
    setAttribute(took, 'hidden', !time);
  };

  const update = (next: PanelJob): void => {
    const focused = document.activeElement;
    const hadFocus = element.contains(focused);
    job = next;
    element.dataset.status = job.status;
    element.setAttribute('aria-busy', String(job.status === 'running'));
    showTiles();
    showOutcome();
    // The button that was pressed may be gone: stay at this job instead of falling back to the page's start.
    if (hadFocus && focused instanceof HTMLElement && !focused.checkVisibility()) prompt.focus();
  };
  update(first);
  return {
    element,
    update,
    tick: (now) => {
      if (job.status !== 'running') return;
      setText(elapsed, formatElapsed(now - job.startedAt, strings, language));
    },
    measure: () => {
      const isOpen = prompt.classList.contains('open');
      const isCut = prompt.scrollHeight > prompt.clientHeight + 1;
      if (!isOpen) setAttribute(expand, 'hidden', !isCut);
    },
  };
}
