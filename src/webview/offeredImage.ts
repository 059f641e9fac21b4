import { imagesMediaType } from '../shared/imagesMediaType';

/** Lets an element stand for an image: it can be dragged into a document, and VS Code's menu on it is about the image. */
export function offerImage(
  element: HTMLElement,
  image: { readonly id: string; readonly fileName: string },
): void {
  const place = {
    webviewSection: 'image',
    imageId: image.id,
    preventDefaultContextMenuItems: true,
  };
  element.dataset.vscodeContext = JSON.stringify(place);
  element.draggable = true;
  element.addEventListener('dragstart', ({ dataTransfer }) => {
    if (!dataTransfer) return;
    dataTransfer.effectAllowed = 'copy';
    // Nothing else: a file name would be typed into a document where the image cannot be linked.
    dataTransfer.setData(imagesMediaType, JSON.stringify({ imageIds: [image.id] }));
  });
}
