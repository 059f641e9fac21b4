import type { PanelFill, PanelFillItem, PanelFillSummary } from '../../shared/fillProtocol';
import type { PageMessage } from '../../shared/pageMessage';
import type { PanelStrings } from '../../shared/pageStrings';
import { h, icon, iconButton, setAttribute, setText, textButton } from '../dom';
import { format } from '../text';
import { createFillBar } from './fillBar';
import { createFillRow, type FillRow } from './fillRow';
import { progressText } from './fillTexts';

/** The plan of missing images. */
export interface FillView {
  readonly element: HTMLElement;
  /** Null where there is no plan any more. */
  show(fill: PanelFill | null): void;
  change(items: readonly PanelFillItem[], summary: PanelFillSummary): void;
  /** So many images that are being made or wait for it. */
  readonly open: number;
  /** Tells the host now what was typed. */
  flush(): void;
}

/** What the view works with. */
export interface FillViewParts {
  readonly strings: PanelStrings;
  readonly language: string;
  post(message: PageMessage): void;
  /** Reads a text aloud. */
  announce(text: string): void;
}

/** Makes the view, without a plan. */
export function createFillView({ strings, language, post, announce }: FillViewParts): FillView {
  const texts = strings.fill;
  let shown: PanelFill | undefined;
  let summary: PanelFillSummary | undefined;
  const rows = new Map<string, FillRow>();

  const title = h('h2', { class: 'fill-title' });
  const facts = h('p', { class: 'fill-facts' });
  const limit = h('p', { class: 'fill-note', hidden: true });
  const changeModel = textButton(texts.changeModel, 'secondary', () =>
    post({ type: 'act', action: 'selectModel' }),
  );
  const lookAgain = textButton(texts.lookAgain, 'secondary', () => post({ type: 'planFillAgain' }));
  const close = iconButton('close', texts.close, () => post({ type: 'closeFill' }));
  const bar = createFillBar(texts, {
    onSelectAll: (isTicked) => tick(selectable(), isTicked),
    onRun: () => {
      flush();
      post({ type: 'runFill' });
    },
    onStop: () => post({ type: 'stopFill' }),
  });
  const list = h('div', { class: 'fill-list' });
  const emptyText = h('p', { class: 'empty-text' });
  const empty = h(
    'div',
    { class: 'empty', hidden: true },
    icon('check', 'empty-icon'),
    h('p', { class: 'empty-title' }, texts.emptyTitle),
    emptyText,
  );
  const element = h(
    'div',
    { class: 'fill-panel' },
    h(
      'div',
      { class: 'fill-head' },
      h('div', { class: 'fill-title-line' }, title, close),
      facts,
      limit,
      h('div', { class: 'fill-tools' }, changeModel, lookAgain),
    ),
    bar.element,
    empty,
    list,
  );

  function selectable(): readonly FillRow[] {
    return [...rows.values()].filter(({ item }) => item.status === 'planned');
  }

  function tick(ticked: readonly FillRow[], isTicked: boolean): void {
    if (ticked.length === 0) return;
    flush();
    for (const row of ticked) row.update({ ...row.item, isTicked });
    if (summary) showBar(summary);
    post({ type: 'tickFill', itemIds: ticked.map(({ item }) => item.id), isTicked });
  }

  function flush(): void {
    for (const row of rows.values()) row.flush();
  }

  function showBar(next: PanelFillSummary): void {
    const open = selectable();
    const ticked = open.filter(({ item }) => item.isTicked).length;
    bar.show(next, { ticked, selectable: open.length });
  }

  function showSummary(next: PanelFillSummary): void {
    tell(next);
    summary = next;
    showBar(next);
    if (shown) showFacts(shown);
    const isIdle = next.status === 'idle';
    setAttribute(lookAgain, 'hidden', !isIdle);
    setAttribute(close, 'hidden', !isIdle);
  }

  /** A screen reader hears how far it is, and what goes on after a stop. */
  function tell(next: PanelFillSummary): void {
    if (!summary) return;
    const hasMoved = next.done + next.failed > summary.done + summary.failed;
    const hasEnded = next.status === 'idle' && summary.status !== 'idle';
    if (next.note && next.note !== summary.note) announce(next.note);
    else if (hasEnded) announce(format(texts.finished, next.done));
    else if (hasMoved) announce(progressText(next, texts));
  }

  /** What is missing still; the model and its price are about that. */
  function showFacts({ documents, modelLabel, priceText }: PanelFill): void {
    const count = [...rows.values()].filter(
      ({ item }) => item.status !== 'done' && item.status !== 'skipped',
    ).length;
    const missing = count === 1 ? texts.oneMissing : format(texts.manyMissing, count);
    const where = documents.length > 1 ? ` ${format(texts.inDocuments, documents.length)}` : '';
    const parts = count === 0 ? [] : [`${missing}${where}`, modelLabel, priceText];
    facts.replaceChildren(...parts.map((part) => h('span', {}, part)));
    setAttribute(facts, 'hidden', count === 0);
  }

  function showHead(fill: PanelFill): void {
    setText(title, format(texts.title, fill.title));
    setText(limit, fill.limitText ?? '');
    setAttribute(limit, 'hidden', !fill.limitText);
    setText(emptyText, format(texts.emptyText, fill.title));
    const isEmpty = fill.items.length === 0;
    setAttribute(empty, 'hidden', !isEmpty);
    setAttribute(bar.element, 'hidden', isEmpty);
    setAttribute(list, 'hidden', isEmpty);
    setAttribute(changeModel, 'hidden', isEmpty);
  }

  /** A list for each document, under its name where there are several. */
  function build(fill: PanelFill): void {
    rows.clear();
    const lists = fill.documents.map((document, index) => {
      const own = fill.items.filter((item) => item.document === index);
      const elements = own.map((item) => {
        const row = createFillRow(item, {
          ...{ strings, language, post },
          onTick: (isTicked) => tick([row], isTicked),
        });
        rows.set(item.id, row);
        return row.element;
      });
      const heading = h('h3', { class: 'fill-document', title: document }, h('bdi', {}, document));
      const isOne = fill.documents.length === 1;
      return [
        ...(isOne ? [] : [heading]),
        h('ul', { class: 'fill-rows', 'aria-label': document }, ...elements),
      ];
    });
    list.replaceChildren(...lists.flat());
  }

  return {
    element,
    show: (fill) => {
      const isOther = fill?.id !== shown?.id;
      if (isOther) summary = undefined;
      shown = fill ?? undefined;
      if (!fill) {
        rows.clear();
        list.replaceChildren();
        return;
      }
      if (isOther) {
        build(fill);
        element.scrollTop = 0;
      }
      for (const item of fill.items) {
        const row = rows.get(item.id);
        if (!isOther) row?.update(item);
        row?.setModel(fill);
      }
      showHead(fill);
      showSummary(fill.summary);
    },
    change: (items, next) => {
      for (const item of items) rows.get(item.id)?.update(item);
      showSummary(next);
    },
    get open() {
      return shown && summary ? summary.open : 0;
    },
    flush,
  };
}
