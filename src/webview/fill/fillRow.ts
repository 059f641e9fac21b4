import type { RequestedSize } from '../../imageModel/imageModel';
import { formatSize, ratioName } from '../../imageModel/imageSize';
import type { TextLimit } from '../../imageModel/modelDescriptor';
import { textLength } from '../../imageModel/textLength';
import type { PanelFill, PanelFillItem } from '../../shared/fillProtocol';
import type { PageMessage } from '../../shared/pageMessage';
import type { PanelStrings } from '../../shared/pageStrings';
import { h, icon, setAttribute, setDisabled, setText, textButton } from '../dom';
import type { IconName } from '../icons';
import { maxTextLength } from '../readDraft';
import { format } from '../text';
import { rowName } from './fillTexts';

/** The row of one image of the plan. */
export interface FillRow {
  readonly element: HTMLElement;
  readonly item: PanelFillItem;
  /** What is being typed stays. */
  update(item: PanelFillItem): void;
  /** The sizes and the limit of another model. */
  setModel(fill: Pick<PanelFill, 'sizes' | 'promptLimit'>): void;
  /** Tells the host now what was typed. */
  flush(): void;
}

/** What a row works with. */
export interface FillRowParts {
  readonly strings: PanelStrings;
  readonly language: string;
  post(message: PageMessage): void;
  onTick(isTicked: boolean): void;
}

const tellAfterMs = 250;
/** From this part of the limit on, the length is shown all the time. */
const nearLimit = 0.8;

/** Makes the row of an image. */
export function createFillRow(first: PanelFillItem, parts: FillRowParts): FillRow {
  const { post } = parts;
  const strings = parts.strings.fill;
  const number = new Intl.NumberFormat(parts.language);
  let item = first;
  let limit: TextLimit | undefined;
  let sizes: readonly RequestedSize[] = [];
  let timer: number | undefined;
  let shownButtons = '';
  const { id } = first;
  const name = rowName(first, strings);

  const box = h('input', {
    type: 'checkbox',
    class: 'checkbox fill-check',
    'aria-label': format(strings.include, name),
  });
  box.addEventListener('change', () => parts.onTick(box.checked));
  const place = h(
    'button',
    { type: 'button', class: 'link fill-place' },
    h('bdi', { class: 'fill-name' }, first.fileName ?? strings.newFile),
    ' ',
    h('span', { class: 'fill-line' }, format(strings.line, first.line)),
  );
  place.addEventListener('click', () => post({ type: 'revealFill', itemId: id }));
  const reason = h('span', { class: 'fill-reason' }, first.reason);
  const stateIcon = h('span', { class: 'fill-state-icon' });
  const state = h('span', { id: `fill-state-${id}`, class: 'fill-state' });
  const issueText = h('span');
  const issue = h('p', { id: `fill-issue-${id}`, class: 'issue', hidden: true }, issueText);
  const prompt = h('textarea', {
    class: 'input fill-prompt',
    rows: 1,
    placeholder: strings.promptPlaceholder,
    spellcheck: 'true',
    maxlength: maxTextLength,
    'aria-label': format(strings.prompt, name),
    'aria-describedby': `${state.id} ${issue.id}`,
  });
  const counter = h('span', { class: 'counter' });
  const size = h('select', { class: 'input', 'aria-label': format(strings.size, name) });
  const sizeBox = h('div', { class: 'select fill-size' }, size, icon('chevron'));
  const buttons = h('div', { class: 'fill-buttons' });
  const picture = h('img', { alt: '', loading: 'lazy' });
  const open = h(
    'button',
    {
      type: 'button',
      class: 'fill-open',
      'aria-label': format(strings.openImage, name),
      hidden: true,
    },
    picture,
  );
  open.addEventListener('click', () => post({ type: 'openFill', itemId: id }));
  const stand = icon('picture', 'fill-stand');
  const frame = h('div', { class: 'fill-thumb' }, stand, open);
  const element = h(
    'li',
    { class: 'fill-row', 'data-item': id },
    h('div', { class: 'bar', 'aria-hidden': 'true' }),
    box,
    frame,
    h(
      'div',
      { class: 'fill-body' },
      h(
        'div',
        { class: 'fill-row-head' },
        place,
        reason,
        h('span', { class: 'fill-status' }, stateIcon, state),
      ),
      prompt,
      issue,
      h('div', { class: 'fill-row-foot' }, sizeBox, counter, buttons),
    ),
  );

  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    post({ type: 'setFillPrompt', itemId: id, prompt: prompt.value });
  };
  const count = (): void => {
    if (!limit) return;
    const length = textLength(prompt.value, limit.unit);
    const { tokensUsed, charactersUsed } = parts.strings;
    const template = limit.unit === 'tokens' ? tokensUsed : charactersUsed;
    setText(counter, format(template, number.format(length), number.format(limit.max)));
    counter.classList.toggle('over', length > limit.max);
    counter.classList.toggle('near', length > limit.max * nearLimit);
  };
  prompt.addEventListener('input', () => {
    count();
    clearTimeout(timer);
    timer = window.setTimeout(flush, tellAfterMs);
  });
  prompt.addEventListener('blur', flush);
  size.addEventListener('change', () => {
    const chosen = sizes.find((each) => sizeValue(each) === size.value);
    if (chosen) post({ type: 'setFillSize', itemId: id, size: chosen });
  });

  const showSizes = (): void => {
    const all = sizes.some((each) => sizeValue(each) === sizeValue(item.size))
      ? sizes
      : [item.size, ...sizes];
    const key = all.map(sizeValue).join(' ');
    if (size.dataset.key !== key) {
      size.dataset.key = key;
      size.replaceChildren(
        ...all.map((each) =>
          h('option', { value: sizeValue(each) }, sizeLabel(each, strings.autoSize)),
        ),
      );
    }
    size.value = sizeValue(item.size);
    setAttribute(sizeBox, 'hidden', all.length < 2 && item.size === 'auto');
    const { width, height } = typeof item.size === 'string' ? { width: 1, height: 1 } : item.size;
    frame.style.setProperty('--ratio', String(width / height));
  };
  const showButtons = (): void => {
    const key = [item.retry, ...item.actions].join(' ');
    if (key === shownButtons) return;
    shownButtons = key;
    const { retryLabels, actionLabels, maybeBilledTwice } = parts.strings;
    const own = item.actions.map((action) =>
      textButton(actionLabels[action], 'secondary', () => post({ type: 'act', action })),
    );
    if (item.retry !== 'none') {
      const again = textButton(retryLabels[item.retry], 'secondary', () => {
        setDisabled(again, true);
        post({ type: 'retryFill', itemId: id });
      });
      if (item.retry === 'maybeBilled') again.title = maybeBilledTwice;
      again.setAttribute('aria-describedby', state.id);
      own.unshift(again);
    }
    buttons.replaceChildren(...own);
  };
  const update = (next: PanelFillItem): void => {
    const focused = document.activeElement;
    const hadFocus = element.contains(focused);
    item = next;
    const isOpen = item.status === 'planned';
    // Another wording is what a refused prompt needs.
    const canRephrase = item.status === 'failed' && ['none', 'again'].includes(item.retry);
    element.dataset.status = item.status;
    element.classList.toggle('unticked', isOpen && !item.isTicked);
    box.checked = item.isTicked && item.status !== 'skipped';
    box.disabled = !isOpen;
    place.title = [strings.reveal, item.hint].filter(Boolean).join('\n');
    if (timer === undefined && prompt.value !== item.prompt) prompt.value = item.prompt;
    prompt.readOnly = !isOpen && !canRephrase;
    size.disabled = !isOpen;
    count();
    showSizes();
    setText(state, item.text);
    stateIcon.replaceChildren(...iconOf(item.status).map((each) => icon(each)));
    setAttribute(issue, 'hidden', !item.issue);
    setAttribute(prompt, 'aria-invalid', item.issue?.severity === 'error' && 'true');
    issue.className = `issue ${item.issue?.severity ?? ''}`;
    issue.querySelector('svg')?.remove();
    if (item.issue) issue.prepend(icon(item.issue.severity));
    setText(issueText, item.issue?.text ?? '');
    showButtons();
    if (item.src !== undefined && picture.getAttribute('src') !== item.src) picture.src = item.src;
    setAttribute(open, 'hidden', item.src === undefined);
    setAttribute(stand, 'hidden', item.src !== undefined && 'true');
    // What was pressed may be gone.
    if (hadFocus && focused instanceof HTMLElement && !focused.checkVisibility()) place.focus();
  };
  update(first);
  return {
    element,
    get item() {
      return item;
    },
    update,
    setModel: (fill) => {
      limit = fill.promptLimit;
      sizes = fill.sizes;
      count();
      showSizes();
    },
    flush,
  };
}

function sizeValue(size: RequestedSize): string {
  return typeof size === 'string' ? size : `${size.width}x${size.height}`;
}

function sizeLabel(size: RequestedSize, auto: string): string {
  if (typeof size === 'string') return size === 'auto' ? auto : size;
  const ratio = ratioName(size);
  return ratio ? `${formatSize(size)} (${ratio})` : formatSize(size);
}

function iconOf(status: PanelFillItem['status']): readonly IconName[] {
  if (status === 'done') return ['check'];
  if (status === 'failed') return ['error'];
  return status === 'skipped' ? ['info'] : [];
}
