import type { GalleryFilter, GalleryShape, GalleryTime } from '../../shared/galleryProtocol';
import { maxSearchLength } from './galleryLimits';

/** What is chosen in the filters; a time is kept as it was chosen, since "today" is another day tomorrow. */
export interface GalleryChoices {
  readonly text: string;
  readonly modelId: string | null;
  readonly time: GalleryTime;
  readonly shape: GalleryShape;
  readonly isHere: boolean;
  readonly isFavourite: boolean;
}

/** What the page keeps of the gallery over a reload. */
export interface GalleryMemory {
  readonly filter: GalleryChoices;
  /** The index of the first image in view, which means the same at every width. */
  readonly scroll: number;
  /** The id of the image whose details are open. */
  readonly details: string | null;
}

/** Nothing is filtered. */
export const noChoices: GalleryChoices = {
  text: '',
  modelId: null,
  time: 'any',
  shape: 'any',
  isHere: false,
  isFavourite: false,
};

/** In the order in which they are offered. */
export const times: readonly GalleryTime[] = ['any', 'today', 'week', 'month', 'year'];
/** In the order in which they are offered. */
export const shapes: readonly GalleryShape[] = ['any', 'landscape', 'portrait', 'square'];

const dayMs = 86_400_000;

/** The filter that the host is asked for; days begin at midnight where the person is. */
export function filterOf(choices: GalleryChoices, now: number): GalleryFilter {
  const { text, modelId, time, shape, isHere, isFavourite } = choices;
  return {
    text: text.trim(),
    modelId,
    since: sinceOf(time, now),
    shape: shape === 'any' ? null : shape,
    isHere,
    isFavourite,
  };
}

function sinceOf(time: GalleryTime, now: number): number | null {
  const today = new Date(now);
  today.setHours(0, 0, 0, 0);
  switch (time) {
    case 'any':
      return null;
    case 'today':
      return today.getTime();
    case 'week':
      return now - 7 * dayMs;
    case 'month':
      return now - 30 * dayMs;
    case 'year':
      return new Date(today.getFullYear(), 0, 1).getTime();
    default:
      return time satisfies never;
  }
}

/** Whether anything is filtered. */
export function isFiltering({ text, ...others }: GalleryChoices): boolean {
  const { text: _, ...none } = noChoices;
  return text.trim() !== '' || JSON.stringify(others) !== JSON.stringify(none);
}

/** What can be used of a kept value, which may be missing or from an older page. */
export function readGalleryMemory(value: unknown): GalleryMemory | undefined {
  if (!isRecord(value)) return undefined;
  const { scroll, details } = value;
  const filter = isRecord(value.filter) ? value.filter : {};
  const { text, modelId, isHere, isFavourite } = filter;
  return {
    filter: {
      text: typeof text === 'string' ? text.slice(0, maxSearchLength) : '',
      modelId: isShort(modelId) ? modelId : null,
      time: times.find((time) => time === filter.time) ?? 'any',
      shape: shapes.find((shape) => shape === filter.shape) ?? 'any',
      isHere: isHere === true,
      isFavourite: isFavourite === true,
    },
    scroll: typeof scroll === 'number' && Number.isSafeInteger(scroll) && scroll > 0 ? scroll : 0,
    details: isShort(details) ? details : null,
  };
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 200;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
