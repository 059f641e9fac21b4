import type { HandlersOf, PanelContext } from './panelContext';

/** Answers what the page asks of the history. */
export function galleryHandlers(
  _context: PanelContext,
): HandlersOf<'queryHistory' | 'setFavourite' | 'showDetails' | 'keepThumbnail'> {
  return {
    queryHistory: () => {},
    setFavourite: () => {},
    showDetails: () => {},
    keepThumbnail: () => {},
  };
}
