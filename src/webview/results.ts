import type { PanelFill, PanelFillItem, PanelFillSummary } from '../shared/fillProtocol';
import type { PanelStrings } from '../shared/pageStrings';
import { h } from './dom';
import type { FillView } from './fill/fillView';
import type { PageMemory } from './pageMemory';
import { createTabs } from './tabs';

type ResultTab = NonNullable<PageMemory['tab']>;

/** What the Studio has made and is making, a tab each. */
export interface Results {
  readonly element: HTMLElement;
  choose(tab: ResultTab): void;
  setRunning(count: number): void;
  /** Null where there is no plan, and no tab of it. */
  showFill(plan: PanelFill | null): void;
  changeFill(items: readonly PanelFillItem[], summary: PanelFillSummary): void;
}

/** What the tabs show. */
export interface ResultsParts {
  readonly strings: PanelStrings;
  readonly jobs: HTMLElement;
  readonly gallery: HTMLElement;
  readonly fill: FillView;
  onChoose(tab: ResultTab): void;
}

/** Makes the tabs, without one for a plan. */
export function createResults(parts: ResultsParts): Results {
  const { strings, jobs, gallery, fill, onChoose } = parts;
  const history = h('div', { class: 'history-panel' }, gallery);
  const tabs = createTabs<ResultTab>(
    strings.results,
    [
      { id: 'jobs', label: strings.queueTab, panel: jobs },
      { id: 'history', label: strings.historyTab, panel: history },
      { id: 'fill', label: strings.fill.tab, panel: fill.element },
    ],
    onChoose,
  );
  tabs.setShown('fill', false);
  return {
    element: h(
      'section',
      { class: 'results', 'aria-label': strings.results },
      tabs.element,
      jobs,
      history,
      fill.element,
    ),
    choose: tabs.choose,
    setRunning: (count) => tabs.setCount('jobs', count),
    showFill: (plan) => {
      fill.show(plan);
      tabs.setShown('fill', plan !== null);
      tabs.setCount('fill', fill.open);
    },
    changeFill: (items, summary) => {
      fill.change(items, summary);
      tabs.setCount('fill', fill.open);
    },
  };
}
