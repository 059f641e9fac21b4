import type { ImageSize } from '../../imageModel/imageModel';

/** What of the images is seen; the same part of each, whatever their sizes. */
export interface Zoom {
  /** 1 fits the whole image into its pane. */
  readonly factor: number;
  /** The point in the middle of the pane, from 0 to 1 of the image's width and height. */
  readonly x: number;
  readonly y: number;
}

/** In pixels, from the pane's corner. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The whole image. */
export const fitted: Zoom = { factor: 1, x: 0.5, y: 0.5 };

/** How far one can go beyond the larger of fit and actual size. */
const most = 16;

/** Pixels of the pane for one of the image when it fits. */
export function fitScale(pane: ImageSize, image: ImageSize): number {
  return Math.min(pane.width / image.width, pane.height / image.height);
}

/** The factor at which a pixel of the image is one of the screen. */
export function actualFactor(pane: ImageSize, image: ImageSize, pixelRatio: number): number {
  return 1 / (fitScale(pane, image) * pixelRatio);
}

/** Where an image lies in its pane: in the middle while it is smaller, else covering it. */
export function placeImage(pane: ImageSize, image: ImageSize, zoom: Zoom): Place {
  const scale = fitScale(pane, image) * zoom.factor;
  const width = image.width * scale;
  const height = image.height * scale;
  const left = start(pane.width, width, zoom.x);
  return { left, top: start(pane.height, height, zoom.y), width, height };
}

/** Another factor; the point of the image that lies at the anchor stays there. */
export function zoomAt(
  zoom: Zoom,
  factor: number,
  anchor: { readonly x: number; readonly y: number },
  { pane, image, actual }: { pane: ImageSize; image: ImageSize; actual: number },
): Zoom {
  const next = clamp(factor, Math.min(1, actual), Math.max(1, actual) * most);
  const before = placeImage(pane, image, zoom);
  const grown = next / zoom.factor;
  const center = (at: number, from: number, length: number, whole: number): number =>
    (at - from) / length + (whole / 2 - at) / (length * grown);
  return keepInside(pane, image, {
    factor: next,
    x: center(anchor.x, before.left, before.width, pane.width),
    y: center(anchor.y, before.top, before.height, pane.height),
  });
}

/** Moves the image by pixels of the pane, as far as it goes. */
export function moveBy(
  zoom: Zoom,
  by: { readonly x: number; readonly y: number },
  { pane, image }: { pane: ImageSize; image: ImageSize },
): Zoom {
  const { width, height } = placeImage(pane, image, zoom);
  const moved = { ...zoom, x: zoom.x - by.x / width, y: zoom.y - by.y / height };
  return keepInside(pane, image, moved);
}

/** Whether there is more of the image than the pane shows. */
export function canMove(pane: ImageSize, image: ImageSize, zoom: Zoom): boolean {
  const { width, height } = placeImage(pane, image, zoom);
  return width > pane.width + 1 || height > pane.height + 1;
}

/** How many columns show images of such a shape largest, with a caption below each. */
export function bestColumns(
  area: ImageSize,
  image: ImageSize,
  count: number,
  captionHeight: number,
): number {
  const scales = Array.from({ length: count }, (_, index) => {
    const rows = Math.ceil(count / (index + 1));
    const width = area.width / (index + 1);
    return fitScale({ width, height: area.height / rows - captionHeight }, image);
  });
  return scales.indexOf(Math.max(...scales)) + 1;
}

function keepInside(pane: ImageSize, image: ImageSize, zoom: Zoom): Zoom {
  const scale = fitScale(pane, image) * zoom.factor;
  const inside = (at: number, whole: number, length: number): number => {
    const half = whole / length / 2;
    return half >= 0.5 ? 0.5 : clamp(at, half, 1 - half);
  };
  return {
    factor: zoom.factor,
    x: inside(zoom.x, pane.width, image.width * scale),
    y: inside(zoom.y, pane.height, image.height * scale),
  };
}

function start(whole: number, length: number, center: number): number {
  if (length <= whole) return (whole - length) / 2;
  return clamp(whole / 2 - center * length, whole - length, 0);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
