import type { Draft } from '../shared/panelProtocol';
import { type GalleryMemory, readGalleryMemory } from './gallery/galleryMemory';
import { readDraft } from './readDraft';

/** How far each part is scrolled, in pixels; the page itself where the parts stand one below the other. */
export interface ScrollPositions {
  readonly page: number;
  readonly form: number;
  readonly results: number;
}

/** The parts beside the form. */
type ResultsTab = 'jobs' | 'history' | 'fill';

/** What the page keeps over a reload or while it is hidden. */
export interface PageMemory {
  readonly draft: Draft;
  readonly moreOptions: boolean;
  readonly scroll: ScrollPositions;
  /** The jobs whose prompt is shown in full, by id. */
  readonly expanded: readonly string[];
  readonly tab: ResultsTab;
  readonly gallery?: GalleryMemory;
}

/** What can be used of a kept value, which may be missing or from an older page. */
export function readMemory(kept: unknown): Partial<PageMemory> {
  if (typeof kept !== 'object' || kept === null) return {};
  const draft = 'draft' in kept ? readDraft(kept.draft) : undefined;
  const gallery = 'gallery' in kept ? readGalleryMemory(kept.gallery) : undefined;
  return {
    ...(draft && { draft }),
    ...('moreOptions' in kept && kept.moreOptions === true && { moreOptions: true }),
    ...('scroll' in kept && isScroll(kept.scroll) && { scroll: kept.scroll }),
    ...('expanded' in kept && isTexts(kept.expanded) && { expanded: kept.expanded }),
    ...('tab' in kept && isTab(kept.tab) && { tab: kept.tab }),
    ...(gallery && { gallery }),
  };
}

function isTab(value: unknown): value is ResultsTab {
  return value === 'jobs' || value === 'history' || value === 'fill';
}

function isScroll(value: unknown): value is ScrollPositions {
  if (typeof value !== 'object' || value === null) return false;
  if (!('page' in value && 'form' in value && 'results' in value)) return false;
  return [value.page, value.form, value.results].every(Number.isFinite);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
