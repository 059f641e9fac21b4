import type { PanelStyle, PromptStrings } from '../../shared/promptProtocol';
import { h, icon, setAttribute, setText } from '../dom';

/** The choice of a style, without a label of its own: it stands in a row. */
export interface StyleSelect {
  readonly element: HTMLElement;
  /** A sentence under the row; empty while there is nothing to say. */
  readonly hint: HTMLElement;
  /** @param problem what is wrong with the styles, in words */
  setStyles(styles: readonly PanelStyle[], problem: string | undefined): void;
  setValue(style: string | null): void;
}

const none = '';
/** No style has this id. */
const edit = 'edit';
const sources = ['project', 'user', 'builtIn'] as const;

/** Makes the choice; the project's own styles come first. */
export function createStyleSelect(
  strings: PromptStrings,
  actions: { onChoose(style: string | null): void; onEdit(): void },
): StyleSelect {
  let styles: readonly PanelStyle[] = [];
  let problem: string | undefined;
  let value: string | null = null;
  let shown = '';
  const hint = h('p', { id: 'prompt-style-hint', class: 'hint style-hint', hidden: true });
  const select = h('select', {
    ...{ id: 'prompt-style', class: 'input', title: strings.style },
    ...{ 'aria-label': strings.style, 'aria-describedby': hint.id },
  });
  select.addEventListener('change', () => {
    const chosen = select.value;
    if (chosen === edit) {
      select.value = value ?? none;
      actions.onEdit();
    } else actions.onChoose(chosen === none ? null : chosen);
  });

  const isGone = (): boolean => value !== null && styles.every(({ id }) => id !== value);
  const show = (): void => {
    const gone = isGone() ? value : null;
    const key = JSON.stringify([styles, gone]);
    // An open list would close.
    if (key !== shown) select.replaceChildren(...options(styles, gone, strings));
    shown = key;
    select.value = value ?? none;
    select.classList.toggle('unset', value === null);
    const text = gone === null ? (problem ?? '') : strings.styleGone;
    setText(hint, text);
    setAttribute(hint, 'hidden', text === '');
    hint.classList.toggle('warning', text !== '');
  };
  return {
    element: h('div', { class: 'select style-select' }, select, icon('chevron')),
    hint,
    setStyles: (next, nextProblem) => {
      styles = next;
      problem = nextProblem;
      show();
    },
    setValue: (next) => {
      value = next;
      show();
    },
  };
}

function options(
  styles: readonly PanelStyle[],
  gone: string | null,
  strings: PromptStrings,
): readonly HTMLElement[] {
  const groups = sources.flatMap((source) => {
    const own = styles.filter((style) => style.source === source);
    const rows = own.map(({ id, name, prompt }) => h('option', { value: id, title: prompt }, name));
    return rows.length > 0 ? [h('optgroup', { label: strings.styleSources[source] }, ...rows)] : [];
  });
  return [
    h('option', { value: none }, strings.noStyle),
    // It may come back, as with another branch.
    ...(gone === null ? [] : [h('option', { value: gone }, gone.slice(gone.indexOf(':') + 1))]),
    ...groups,
    h('hr'),
    h('option', { value: edit }, strings.editStyles),
  ];
}
