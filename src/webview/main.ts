import type { PanelFill } from '../shared/fillProtocol';
import type { ComparedImage, GalleryImage } from '../shared/galleryProtocol';
import type { PanelStrings } from '../shared/pageStrings';
import type { Draft, HostMessage, PanelJob, PanelModel } from '../shared/panelProtocol';
import { createCompareView } from './compare/compareView';
import { copyImage } from './copyImage';
import { h, icon, setAttribute, textButton } from './dom';
import { emptyDraft, fitDraft } from './draft';
import { createFillView } from './fill/fillView';
import { createGallery } from './gallery/gallery';
import { createHeldKeyFilter } from './heldKeys';
import { connect } from './host';
import type { JobActions } from './jobCard';
import { createJobList } from './jobList';
import { createNoticeList } from './noticeList';
import { type PageMemory, readMemory, type ScrollPositions } from './pageMemory';
import { createPromptForm } from './promptForm';
import { announcement, initialState, reduce } from './store';
import { createTabs } from './tabs';

const checkAfterMs = 200;
const notScrolled: ScrollPositions = { page: 0, form: 0, results: 0 };

// panelHtml wrote it, from the same type.
const strings = JSON.parse(document.getElementById('strings')?.textContent ?? '') as PanelStrings;
const language = document.documentElement.lang;

let state = initialState;
/** Set while the form has changed and the host has not been told. */
let checkTimer: number | undefined;
/** Our own new job is brought into view; others, such as a command's, leave the page where it is. */
let isAwaitingJob = false;

const host = connect(receive);
let memory = readMemory(host.recall());
const expanded = new Set(memory.expanded);
const form = createPromptForm({
  strings,
  language,
  isMac: navigator.userAgent.includes('Mac'),
  onChange: (draft) => {
    remember({ draft });
    clearTimeout(checkTimer);
    checkTimer = window.setTimeout(askForCheck, checkAfterMs);
  },
  onMoreOptions: (moreOptions) => remember({ moreOptions }),
  onGenerate: (draft) => {
    isAwaitingJob = true;
    host.post({ type: 'generate', draft });
  },
  onChooseInputs: (target) => {
    flushCheck();
    host.post({ type: 'chooseInputs', target });
  },
  onOtherModel: () => host.post({ type: 'act', action: 'selectModel' }),
  post: (message) => {
    // The host answers some of them with the draft as it knows it.
    flushCheck();
    host.post(message);
  },
  announce,
});
const jobActions: JobActions = {
  onImage: (type, imageId) => {
    // The host decides by the model whether the image fits in.
    if (type === 'useAsReference') flushCheck();
    host.post({ type: 'actOnImages', action: type, imageIds: [imageId] });
    if (type === 'copyPath') announce(strings.pathCopied);
  },
  onCancel: (jobId) => {
    host.post({ type: 'cancel', jobId });
    announce(strings.cancelling);
  },
  onRetry: (jobId) => host.post({ type: 'retry', jobId }),
  onAct: (action) => host.post({ type: 'act', action }),
  onInsertAll: (jobId) => host.post({ type: 'insertAll', jobId }),
  onCopyText: (jobId) => {
    host.post({ type: 'copyText', jobId });
    announce(strings.textCopied);
  },
  onUsePrompt: form.usePrompt,
  onDismiss: (jobId) => host.post({ type: 'dismiss', jobId }),
  onCancelAll: () => host.post({ type: 'cancelAll' }),
  onDismissEnded: () => host.post({ type: 'dismissEnded' }),
  onExpand: (jobId, isExpanded) => {
    if (isExpanded) expanded.add(jobId);
    else expanded.delete(jobId);
    const ids = state.panel?.jobs.map(({ id }) => id) ?? [];
    remember({ expanded: ids.filter((id) => expanded.has(id)) });
  },
};
const jobs = createJobList(strings, language, jobActions, expanded);
const compare = createCompareView({ strings: strings.compare, post: host.post, announce });
const gallery = createGallery({
  ...{ strings: strings.gallery, language, announce },
  ...(memory.gallery && { memory: memory.gallery }),
  post: (message) => {
    // Some are answered with the draft as the host knows it.
    flushCheck();
    host.post(message);
  },
  onRemember: (kept) => remember({ gallery: kept }),
  onCompare: (images) => compare.show(images.flatMap(toCompared)),
  copyImage: ({ src }) => copyImage(src),
});
const history = h('div', { class: 'history-panel' }, gallery.element);
const fill = createFillView({ strings, language, post: host.post, announce });
const tabs = createTabs(
  strings.results,
  [
    { id: 'jobs', label: strings.queueTab, panel: jobs.element },
    { id: 'history', label: strings.historyTab, panel: history },
    { id: 'fill', label: strings.fill.tab, panel: fill.element },
  ],
  (tab) => {
    gallery.setVisible(tab === 'history');
    // Below the form, it would be out of sight.
    const block = tab === 'fill' ? 'start' : 'nearest';
    if (tab !== 'jobs' && !studio.hidden) results.scrollIntoView({ block });
    remember({ tab });
  },
);
const results = h(
  'section',
  { class: 'results', 'aria-label': strings.results },
  tabs.element,
  jobs.element,
  history,
  fill.element,
);
const keyCard = h(
  'section',
  { class: 'key-card', 'aria-labelledby': 'key-title', hidden: true },
  icon('key'),
  h(
    'div',
    {},
    h('h2', { id: 'key-title' }, strings.noKeyTitle),
    h('p', {}, strings.noKeyText),
    textButton(strings.actionLabels.setApiKey, 'primary', () => jobActions.onAct('setApiKey')),
  ),
);
const notices = createNoticeList(strings, jobActions.onAct);
const side = h('div', { class: 'side' }, keyCard, notices.element, form.element);
const status = h('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
const studio = h(
  'main',
  { class: 'studio', hidden: true },
  h('h1', { class: 'visually-hidden' }, strings.title),
  side,
  results,
);
document.body.append(studio, compare.element, status);

// A page that is hidden is destroyed: what was typed last must not wait for the timer.
window.addEventListener('pagehide', flush);
document.addEventListener('visibilitychange', () => document.hidden && flush());
// Scroll events do not bubble, and come from each part by itself.
document.addEventListener('scrollend', () => remember({ scroll: scrolled() }), { capture: true });

const isHeld = createHeldKeyFilter();
document.addEventListener(
  'keydown',
  (event) => {
    const { key, repeat, target } = event;
    const isOnButton = target instanceof Element && target.closest('button') !== null;
    if (isHeld({ key, repeat, isOnButton })) event.preventDefault();
  },
  { capture: true },
);

if (memory.moreOptions) form.openMoreOptions();
tabs.setShown('fill', false);
// There is no plan yet.
if (memory.tab !== 'fill') tabs.choose(memory.tab ?? 'jobs');
host.post({ type: 'ready', ...(memory.draft && { draft: memory.draft }) });

function receive(message: HostMessage): void {
  const before = state;
  state = reduce(state, message);
  switch (message.type) {
    case 'state':
      showState(message.draft);
      break;
    case 'job':
      announceJob(before.panel?.jobs, message.job);
      break;
    case 'checked':
      form.setIssues(state.issues, checkTimer === undefined);
      if (checkTimer === undefined) {
        form.setCost(state.costText);
        form.setSent(message.sentPrompt);
      }
      return;
    case 'inputsAdded':
      form.setInputs(state.inputs);
      form.addInputs(message.target, message.inputs);
      // Nobody is typing: what is wrong with them can be said at once.
      flushCheck();
      announce(message.inputs.map(({ name }) => name).join(', '));
      return;
    case 'reuse':
      form.reuse(message.draft);
      // What it costs is to be seen before it is paid.
      flushCheck();
      return;
    case 'fill':
      showFill(message.fill);
      return;
    case 'fillChanged':
      fill.change(message.items, message.summary);
      tabs.setCount('fill', fill.open);
      return;
    case 'showFill':
      tabs.choose('fill');
      return;
    case 'compare':
      compare.show(message.images);
      return;
    case 'imagesGone':
      compare.remove(message.imageIds);
      gallery.receive(message);
      return;
    case 'actInPage':
      if (message.action === 'details') tabs.choose('history');
      if (message.action === 'copyImage' && copyOfJob(message.imageIds[0])) return;
      gallery.receive(message);
      return;
    case 'historyPage':
    case 'historyChanged':
    case 'details':
      gallery.receive(message);
      return;
  }
  if (!state.panel) return;
  if (state.panel.prompts !== before.panel?.prompts) form.setPromptState(state.panel);
  jobs.update(state.panel.jobs);
  tabs.setCount('jobs', state.panel.jobs.filter(({ status }) => status === 'running').length);
  if (!before.panel && memory.scroll) restoreScroll(memory.scroll);
  const isNew = before.panel && before.panel.jobs[0]?.id !== state.panel.jobs[0]?.id;
  if (isNew && isAwaitingJob) {
    isAwaitingJob = false;
    tabs.choose('jobs');
    jobs.revealNewest();
  }
}

function showState(filled: Draft | undefined): void {
  const { panel } = state;
  if (!panel) return;
  setAttribute(keyCard, 'hidden', panel.hasApiKey);
  notices.show(panel.notices);
  form.setSecondary(!panel.hasApiKey);
  form.setModels(panel.models, panel.regionLabel);
  form.setInputs(state.inputs);
  fillForm(filled ?? memory.draft, panel.models, filled !== undefined);
  const isFirst = studio.hidden;
  setAttribute(studio, 'hidden', false);
  showFill(panel.fill ?? null);
  if (isFirst && panel.fill && memory.tab === 'fill') tabs.choose('fill');
}

function showFill(plan: PanelFill | null): void {
  fill.show(plan);
  tabs.setShown('fill', plan !== null);
  tabs.setCount('fill', fill.open);
}

function fillForm(
  draft: Draft | undefined,
  models: readonly PanelModel[],
  isFromHost: boolean,
): void {
  const [first, ...others] = models;
  if (!first) return;
  const fitted = draft ? fitDraft(draft, [first, ...others]) : emptyDraft(first);
  const isShown = fitted === memory.draft && !studio.hidden;
  if (!isShown) form.fill(fitted);
  remember({ draft: fitted });
  // The host checks what it sends; what it does not know, or knows of another region, it is asked about.
  if (!isFromHost || fitted !== draft) askForCheck();
}

function remember(values: Partial<PageMemory>): void {
  memory = { ...memory, ...values };
  const { draft, moreOptions = false, scroll = notScrolled, tab = 'jobs' } = memory;
  const { expanded: shown = [], gallery: kept } = memory;
  const parts = { draft, moreOptions, scroll, expanded: shown, tab };
  if (draft) host.remember({ ...parts, draft, ...(kept && { gallery: kept }) });
}

function scrolled(): ScrollPositions {
  const page = document.documentElement.scrollTop;
  return { page, form: side.scrollTop, results: jobs.element.scrollTop };
}

function restoreScroll({ page, form: formTop, results }: ScrollPositions): void {
  document.documentElement.scrollTop = page;
  side.scrollTop = formTop;
  jobs.element.scrollTop = results;
}

function askForCheck(): void {
  clearTimeout(checkTimer);
  checkTimer = undefined;
  if (memory.draft) host.post({ type: 'draftChanged', draft: memory.draft });
}

function flush(): void {
  flushCheck();
  fill.flush();
}

function flushCheck(): void {
  if (checkTimer !== undefined) askForCheck();
}

function announceJob(known: readonly PanelJob[] = [], job: PanelJob): void {
  const text = announcement(
    known.find(({ id }) => id === job.id),
    job,
    strings,
  );
  if (text) announce(text);
}

/** Copies an image that a job shows; false where none does. */
function copyOfJob(imageId: string | undefined): boolean {
  const images = state.panel?.jobs.flatMap((job) => job.images) ?? [];
  const shown = images.find(({ id }) => id === imageId);
  if (!shown) return false;
  void copyImage(shown.src).then((isCopied) =>
    announce(isCopied ? strings.imageCopied : strings.imageNotCopied),
  );
  return true;
}

function toCompared({ id, src, fileName, size }: GalleryImage): readonly ComparedImage[] {
  return src === undefined ? [] : [{ id, src, label: fileName, size, isFile: true }];
}

/** A dialog that is open hides the rest of the page from screen readers. */
function announce(text: string): void {
  const place = compare.element.open ? compare.element : document.body;
  if (status.parentElement !== place) place.append(status);
  status.textContent = text;
}
