import type { ComparedImage, GalleryImage } from '../shared/galleryProtocol';
import type { PanelStrings } from '../shared/pageStrings';
import type { Draft, HostMessage, PanelJob, PanelModel } from '../shared/panelProtocol';
import { createAnnouncer } from './announcer';
import { createCompareView } from './compare/compareView';
import { copyImage } from './copyImage';
import { h, setAttribute } from './dom';
import { emptyDraft, fitDraft } from './draft';
import { createFillView } from './fill/fillView';
import { createGallery } from './gallery/gallery';
import { connect } from './host';
import { ignoreHeldKeys } from './ignoreHeldKeys';
import type { JobActions } from './jobCard';
import { createJobList } from './jobList';
import { createKeyCard } from './keyCard';
import { createNoticeList } from './noticeList';
import { type PageMemory, readMemory, type ScrollPositions } from './pageMemory';
import { createPromptForm } from './promptForm';
import { createResults } from './results';
import { announcement, initialState, reduce } from './store';

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
const { announce, element: status } = createAnnouncer(() => compare.element);
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
const fill = createFillView({ strings, language, post: host.post, announce });
const results = createResults({
  ...{ strings, fill, jobs: jobs.element, gallery: gallery.element },
  onChoose: (tab) => {
    gallery.setVisible(tab === 'history');
    // Below the form, it would be out of sight.
    const block = tab === 'fill' ? 'start' : 'nearest';
    if (tab !== 'jobs' && !studio.hidden) results.element.scrollIntoView({ block });
    remember({ tab });
  },
});
const keyCard = createKeyCard(strings, () => jobActions.onAct('setApiKey'));
const notices = createNoticeList(strings, jobActions.onAct);
const side = h('div', { class: 'side' }, keyCard, notices.element, form.element);
const studio = h(
  'main',
  { class: 'studio', hidden: true },
  h('h1', { class: 'visually-hidden' }, strings.title),
  side,
  results.element,
);
document.body.append(studio, compare.element, status);

// A page that is hidden is destroyed: what was typed last must not wait for the timer.
window.addEventListener('pagehide', flush);
document.addEventListener('visibilitychange', () => document.hidden && flush());
// Scroll events do not bubble, and come from each part by itself.
document.addEventListener('scrollend', () => remember({ scroll: scrolled() }), { capture: true });

ignoreHeldKeys();

if (memory.moreOptions) form.openMoreOptions();
// There is no plan yet.
if (memory.tab !== 'fill') results.choose(memory.tab ?? 'jobs');
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
      results.showFill(message.fill);
      return;
    case 'fillChanged':
      results.changeFill(message.items, message.summary);
      return;
    case 'showFill':
      results.choose('fill');
      return;
    case 'compare':
      compare.show(message.images);
      return;
    case 'imagesGone':
      compare.remove(message.imageIds);
      gallery.receive(message);
      return;
    case 'actInPage':
      if (message.action === 'details') results.choose('history');
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
  results.setRunning(state.panel.jobs.filter(({ status }) => status === 'running').length);
  if (!before.panel && memory.scroll) restoreScroll(memory.scroll);
  const isNew = before.panel && before.panel.jobs[0]?.id !== state.panel.jobs[0]?.id;
  if (isNew && isAwaitingJob) {
    isAwaitingJob = false;
    results.choose('jobs');
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
  results.showFill(panel.fill ?? null);
  if (isFirst && panel.fill && memory.tab === 'fill') results.choose('fill');
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

function restoreScroll({ page, form: formTop, results: top }: ScrollPositions): void {
  document.documentElement.scrollTop = page;
  side.scrollTop = formTop;
  jobs.element.scrollTop = top;
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
