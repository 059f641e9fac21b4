import type { GalleryImage } from '../../shared/galleryProtocol';
import { maxCompared, maxSelected } from './galleryLimits';

/** The selected images, in the order in which they were selected. */
export interface GallerySelection {
  readonly images: ReadonlyMap<string, GalleryImage>;
  /** Where a range begins, as an index. */
  readonly anchor: number;
  /** What was selected before the range. */
  readonly base: ReadonlyMap<string, GalleryImage>;
  /** More was asked for than can be selected. */
  readonly isCut: boolean;
}

/** Nothing is selected; a range would begin at the index. */
export function noSelection(anchor = 0): GallerySelection {
  return { images: new Map(), base: new Map(), anchor, isCut: false };
}

/** Only this one. */
export function selectOne(image: GalleryImage, index: number): GallerySelection {
  const images = new Map([[image.id, image]]);
  return { images, base: images, anchor: index, isCut: false };
}

/** With this one, or without it where it was in. */
export function toggle(
  selection: GallerySelection,
  image: GalleryImage,
  index: number,
): GallerySelection {
  const images = new Map(selection.images);
  if (!images.delete(image.id)) images.set(image.id, image);
  return cut(images, index, images);
}

/** With everything from where the range began to the index; images that are not loaded are left out. */
export function extend(
  selection: GallerySelection,
  index: number,
  at: (index: number) => GalleryImage | undefined,
): GallerySelection {
  const { anchor, base } = selection;
  const images = new Map(base);
  const step = index < anchor ? -1 : 1;
  for (let next = anchor; next !== index + step; next += step) {
    const image = at(next);
    if (image) images.set(image.id, image);
    if (images.size > maxSelected) break;
  }
  return cut(images, anchor, base);
}

/** All of these. */
export function selectAll(images: readonly GalleryImage[], anchor: number): GallerySelection {
  const all = new Map(images.map((image) => [image.id, image]));
  return cut(all, anchor, new Map());
}

/** Each image as it is known now; undefined is one that is gone. */
export function refreshSelection(
  selection: GallerySelection,
  known: (image: GalleryImage) => GalleryImage | undefined,
): GallerySelection {
  const refresh = (images: ReadonlyMap<string, GalleryImage>) =>
    new Map(
      [...images].flatMap(([id, image]) => {
        const next = known(image);
        return next ? [[id, next] as const] : [];
      }),
    );
  return {
    ...selection,
    images: refresh(selection.images),
    base: refresh(selection.base),
  };
}

/** What VS Code's context menu on an image is about, as JSON; `selectedIds` is the selection's ids as JSON, made once. */
export function menuContext(
  { images }: GallerySelection,
  selectedIds: string,
  { id }: GalleryImage,
): string {
  const isOfMany = images.size > 1 && images.has(id);
  const section = isOfMany ? 'images' : 'image';
  const own = `"webviewSection":"${section}","imageId":${JSON.stringify(id)}`;
  const canCompare = images.size <= maxCompared;
  const all = isOfMany ? `,"imageIds":${selectedIds},"canCompare":${canCompare}` : '';
  return `{${own}${all},"preventDefaultContextMenuItems":true}`;
}

function cut(
  images: ReadonlyMap<string, GalleryImage>,
  anchor: number,
  base: ReadonlyMap<string, GalleryImage>,
): GallerySelection {
  const isCut = images.size > maxSelected;
  const kept = isCut ? new Map([...images].slice(0, maxSelected)) : images;
  return { images: kept, anchor, base: base.size > kept.size ? kept : base, isCut };
}
