import type { GalleryImage, ImageDetails } from '../../shared/galleryProtocol';
import type { GalleryParts } from './galleryParts';
import type { HistoryItems } from './historyItems';
import { createDetailsPanel, type DetailsActions } from './imageDetails';

/** The details of one image of the history, and which one that is. */
export interface GalleryDetails {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  /** Also of an image that was asked for and is not shown yet. */
  readonly imageId: string | undefined;
  open(image: GalleryImage, takesFocus?: boolean): void;
  /** Opens for an image that is not loaded, as soon as the host has told of it. */
  openLater(imageId: string): void;
  close(): void;
  /** Asks the host again. */
  ask(): void;
  /** Those of another image are ignored. */
  receive(details: ImageDetails): void;
  /** After other images were loaded; those of `gone` were deleted. */
  refresh(gone: ReadonlySet<string>): void;
  setFavourite(imageId: string, isFavourite: boolean): void;
  /** After the width has changed. */
  place(): void;
}

interface GalleryDetailsParts
  extends Pick<GalleryParts, 'strings' | 'language' | 'post'>,
    Omit<DetailsActions, 'onAction' | 'onStep' | 'onClose'> {
  /** The image whose details an earlier page had open. */
  readonly first: string | undefined;
  readonly items: HistoryItems;
  active(): number;
  /** Makes an image the active one and brings it into view. */
  showActive(index: number): void;
  onAction(action: Parameters<DetailsActions['onAction']>[0], imageIds: string[]): void;
  onPlace(isOpen: boolean): void;
  onChange(): void;
  /** The focus was in the details, which are closed now. */
  onLeave(): void;
}

/** Makes the details, closed. */
export function createGalleryDetails(parts: GalleryDetailsParts): GalleryDetails {
  const { strings, language, items, post } = parts;
  let imageId = parts.first;
  /** The details of an image that is not loaded yet are wanted. */
  let stepTo: number | undefined;
  /** Somebody has asked for it just now; what an earlier page had open does not take the focus. */
  let isAwaited = false;
  const panel = createDetailsPanel(strings, language, {
    onAction: (action, id) => parts.onAction(action, [id]),
    onFavourite: parts.onFavourite,
    onCopyImage: parts.onCopyImage,
    onStep: step,
    onClose: close,
  });

  function open(image: GalleryImage, takesFocus = true): void {
    imageId = image.id;
    stepTo = undefined;
    panel.open(image);
    place();
    if (takesFocus) panel.focus();
    ask();
    parts.onChange();
  }

  function close(): void {
    const hadFocus = panel.element.contains(document.activeElement);
    imageId = undefined;
    stepTo = undefined;
    panel.close();
    place();
    parts.onChange();
    if (hadFocus) parts.onLeave();
  }

  function ask(): void {
    if (imageId !== undefined) post({ type: 'showDetails', imageId });
  }

  function step(by: 1 | -1): void {
    const from = (imageId === undefined ? undefined : items.indexOf(imageId)) ?? parts.active();
    const to = from + by;
    if (to < 0 || to >= (items.total ?? 0)) return;
    parts.showActive(to);
    const image = items.at(to);
    if (image) open(image, false);
    else stepTo = to;
  }

  function place(): void {
    parts.onPlace(panel.imageId !== undefined);
    const index = imageId === undefined ? undefined : items.indexOf(imageId);
    panel.setEnds(index === 0, index !== undefined && index === (items.total ?? 0) - 1);
  }

  return {
    element: panel.element,
    get isOpen() {
      return panel.imageId !== undefined;
    },
    get imageId() {
      return imageId;
    },
    open,
    openLater: (id) => {
      imageId = id;
      stepTo = undefined;
      isAwaited = true;
      ask();
    },
    close,
    ask,
    receive: (details) => {
      if (details.id !== imageId) return;
      if (panel.imageId !== details.id) {
        panel.open(details);
        if (isAwaited) panel.focus();
        isAwaited = false;
        parts.onChange();
      }
      panel.fill(details);
      place();
    },
    refresh: (gone) => {
      const wanted = stepTo === undefined ? undefined : items.at(stepTo);
      if (wanted) open(wanted, false);
      if (imageId !== undefined && gone.has(imageId)) {
        const neighbour = items.at(parts.active());
        if (neighbour) open(neighbour, false);
        else close();
      }
      place();
    },
    setFavourite: (id, isFavourite) => {
      if (id === panel.imageId) panel.setFavourite(isFavourite);
    },
    place,
  };
}
