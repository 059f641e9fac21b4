import type { ImageSize, RequestedSize } from '../imageModel/imageModel';
import { formatSize } from '../imageModel/imageSize';
import type { ImageAction } from '../shared/galleryProtocol';
import type { PanelStrings } from '../shared/pageStrings';
import type { PanelAction, PanelImage, PanelJob } from '../shared/panelProtocol';
import { h, icon, iconButton, setAttribute, setDisabled, setText, textButton } from './dom';
import type { IconName } from './icons';
import { createImageTile, createPlaceholder, type ImageTile } from './imageTile';
import { setChildren } from './setChildren';
import { format, formatElapsed } from './text';

/** What a person can ask for at a job. */
export interface JobActions {
  onImage(action: ImageAction, imageId: string): void;
  onCancel(jobId: string): void;
  onRetry(jobId: string): void;
  onAct(action: PanelAction): void;
  onInsertAll(jobId: string): void;
  onCopyText(jobId: string): void;
  onExpand(jobId: string, isExpanded: boolean): void;
  onUsePrompt(prompt: string): void;
  onDismiss(jobId: string): void;
  onCancelAll(): void;
  onDismissEnded(): void;
}

/** One job in the list; updates change only what differs. */
export interface JobCard {
  readonly element: HTMLElement;
  update(job: PanelJob): void;
  /** Shows the time that has passed; does nothing for a job that has ended. */
  tick(now: number): void;
  /** Looks whether the prompt is cut and needs a way to be read in full. */
  measure(): void;
  /** Asks again for the pictures whose file was gone. */
  reloadImages(): void;
}

interface JobCardParts {
  readonly job: PanelJob;
  readonly strings: PanelStrings;
  readonly language: string;
  readonly actions: JobActions;
  /** Whether the prompt begins in full. */
  readonly isExpanded: boolean;
}

/** Makes the card of a job. */
export function createJobCard(parts: JobCardParts): JobCard {
  const { strings, language, actions } = parts;
  let { job } = parts;
  /** From the click until the service has answered, which may take its time. */
  let isCancelling = false;
  const promptId = `prompt-${job.id}`;
  const prompt = h('h3', { id: promptId, class: 'job-prompt', tabindex: -1 }, job.prompt);
  const expand = h('button', { type: 'button', class: 'link', hidden: !parts.isExpanded });
  const reuse = iconButton('reuse', strings.usePrompt, () => actions.onUsePrompt(job.prompt));
  const dismiss = iconButton('close', strings.dismiss, () => actions.onDismiss(job.id));
  const took = h('span');
  const cost = h('span', { class: 'cost' });
  const meta = h(
    'p',
    { class: 'job-meta' },
    h('span', {}, job.modelLabel),
    job.size === 'auto' ? undefined : h('span', {}, formatSize(job.size)),
    took,
    cost,
  );
  const written = h('p', { class: 'written', hidden: true });
  const tiles = h('ul', { class: 'tiles' });
  const imageTiles = new Map<string, ImageTile>();
  const insertAll = textButton(strings.insertAll, 'secondary', () => actions.onInsertAll(job.id));
  const copyText = textButton(strings.copyText, 'secondary', () => actions.onCopyText(job.id));
  const wholeJob = h('div', { class: 'job-buttons' }, insertAll, copyText);
  const cancel = textButton(strings.cancel, 'secondary', () => {
    isCancelling = true;
    showCancel();
    actions.onCancel(job.id);
  });
  const cancelCostId = `cancel-cost-${job.id}`;
  cancel.setAttribute('aria-describedby', cancelCostId);
  const phase = h('span', { class: 'phase' });
  const elapsed = h('span', { class: 'elapsed' });
  const cancelCost = h('span', { id: cancelCostId, class: 'cancel-cost' });
  const progress = h(
    'div',
    { class: 'progress' },
    h('div', { class: 'bar', 'aria-hidden': 'true' }),
    h('span', { class: 'progress-text' }, phase, elapsed, cancelCost),
    cancel,
  );
  const outcomeTitle = h('strong', { class: 'outcome-title' }, strings.maybeBilled);
  const outcomeText = h('span');
  const buttons = h('div', { class: 'outcome-buttons' });
  let retryButton: HTMLButtonElement | undefined;
  let shownButtons = '';
  const outcome = h('div', { class: 'outcome' }, h('p', {}, outcomeTitle, outcomeText), buttons);
  const element = h(
    'article',
    { class: 'job', 'aria-labelledby': promptId },
    h(
      'header',
      { class: 'job-head' },
      h('div', { class: 'job-title' }, prompt, expand),
      reuse,
      dismiss,
    ),
    meta,
    written,
    tiles,
    wholeJob,
    progress,
    outcome,
  );
  const setExpanded = (isExpanded: boolean): void => {
    prompt.classList.toggle('open', isExpanded);
    expand.setAttribute('aria-expanded', String(isExpanded));
    setText(expand, isExpanded ? strings.showLess : strings.showMore);
  };
  setExpanded(parts.isExpanded);
  expand.addEventListener('click', () => {
    const isExpanded = !prompt.classList.contains('open');
    setExpanded(isExpanded);
    actions.onExpand(job.id, isExpanded);
  });

  const tileOf = (image: PanelImage): HTMLElement => {
    const known = imageTiles.get(image.id);
    if (known) return known.element;
    const tile = createImageTile(image, job.prompt, strings, actions.onImage);
    tile.element.dataset.image = image.id;
    imageTiles.set(image.id, tile);
    return tile.element;
  };
  /** Keeps each image's own node, so that a later message neither reloads it nor takes the focus away. */
  const showTiles = (): void => {
    const missing = job.status === 'running' ? Math.max(0, job.count - job.images.length) : 0;
    const columns = Math.max(job.images.length + missing, 1);
    tiles.style.setProperty('--columns', String(columns === 4 ? 2 : Math.min(columns, 3)));
    const waiting = [...tiles.querySelectorAll('.waiting')].slice(0, missing);
    while (waiting.length < missing) waiting.push(createPlaceholder(placeholderSize(job.size)));
    setChildren(tiles, [...job.images.map(tileOf), ...waiting]);
    setAttribute(tiles, 'hidden', tiles.childElementCount === 0);
  };
  const showCancel = (): void => {
    setText(cancel, isCancelling ? strings.cancelling : strings.cancel);
    setDisabled(cancel, isCancelling);
    cancel.title = job.cancelText;
    setText(cancelCost, job.cancelText);
  };
  const createButtons = (): readonly HTMLButtonElement[] => {
    const { id, retry } = job;
    const own = job.actions.map((action) =>
      textButton(strings.actionLabels[action], 'secondary', () => actions.onAct(action)),
    );
    retryButton = undefined;
    if (retry === 'none') return own;
    const button = textButton(strings.retryLabels[retry], 'secondary', () => {
      setDisabled(button, true);
      actions.onRetry(id);
    });
    if (retry === 'maybeBilled') button.title = strings.maybeBilledTwice;
    retryButton = button;
    return retry === 'fetch' ? [button, ...own] : [...own, button];
  };
  const showButtons = (): void => {
    const wanted = [job.retry, ...job.actions].join(' ');
    if (wanted !== shownButtons) buttons.replaceChildren(...createButtons());
    shownButtons = wanted;
    // The host has answered, whatever it said.
    if (retryButton) setDisabled(retryButton, false);
    setAttribute(buttons, 'hidden', buttons.childElementCount === 0);
  };
  const showWholeJob = (): void => {
    const hasText = Boolean(job.writtenText);
    const isMany = job.images.length > 1 || (hasText && job.images.length > 0);
    // Under the text, where it is seen: the images of a story are a long way down.
    if (hasText && wholeJob.previousElementSibling === tiles) written.after(wholeJob);
    setText(insertAll, hasText ? strings.insertTextAndImages : strings.insertAll);
    setAttribute(insertAll, 'hidden', !isMany);
    setAttribute(copyText, 'hidden', !hasText);
    setAttribute(wholeJob, 'hidden', job.status === 'running' || !(isMany || hasText));
  };
  const showOutcome = (): void => {
    setAttribute(progress, 'hidden', job.status !== 'running');
    const hasOutcome = job.text !== '' || buttons.childElementCount > 0;
    setAttribute(outcome, 'hidden', job.status === 'running' || !hasOutcome);
    setText(phase, job.status === 'running' ? job.text : '');
    if (job.status !== 'running') setText(outcomeText, job.text);
    outcome.querySelector('svg')?.remove();
    outcome.prepend(icon(outcomeIcon(job)));
    setAttribute(outcomeTitle, 'hidden', job.status !== 'uncertain');
    const time = job.status === 'saved' && job.endedAt !== undefined;
    setText(took, time ? formatElapsed((job.endedAt ?? 0) - job.startedAt, strings, language) : '');
    setAttribute(took, 'hidden', !time);
    setText(cost, job.costText ?? '');
    setAttribute(cost, 'hidden', !job.costText);
    setText(written, job.writtenText ?? '');
    setAttribute(written, 'hidden', !job.writtenText);
  };

  const update = (next: PanelJob): void => {
    const focused = document.activeElement;
    const hadFocus = element.contains(focused);
    job = next;
    element.dataset.status = job.status;
    element.setAttribute('aria-busy', String(job.status === 'running'));
    isCancelling = job.isCancelling;
    setAttribute(dismiss, 'hidden', !job.canDismiss);
    showTiles();
    showWholeJob();
    showCancel();
    showButtons();
    showOutcome();
    // The button that was pressed may be gone: stay at this job instead of falling back to the page's start.
    if (hadFocus && focused instanceof HTMLElement && !focused.checkVisibility()) prompt.focus();
  };
  update(job);
  return {
    element,
    update,
    tick: (now) => {
      if (job.status !== 'running') return;
      setText(elapsed, runningTime(job, now, strings, language));
    },
    measure: () => {
      const isOpen = prompt.classList.contains('open');
      const isCut = prompt.scrollHeight > prompt.clientHeight + 1;
      if (!isOpen) setAttribute(expand, 'hidden', !isCut);
    },
    reloadImages: () => {
      for (const tile of imageTiles.values()) tile.reload();
    },
  };
}

/** How long it runs and, until it has taken longer, how long jobs like it took. */
function runningTime(
  { startedAt, expectedMs }: PanelJob,
  now: number,
  strings: PanelStrings,
  language: string,
): string {
  const passed = formatElapsed(now - startedAt, strings, language);
  if (expectedMs === undefined || now - startedAt > expectedMs) return passed;
  const expected = formatElapsed(Math.ceil(expectedMs / 1000) * 1000, strings, language);
  return `${passed} · ${format(strings.aboutTime, expected)}`;
}

function outcomeIcon({ status, images }: PanelJob): IconName {
  if (status === 'failed') return 'error';
  if (status === 'uncertain') return 'question';
  return images.length > 0 ? 'warning' : 'info';
}

/** A square where only the service knows the shape. */
function placeholderSize(size: RequestedSize): ImageSize {
  return typeof size === 'string' ? { width: 1, height: 1 } : size;
}
