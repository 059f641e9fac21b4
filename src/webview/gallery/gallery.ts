import type {
  GalleryHostMessage,
  GalleryImage,
  GalleryStrings,
  ImageAction,
} from '../../shared/galleryProtocol';
import type { PageMessage } from '../../shared/pageMessage';
import { h, setAttribute, setText } from '../dom';
import { format } from '../text';
import { createGalleryEmpty } from './galleryEmpty';
import { createGalleryFilters } from './galleryFilters';
import { createGalleryGrid } from './galleryGrid';
import type { GridCommand } from './galleryKeys';
import { maxSelected } from './galleryLimits';
import { filterOf, type GalleryMemory, isFiltering, noChoices } from './galleryMemory';
import {
  extend,
  type GallerySelection,
  noSelection,
  refreshSelection,
  selectAll,
  selectOne,
  toggle,
} from './gallerySelection';
import { listenToGrid } from './gridGestures';
import type { IndexRange } from './gridLayout';
import { createHistoryItems, type HistoryPage } from './historyItems';
import { createDetailsPanel } from './imageDetails';
import { createSelectionBar } from './selectionBar';
import { createThumbnails } from './thumbnails';

/** The history of all images: search, grid, selection and details. */
export interface Gallery {
  /** As high as its place, in which it scrolls by itself. */
  readonly element: HTMLElement;
  receive(message: GalleryHostMessage): void;
  /** It asks only while it is visible; shown again, it asks again where something has changed. */
  setVisible(isVisible: boolean): void;
  /** What the page keeps over a reload. */
  readonly state: GalleryMemory;
}

/** What the gallery needs of the page. */
export interface GalleryParts {
  readonly strings: GalleryStrings;
  readonly language: string;
  readonly memory?: GalleryMemory;
  post(message: PageMessage): void;
  /** Reads a text aloud. */
  announce(text: string): void;
  onRemember(memory: GalleryMemory): void;
  onCompare(images: readonly GalleryImage[]): void;
  /** To the clipboard; false where that did not work. */
  copyImage(image: { readonly src: string }): Promise<boolean>;
}

/** As wide as it has to be for the details to stand beside the grid, in pixels. */
const wideFrom = 640;
/** Between two queries while one scrolls. */
const askEveryMs = 60;

/** Makes the gallery; it asks for nothing before it is visible. */
export function createGallery(parts: GalleryParts): Gallery {
  const { strings, language, memory, post, announce } = parts;
  const number = new Intl.NumberFormat(language);
  const isMac = navigator.userAgent.includes('Mac');
  let isVisible = false;
  let isOutdated = false;
  /** Until the answer to a filter that was just set. */
  let isNewFilter = false;
  let active = memory?.scroll ?? 0;
  let activeId: string | undefined;
  /** Until there is something to scroll. */
  let scrollTo = memory?.scroll ?? 0;
  let selection = noSelection();
  let selectedIds = '';
  /** Those of the last request. */
  let deleting: readonly string[] = [];
  let detailsId: string | undefined = memory?.details ?? undefined;
  /** The details of an image that is not loaded yet are wanted. */
  let stepTo: number | undefined;
  let isWide = true;
  let askTimer: number | undefined;
  let askedAt = 0;

  const filters = createGalleryFilters(strings, memory?.filter ?? noChoices, () => {
    isNewFilter = true;
    active = 0;
    activeId = undefined;
    scrollTo = 0;
    items.restart();
    grid.element.scrollTop = 0;
    select(noSelection(), false);
    remember();
  });
  const items = createHistoryItems((query) =>
    post({ type: 'queryHistory', ...query, filter: filterOf(filters.choices, Date.now()) }),
  );
  const thumbnails = createThumbnails({
    onBytes: (imageId, bytes) => post({ type: 'keepThumbnail', imageId, bytes }),
    onChange: () => grid.invalidate(),
  });
  const grid = createGalleryGrid({
    strings,
    thumbnails,
    count: () => items.total ?? 0,
    at: items.at,
    active: () => active,
    isSelected: (id) => selection.images.has(id),
    contextOf: (image) => {
      const isOfMany = selection.images.size > 1 && selection.images.has(image.id);
      const section = isOfMany ? 'images' : 'image';
      const own = `"webviewSection":"${section}","imageId":${JSON.stringify(image.id)}`;
      const all = isOfMany ? `,"imageIds":${selectedIds}` : '';
      return `{${own}${all},"preventDefaultContextMenuItems":true}`;
    },
    onView: (range) => {
      if (isVisible) ask(range);
    },
  });
  const bar = createSelectionBar(strings, language, {
    onAction: (action) => act(action, [...selection.images.keys()]),
    onDetails: () => {
      const [image] = selection.images.values();
      if (image) openDetails(image);
    },
    onCompare: () => parts.onCompare([...selection.images.values()]),
    onFavourite: (isFavourite) => setFavourite([...selection.images.values()], isFavourite),
    onClear: () => {
      select(noSelection(active));
      grid.draw();
      grid.focusActive();
    },
  });
  const details = createDetailsPanel(strings, language, {
    onAction: (action, imageId) => act(action, [imageId]),
    onFavourite: (imageId, isFavourite) => {
      const image = find(imageId);
      if (image) return setFavourite([image], isFavourite);
      post({ type: 'setFavourite', imageIds: [imageId], isFavourite });
      details.setFavourite(isFavourite);
    },
    onCopyImage: (src) => void copyImage(src),
    onStep: step,
    onClose: closeDetails,
  });
  const empty = createGalleryEmpty(strings, clearFilters);
  const count = h('span', { class: 'gallery-count' });
  const clear = h('button', { type: 'button', class: 'link', hidden: true }, strings.clearFilters);
  clear.addEventListener('click', clearFilters);
  const line = h('div', { class: 'gallery-line' }, count, clear);
  const main = h(
    'div',
    { class: 'gallery-main' },
    filters.element,
    line,
    bar.element,
    grid.element,
    empty.element,
  );
  const element = h(
    'section',
    { class: 'gallery', 'aria-label': strings.title },
    main,
    details.element,
  );

  listenToGrid(grid, {
    isMac,
    count: () => items.total ?? 0,
    active: () => active,
    at: items.at,
    onFocus: (index) => {
      if (index === active) return;
      setActive(index);
      grid.invalidate();
    },
    onCommand: command,
    onClick: (index, how) => {
      const image = items.at(index);
      if (!image) return;
      if (how === 'extend') select(extend(selectionFrom(active), index, items.at));
      else if (how === 'toggle') select(toggle(selection, image, index));
      else select(selectOne(image, index));
      setActive(index);
      if (details.imageId !== undefined && how === 'only') openDetails(image, false);
      grid.draw();
    },
    onOpen: (index) => {
      const image = items.at(index);
      if (image) act('open', [image.id]);
    },
    dragged: (image) => (selection.images.has(image.id) ? [...selection.images.values()] : [image]),
  });
  grid.element.addEventListener('scrollend', remember);
  new ResizeObserver(() => {
    isWide = element.clientWidth >= wideFrom;
    element.classList.toggle('wide', isWide);
    showDetailsPlace();
  }).observe(element);
  // Somebody who was elsewhere may have put a missing file back.
  window.addEventListener('focus', () => {
    thumbnails.retry();
    grid.invalidate();
  });
  showLine();

  function ask(range: IndexRange): void {
    clearTimeout(askTimer);
    const isFirst = items.total === undefined && scrollTo > 0;
    const wanted = isFirst ? { first: scrollTo, last: scrollTo + 50 } : range;
    const wait = askedAt + askEveryMs - performance.now();
    const send = (): void => {
      askedAt = performance.now();
      items.need(wanted);
    };
    if (wait <= 0) send();
    else askTimer = window.setTimeout(send, wait);
  }

  function receivePage(page: HistoryPage): void {
    const before = items.total;
    if (!items.receive(page)) return;
    filters.setModels(page.models);
    const isFewer = !isNewFilter && before !== undefined && page.total < before;
    if (isNewFilter) announce(countText(page.total));
    isNewFilter = false;
    const gone = new Set(isFewer ? deleting : []);
    if (gone.size > 0) {
      announce(format(strings.deleted, number.format((before ?? 0) - page.total)));
      deleting = [];
    }
    followActive(gone);
    if (selection.images.size > 0) {
      const known = new Map(items.loaded().map((image) => [image.id, image]));
      const next = refreshSelection(selection, (image) =>
        gone.has(image.id) ? undefined : (known.get(image.id) ?? image),
      );
      select(next, next.images.size !== selection.images.size);
    }
    if (before === undefined && scrollTo > 0)
      grid.scrollToIndex(Math.min(scrollTo, page.total - 1));
    const hadFocus = grid.hasFocus();
    showLine();
    grid.draw();
    if (hadFocus && page.total === 0) filters.focusSearch();
    showDetailsAfter(gone);
  }

  /** The focus stays on its image; where that has gone, on the one in its place. */
  function followActive(gone: ReadonlySet<string>): void {
    const id = activeId !== undefined && !gone.has(activeId) ? activeId : undefined;
    const index = id === undefined ? undefined : items.indexOf(id);
    setActive(Math.max(0, Math.min(index ?? active, (items.total ?? 1) - 1)));
  }

  function setActive(index: number): void {
    active = index;
    activeId = items.at(index)?.id;
  }

  function showLine(): void {
    const { total } = items;
    const isFiltered = isFiltering(filters.choices);
    const isNothingYet = total === 0 && !isFiltered;
    setText(count, total === undefined ? strings.loading : countText(total));
    setAttribute(clear, 'hidden', !isFiltered);
    setAttribute(filters.element, 'hidden', isNothingYet);
    setAttribute(line, 'hidden', isNothingYet || selection.images.size > 0);
    setAttribute(grid.element, 'hidden', total === 0);
    empty.show(total !== 0 ? undefined : isFiltered ? 'noMatch' : 'nothingYet');
  }

  function countText(total: number): string {
    return total === 1 ? strings.oneImage : format(strings.manyImages, number.format(total));
  }

  function clearFilters(): void {
    filters.clear();
    filters.focusSearch();
  }

  function select(next: GallerySelection, isSaid = true): void {
    const { size } = next.images;
    const isOther = size > 0 || selection.images.size > 0;
    selection = next;
    selectedIds = JSON.stringify([...next.images.keys()]);
    bar.show([...next.images.values()]);
    showLine();
    grid.invalidate();
    if (next.isCut) announce(format(strings.mostSelected, number.format(maxSelected)));
    else if (isSaid && isOther) announce(format(strings.selected, number.format(size)));
  }

  /** A range begins where the focus is, unless something is selected. */
  function selectionFrom(index: number): GallerySelection {
    return selection.images.size > 0 ? selection : noSelection(index);
  }

  function command(what: GridCommand): boolean {
    const image = items.at(active);
    switch (what.type) {
      case 'move':
        if (what.isExtending) select(extend(selectionFrom(active), what.to, items.at));
        else selection = { ...selection, anchor: what.to, base: selection.images };
        setActive(what.to);
        grid.reveal(active);
        grid.draw();
        grid.focusActive();
        return true;
      case 'toggle':
        if (image) select(toggle(selection, image, active));
        return true;
      case 'selectAll':
        select(selectAll(items.loaded(), active));
        return true;
      case 'clear':
        if (selection.images.size > 0) select(noSelection(active));
        else if (details.imageId !== undefined) closeDetails();
        else return false;
        return true;
      case 'details':
        if (image) openDetails(image);
        return true;
      case 'delete':
        if (image)
          act(
            'delete',
            withSelection(image).map(({ id }) => id),
          );
        return true;
      case 'favourite': {
        const images = image ? withSelection(image) : [];
        if (image) setFavourite(images, !images.every(({ isFavourite }) => isFavourite));
        return true;
      }
      default:
        return what satisfies never;
    }
  }

  /** What a key is about: the selection where the focus is in it, else the image in focus. */
  function withSelection(image: GalleryImage): readonly GalleryImage[] {
    return selection.images.has(image.id) ? [...selection.images.values()] : [image];
  }

  function find(imageId: string): GalleryImage | undefined {
    return selection.images.get(imageId) ?? items.loaded().find(({ id }) => id === imageId);
  }

  function act(action: ImageAction, imageIds: string[]): void {
    if (imageIds.length === 0) return;
    if (action === 'delete') deleting = imageIds;
    post({ type: 'actOnImages', action, imageIds });
    if (action === 'copyMarkdown') announce(strings.markdownCopied);
    if (action === 'copyPath') announce(strings.pathCopied);
  }

  function setFavourite(images: readonly GalleryImage[], isFavourite: boolean): void {
    post({ type: 'setFavourite', imageIds: images.map(({ id }) => id), isFavourite });
    for (const image of images) {
      items.replace({ ...image, isFavourite });
      if (image.id === details.imageId) details.setFavourite(isFavourite);
    }
    const ids = new Set(images.map(({ id }) => id));
    const change = (image: GalleryImage) => (ids.has(image.id) ? { ...image, isFavourite } : image);
    select(refreshSelection(selection, change), false);
    announce(isFavourite ? strings.favouriteAdded : strings.favouriteRemoved);
  }

  async function copyImage(src: string | undefined): Promise<void> {
    const isCopied = src !== undefined && (await parts.copyImage({ src }));
    announce(isCopied ? strings.imageCopied : strings.imageNotCopied);
  }

  function openDetails(image: GalleryImage, takesFocus = true): void {
    detailsId = image.id;
    stepTo = undefined;
    details.open(image);
    showDetailsPlace();
    if (takesFocus) details.focus();
    post({ type: 'showDetails', imageId: image.id });
    remember();
  }

  function closeDetails(): void {
    const hadFocus = details.element.contains(document.activeElement);
    detailsId = undefined;
    stepTo = undefined;
    details.close();
    showDetailsPlace();
    remember();
    if (!hadFocus) return;
    if (items.total) grid.focusActive();
    else filters.focusSearch();
  }

  function step(by: 1 | -1): void {
    const from = detailsId === undefined ? active : (items.indexOf(detailsId) ?? active);
    const to = from + by;
    if (to < 0 || to >= (items.total ?? 0)) return;
    setActive(to);
    grid.reveal(to);
    grid.draw();
    const image = items.at(to);
    if (image) openDetails(image, false);
    else stepTo = to;
  }

  function showDetailsAfter(gone: ReadonlySet<string>): void {
    const wanted = stepTo === undefined ? undefined : items.at(stepTo);
    if (wanted) openDetails(wanted, false);
    if (detailsId !== undefined && gone.has(detailsId)) {
      const neighbour = items.at(active);
      if (neighbour) openDetails(neighbour, false);
      else closeDetails();
    }
    showDetailsPlace();
  }

  /** Over the grid, that one is out of reach. */
  function showDetailsPlace(): void {
    const isOpen = details.imageId !== undefined;
    main.inert = isOpen && !isWide;
    element.classList.toggle('with-details', isOpen);
    const index = detailsId === undefined ? undefined : items.indexOf(detailsId);
    details.setEnds(index === 0, index !== undefined && index === (items.total ?? 0) - 1);
  }

  function state(): GalleryMemory {
    const scroll = items.total === undefined ? scrollTo : grid.firstInView();
    return { filter: filters.choices, scroll, details: detailsId ?? null };
  }

  function remember(): void {
    parts.onRemember(state());
  }

  function refresh(): void {
    isOutdated = false;
    items.outdate();
    grid.invalidate();
    if (detailsId !== undefined) post({ type: 'showDetails', imageId: detailsId });
  }

  return {
    element,
    receive: (message) => {
      switch (message.type) {
        case 'historyPage':
          return receivePage(message);
        case 'historyChanged':
          if (isVisible) refresh();
          else isOutdated = true;
          return;
        case 'details':
          if (message.details.id !== detailsId) return;
          details.fill(message.details);
          return showDetailsPlace();
        case 'actInPage': {
          const images = message.imageIds.flatMap((id) => find(id) ?? []);
          const [image] = images;
          if (message.action === 'copyImage') return void copyImage(image?.src);
          if (!image) return;
          if (message.action === 'details') return openDetails(image);
          if (message.action === 'compare') return parts.onCompare(images);
          return setFavourite(images, !images.every(({ isFavourite }) => isFavourite));
        }
        case 'imagesGone':
        case 'compare':
          return; // the comparison's own
        default:
          return message satisfies never;
      }
    },
    setVisible: (next) => {
      const isShown = next && !isVisible;
      isVisible = next;
      if (isShown && (isOutdated || items.total === undefined)) refresh();
      grid.invalidate();
    },
    get state() {
      return state();
    },
  };
}
