import type { GalleryImage, ImageAction } from '../../shared/galleryProtocol';
import type { GalleryStrings } from '../../shared/galleryStrings';
import { h, icon, iconButton, setAttribute, setDisabled, setText } from '../dom';
import type { IconName } from '../icons';
import { format } from '../text';
import { createToolbar } from '../toolbar';
import { maxCompared } from './galleryLimits';

/** What can be done with the selected images. */
export interface SelectionBar {
  readonly element: HTMLElement;
  show(images: readonly GalleryImage[]): void;
}

/** What the bar asks for. */
export interface SelectionActions {
  onAction(action: ImageAction): void;
  onDetails(): void;
  onCompare(): void;
  onFavourite(isFavourite: boolean): void;
  onClear(): void;
}

/** Makes the bar; it is hidden while nothing is selected. */
export function createSelectionBar(
  strings: GalleryStrings,
  language: string,
  actions: SelectionActions,
): SelectionBar {
  const number = new Intl.NumberFormat(language);
  const act = (name: IconName, label: string, action: ImageAction): HTMLButtonElement =>
    iconButton(name, label, () => actions.onAction(action));
  const details = unlessDisabled('info', strings.details, actions.onDetails);
  const compare = unlessDisabled('compare', strings.compare, actions.onCompare);
  const favourite = iconButton('star', strings.addFavourite, () => {
    actions.onFavourite(favourite.dataset.next === 'true');
  });
  const toolbar = createToolbar(strings.selectionActions, [
    details,
    act('insert', strings.insert, 'insert'),
    compare,
    favourite,
    act('reference', strings.useAsReference, 'useAsReference'),
    act('markdown', strings.copyMarkdown, 'copyMarkdown'),
    act('delete', strings.delete, 'delete'),
    iconButton('close', strings.clearSelection, actions.onClear),
  ]);
  const count = h('span', { class: 'gallery-count' });
  const element = h(
    'div',
    { class: 'gallery-line selection', hidden: true },
    count,
    toolbar.element,
  );
  return {
    element,
    show: (images) => {
      setAttribute(element, 'hidden', images.length === 0);
      setText(count, format(strings.selected, number.format(images.length)));
      setDisabled(details, images.length !== 1);
      const canCompare = images.length >= 2 && images.length <= maxCompared;
      setDisabled(compare, !canCompare);
      name(compare, canCompare ? strings.compare : strings.compareCount);
      const areFavourites = images.every(({ isFavourite }) => isFavourite);
      favourite.dataset.next = String(!areFavourites);
      favourite.classList.toggle('on', areFavourites);
      name(favourite, areFavourites ? strings.removeFavourite : strings.addFavourite);
    },
  };
}

/** A button that keeps its place and the focus when there is nothing to do. */
function unlessDisabled(iconName: IconName, label: string, onClick: () => void): HTMLButtonElement {
  const button = h(
    'button',
    { type: 'button', class: 'icon-button', title: label, 'aria-label': label },
    icon(iconName),
  );
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') onClick();
  });
  return button;
}

function name(button: HTMLButtonElement, label: string): void {
  setAttribute(button, 'aria-label', label);
  setAttribute(button, 'title', label);
}
