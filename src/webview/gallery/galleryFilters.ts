import type { GalleryStrings } from '../../shared/galleryStrings';
import { h, icon, iconButton, setAttribute } from '../dom';
import { maxSearchLength } from './galleryLimits';
import { type GalleryChoices, noChoices, shapes, times } from './galleryMemory';
import type { HistoryPage } from './historyItems';

/** The search box and the filters, in one row that wraps. */
export interface GalleryFilters {
  readonly element: HTMLElement;
  readonly choices: GalleryChoices;
  setModels(models: HistoryPage['models']): void;
  clear(): void;
  focusSearch(): void;
}

const searchAfterMs = 150;

/** Makes the filters; `onChange` is told of a text when typing pauses, of all else at once. */
export function createGalleryFilters(
  strings: GalleryStrings,
  first: GalleryChoices,
  onChange: () => void,
): GalleryFilters {
  let choices = first;
  let timer: number | undefined;
  const search = h('input', {
    class: 'input',
    type: 'text',
    role: 'searchbox',
    'aria-label': strings.search,
    placeholder: strings.search,
    maxlength: maxSearchLength,
    spellcheck: 'false',
    dir: 'auto',
  });
  search.value = first.text;
  const model = createSelect(strings.modelFilter, (value) => set({ modelId: value || null }));
  const time = createSelect(strings.timeFilter, (value) => {
    set({ time: times.find((each) => each === value) ?? 'any' });
  });
  const shape = createSelect(strings.shapeFilter, (value) => {
    set({ shape: shapes.find((each) => each === value) ?? 'any' });
  });
  time.setOptions(times.map((value) => ({ value, label: strings.times[value] })));
  shape.setOptions(shapes.map((value) => ({ value, label: strings.shapes[value] })));
  const here = iconButton('folder', strings.onlyHere, () => set({ isHere: !choices.isHere }));
  const favourite = iconButton('star', strings.onlyFavourites, () =>
    set({ isFavourite: !choices.isFavourite }),
  );

  const show = (): void => {
    model.setValue(choices.modelId ?? '');
    time.setValue(choices.time);
    shape.setValue(choices.shape);
    setAttribute(here, 'aria-pressed', String(choices.isHere));
    setAttribute(favourite, 'aria-pressed', String(choices.isFavourite));
  };
  const set = (values: Partial<GalleryChoices>): void => {
    choices = { ...choices, ...values };
    show();
    onChange();
  };
  const takeText = (): void => {
    clearTimeout(timer);
    if (search.value !== choices.text) set({ text: search.value });
  };
  const takeTextSoon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(takeText, searchAfterMs);
  };
  search.addEventListener('input', (event) => {
    // What an input method has not finished is no word yet.
    if (!(event instanceof InputEvent && event.isComposing)) takeTextSoon();
  });
  search.addEventListener('compositionend', takeTextSoon);
  search.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter') takeText();
    if (event.key !== 'Escape' || search.value === '') return;
    event.stopPropagation();
    search.value = '';
    takeText();
  });

  let models: HistoryPage['models'] = [];
  const showModels = (): void => {
    const { modelId } = choices;
    const isKnown = modelId === null || models.some(({ id }) => id === modelId);
    model.setOptions([
      { value: '', label: strings.anyModel },
      ...models.map(({ id, label }) => ({ value: id, label })),
      // One that was chosen stays, also when its last image has gone.
      ...(isKnown ? [] : [{ value: modelId, label: modelId }]),
    ]);
    show();
  };
  showModels();
  return {
    element: h(
      'div',
      { class: 'gallery-filters', role: 'search' },
      h(
        'div',
        { class: 'gallery-find' },
        h('div', { class: 'gallery-search' }, icon('search'), search),
        h('div', { class: 'gallery-toggles' }, here, favourite),
      ),
      h('div', { class: 'gallery-choices' }, model.element, time.element, shape.element),
    ),
    get choices() {
      return choices;
    },
    setModels: (next) => {
      models = next;
      showModels();
    },
    clear: () => {
      search.value = '';
      set(noChoices);
    },
    focusSearch: () => search.focus(),
  };
}

interface Select {
  readonly element: HTMLElement;
  setOptions(options: readonly { readonly value: string; readonly label: string }[]): void;
  setValue(value: string): void;
}

function createSelect(label: string, onChange: (value: string) => void): Select {
  const control = h('select', { class: 'input', 'aria-label': label, title: label });
  control.addEventListener('change', () => onChange(control.value));
  let shown = '';
  return {
    element: h('div', { class: 'select' }, control, icon('chevron')),
    setOptions: (options) => {
      const key = JSON.stringify(options);
      if (key === shown) return; // an open list would close
      shown = key;
      control.replaceChildren(
        ...options.map(({ value, label: text }) => h('option', { value }, text)),
      );
    },
    setValue: (value) => {
      control.value = value;
      // Of several filters one sees at once which are set.
      control.classList.toggle('set', control.selectedIndex > 0);
    },
  };
}
