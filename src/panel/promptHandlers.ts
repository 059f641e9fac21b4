import * as vscode from 'vscode';
import type { PageMessage } from '../shared/pageMessage';
import { maxPastedBytes } from '../shared/pastedBytes';
import { KeyedQueue } from '../util/keyedQueue';
import { sortDroppedFiles } from './droppedFiles';
import { editStyles } from './editStyles';
import type { HandlersOf, PanelContext } from './panelContext';
import { pickPrompt } from './promptPicker';
import { panelPrompts } from './promptState';

/** Does what the page asks for around the prompt: saved prompts, styles, images that were dropped or pasted. */
export function promptHandlers(
  context: PanelContext,
): HandlersOf<
  'choosePrompt' | 'savePrompt' | 'editStyles' | 'addImageFile' | 'addDroppedFiles' | 'addImages'
> {
  const { services, jobs } = context;
  const save = async (prompt: string, isSaved: boolean): Promise<void> => {
    await services.savedPrompts.set(prompt, isSaved);
    context.post({ type: 'prompts', prompts: panelPrompts(context) });
  };
  const inTurn = new KeyedQueue();
  const addImageFile = async ({
    target,
    name,
    bytes,
  }: Extract<PageMessage, { type: 'addImageFile' }>): Promise<void> => {
    const file = await services.pastedImages.keep(bytes);
    if (file) await context.addInputs([{ uri: file.toString() }], target);
    // Not awaited: the next image does not wait for somebody to read this.
    else void refuse(bytes.length > maxPastedBytes ? tooLargeText(name) : noImageText(name));
  };
  return {
    choosePrompt: async () => {
      const prompt = await pickPrompt({ prompts: () => panelPrompts(context), save });
      const draft = context.draft();
      if (prompt !== undefined && draft) {
        context.post({ type: 'reuse', draft: { ...draft, prompt } });
      }
    },
    savePrompt: ({ prompt, isSaved }) => save(prompt, isSaved),
    editStyles,
    // Of several that were dropped together, a small one must not overtake a large one.
    addImageFile: (message) => inTurn.run('image', () => addImageFile(message)),
    addDroppedFiles: async ({ target, uris }) => {
      const isOwn = (uri: string): boolean => services.history.imageAt(uri) !== undefined;
      const { allowed, refused } = sortDroppedFiles(uris, isOwn);
      if (allowed.length > 0) {
        await context.addInputs(
          allowed.map((uri) => ({ uri: uri.toString() })),
          target,
        );
      }
      if (refused.length > 0) await refuse(outsideText(refused));
    },
    addImages: ({ target, imageIds }) =>
      context.addInputs(
        imageIds.map((id) => ({ uri: jobs.image(id).uri })),
        target,
      ),
  };
}

async function refuse(text: string): Promise<void> {
  await vscode.window.showWarningMessage(text);
}

function tooLargeText(name: string): string {
  return vscode.l10n.t('"{0}" is larger than 20 MB, which no model takes.', name);
}

function noImageText(name: string): string {
  return vscode.l10n.t('"{0}" is not an image that Easel can read.', name);
}

function outsideText(names: readonly string[]): string {
  return vscode.l10n.t(
    'Not in the workspace, so not added: {0}. Choose such a file with Add Image… instead.',
    names.join(', '),
  );
}
