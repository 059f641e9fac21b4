import type { FillStrings, PanelFillSummary } from '../../shared/fillProtocol';
import { h, icon, setAttribute, setDisabled, setText, textButton } from '../dom';
import { format } from '../text';
import { progressText, startText } from './fillTexts';

/** The line that stays in view: what is selected, what it costs, and the run. */
export interface FillBar {
  readonly element: HTMLElement;
  show(summary: PanelFillSummary, selection: FillSelection): void;
}

/** So many of those that could be selected are. */
interface FillSelection {
  readonly ticked: number;
  readonly selectable: number;
}

/** What the line asks for. */
export interface FillBarActions {
  onSelectAll(isTicked: boolean): void;
  onRun(): void;
  onStop(): void;
}

/** Makes the line. */
export function createFillBar(strings: FillStrings, actions: FillBarActions): FillBar {
  const box = h('input', { type: 'checkbox', id: 'fill-all', class: 'checkbox fill-check' });
  box.addEventListener('change', () => actions.onSelectAll(box.checked));
  const selected = h('span', { class: 'fill-selected' });
  const all = h(
    'div',
    { class: 'fill-all' },
    box,
    h('label', { for: box.id }, strings.selectAll),
    selected,
  );
  const run = textButton('', 'primary', () => {
    // Until the host says what came of it.
    setDisabled(run, true);
    actions.onRun();
  });
  run.classList.add('fill-run');
  const stop = textButton(strings.stop, 'secondary', () => {
    setDisabled(stop, true);
    setText(stop, strings.stopping);
    actions.onStop();
  });
  const bar = h('div', { class: 'fill-progress', hidden: true });
  const progress = h('span', { class: 'fill-progress-text', tabindex: '-1' });
  const noteText = h('span');
  const note = h('p', { class: 'fill-note', hidden: true }, icon('info'), noteText);
  return {
    element: h(
      'div',
      { class: 'fill-bar' },
      h(
        'div',
        { class: 'fill-bar-line' },
        all,
        progress,
        h('div', { class: 'fill-do' }, stop, run),
      ),
      bar,
      note,
    ),
    show: (summary, { ticked, selectable }) => {
      const { status, done, failed, open, startable } = summary;
      const hadFocus = [run, stop].some((button) => button === document.activeElement);
      const isIdle = status === 'idle';
      // Everything is made: there is nothing to select any more.
      const isOver = isIdle && summary.hasRun && selectable === 0;
      setAttribute(all, 'hidden', isOver);
      setAttribute(run, 'hidden', !isIdle || isOver);
      setAttribute(stop, 'hidden', isIdle);
      setText(run, startable === 0 ? strings.nothingSelected : startText(summary, strings));
      setDisabled(run, startable === 0);
      setDisabled(stop, status === 'stopping');
      setText(stop, status === 'stopping' ? strings.stopping : strings.stop);
      setText(progress, progressText(summary, strings));
      setAttribute(bar, 'hidden', isIdle);
      const total = done + failed + open;
      bar.style.setProperty('--done', String(total === 0 ? 0 : (done + failed) / total));
      setText(noteText, summary.note ?? '');
      setAttribute(note, 'hidden', !summary.note);
      if (hadFocus) (isOver ? progress : isIdle ? run : stop).focus();
      box.checked = ticked > 0 && ticked === selectable;
      box.indeterminate = ticked > 0 && ticked < selectable;
      box.disabled = selectable === 0;
      setText(selected, format(strings.selected, ticked, selectable));
    },
  };
}
