import type { ImageSize } from '../../imageModel/imageModel';
import type { ComparedImage } from '../../shared/galleryProtocol';
import { h, icon, setAttribute } from '../dom';
import { placeImage, type Zoom } from './zoom';

/** A whole image on a layer that fills a pane. */
export interface ComparedPicture {
  readonly image: ComparedImage;
  /** From 1; the key that keeps it. */
  readonly number: number;
  readonly layer: HTMLElement;
  readonly picture: HTMLImageElement;
  /** Whether it can be shown; never rejects. */
  readonly loaded: Promise<boolean>;
  /** As the file says once it is there, else as the host does. */
  size(): ImageSize;
  place(pane: ImageSize, zoom: Zoom): void;
  /** Lets go of the decoded picture. */
  release(): void;
}

/** Begins to load the image. */
export function createComparedPicture(
  image: ComparedImage,
  number: number,
  notShown: string,
): ComparedPicture {
  const picture = h('img', {
    // Without it the pixels could not be read: the host's files are of another origin.
    crossorigin: 'anonymous',
    alt: image.label,
    decoding: 'async',
    draggable: 'false',
    src: image.src,
  });
  const failure = h('p', { class: 'compare-failure', hidden: true }, icon('gone'), notShown);
  const layer = h('div', { class: 'compare-layer' }, picture, failure);
  const loaded = picture.decode().then(
    () => true,
    () => {
      setAttribute(picture, 'hidden', true);
      setAttribute(failure, 'hidden', false);
      return false;
    },
  );
  const size = (): ImageSize =>
    picture.naturalWidth > 0
      ? { width: picture.naturalWidth, height: picture.naturalHeight }
      : image.size;
  return {
    ...{ image, number, layer, picture, loaded, size },
    place: (pane, zoom) => {
      const { left, top, width, height } = placeImage(pane, size(), zoom);
      picture.style.width = `${width}px`;
      picture.style.height = `${height}px`;
      picture.style.translate = `${left}px ${top}px`;
      // Enlarged so far, pixels are what one wants to see.
      picture.classList.toggle('magnified', width > size().width * 3);
    },
    release: () => {
      picture.removeAttribute('src');
      layer.remove();
    },
  };
}
