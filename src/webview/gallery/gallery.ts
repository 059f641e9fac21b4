import type { GalleryImage, ImageAction } from '../../shared/galleryProtocol';
import { h, setAttribute } from '../dom';
import { format } from '../text';
import { createGalleryDetails } from './galleryDetails';
import { createGalleryFilters } from './galleryFilters';
import { createGalleryGrid } from './galleryGrid';
import type { GridCommand } from './galleryKeys';
import { maxSelected } from './galleryLimits';
import { filterOf, type GalleryMemory, isFiltering, noChoices } from './galleryMemory';
import type { Gallery, GalleryParts } from './galleryParts';
import {
  extend,
  type GallerySelection,
  menuContext,
  noSelection,
  refreshSelection,
  selectAll,
  selectOne,
  toggle,
} from './gallerySelection';
import { createGalleryStatus } from './galleryStatus';
import { listenToGrid } from './gridGestures';
import type { IndexRange } from './gridLayout';
import { createHistoryItems, type HistoryPage } from './historyItems';
import { createSelectionBar } from './selectionBar';
import { createThumbnails } from './thumbnails';

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
  let isWide = true;
  /** Until the answer to a filter that was just set. */
  let isNewFilter = false;
  let active = memory?.scroll ?? 0;
  let activeId: string | undefined;
  /** Until there is something to scroll. */
  let scrollTo = memory?.scroll ?? 0;
  let selection = noSelection();
  let selectedIds = '';
  /** Said to be gone, and still among the items. */
  let deleted: readonly string[] = [];
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
    contextOf: (image) => menuContext(selection, selectedIds, image),
    onView: (range) => {
      if (isVisible) ask(range);
    },
  });
  const bar = createSelectionBar(strings, language, {
    onAction: (action) => act(action, [...selection.images.keys()]),
    onDetails: () => {
      const [image] = selection.images.values();
      if (image) details.open(image);
    },
    onCompare: () => parts.onCompare([...selection.images.values()]),
    onFavourite: (isFavourite) => setFavourite([...selection.images.values()], isFavourite),
    onClear: () => {
      select(noSelection(active));
      grid.draw();
      focusGrid();
    },
  });
  const details = createGalleryDetails({
    ...parts,
    first: memory?.details ?? undefined,
    items,
    active: () => active,
    showActive: (index) => {
      setActive(index);
      grid.reveal(index);
      grid.draw();
    },
    onAction: act,
    onFavourite: (imageId, isFavourite) => {
      const image = find(imageId);
      if (image) return setFavourite([image], isFavourite);
      post({ type: 'setFavourite', imageIds: [imageId], isFavourite });
      details.setFavourite(imageId, isFavourite);
    },
    onCopyImage: (src) => void copyImage(src),
    onPlace: (isOpen) => {
      // Over the grid, that one is out of reach.
      main.inert = isOpen && !isWide;
      element.classList.toggle('with-details', isOpen);
    },
    onChange: remember,
    onLeave: focusGrid,
  });
  const status = createGalleryStatus(strings, language, clearFilters);
  const main = h(
    'div',
    { class: 'gallery-main' },
    filters.element,
    status.line,
    bar.element,
    grid.element,
    status.empty,
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
      if (details.isOpen && how === 'only') details.open(image, false);
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
    details.place();
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
    if (isNewFilter) announce(status.countText(page.total));
    isNewFilter = false;
    const gone = new Set(deleted);
    deleted = [];
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
    details.refresh(gone);
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
    status.show({ total, isFiltered, hasSelection: selection.images.size > 0 });
    setAttribute(filters.element, 'hidden', total === 0 && !isFiltered);
    setAttribute(grid.element, 'hidden', total === 0);
  }

  function focusGrid(): void {
    if (items.total) grid.focusActive();
    else filters.focusSearch();
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
        else if (details.isOpen) details.close();
        else return false;
        return true;
      case 'details':
        if (image) details.open(image);
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
    post({ type: 'actOnImages', action, imageIds });
    if (action === 'copyMarkdown') announce(strings.markdownCopied);
    if (action === 'copyPath') announce(strings.pathCopied);
  }

  function setFavourite(images: readonly GalleryImage[], isFavourite: boolean): void {
    post({ type: 'setFavourite', imageIds: images.map(({ id }) => id), isFavourite });
    for (const image of images) {
      items.replace({ ...image, isFavourite });
      details.setFavourite(image.id, isFavourite);
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

  function state(): GalleryMemory {
    const scroll = items.total === undefined ? scrollTo : grid.firstInView();
    return { filter: filters.choices, scroll, details: details.imageId ?? null };
  }

  function remember(): void {
    parts.onRemember(state());
  }

  function refresh(): void {
    isOutdated = false;
    items.outdate();
    grid.invalidate();
    details.ask();
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
          return details.receive(message.details);
        case 'actInPage': {
          const images = message.imageIds.flatMap((id) => find(id) ?? []);
          const [image] = images;
          if (message.action === 'copyImage') return void copyImage(image?.src);
          if (message.action === 'compare') return parts.onCompare(images);
          return image ? details.open(image) : details.openLater(message.imageIds[0] ?? '');
        }
        case 'imagesGone':
          deleted = [...deleted, ...message.imageIds];
          announce(format(strings.deleted, number.format(message.imageIds.length)));
          return;
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
  };
}
