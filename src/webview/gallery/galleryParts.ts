import type { GalleryHostMessage, GalleryImage } from '../../shared/galleryProtocol';
import type { GalleryStrings } from '../../shared/galleryStrings';
import type { PageMessage } from '../../shared/pageMessage';
import type { GalleryMemory } from './galleryMemory';

/** The history of all images: search, grid, selection and details. */
export interface Gallery {
  /** As high as its place, in which it scrolls by itself. */
  readonly element: HTMLElement;
  receive(message: GalleryHostMessage): void;
  /** It asks only while it is visible; shown again, it asks again where something has changed. */
  setVisible(isVisible: boolean): void;
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
