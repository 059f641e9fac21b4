import type * as vscode from 'vscode';
import type { Settings } from '../settings/settings';
import { Styles } from '../settings/styles';
import type { Logger } from '../util/logger';
import { DraftMemory } from './drafts';
import { InputShelf } from './inputShelf';
import type { PanelServices } from './panelServices';
import { PastedImages } from './pastedImages';
import { SavedPrompts } from './savedPrompts';

/** The part of the composition that is about the panel's form; the context disposes it. */
export function createFormServices(
  settings: Settings,
  logger: Logger,
  context: Pick<
    vscode.ExtensionContext,
    'globalState' | 'workspaceState' | 'globalStorageUri' | 'subscriptions'
  >,
): Pick<PanelServices, 'drafts' | 'shelf' | 'styles' | 'savedPrompts' | 'pastedImages'> {
  const { globalState, workspaceState, globalStorageUri } = context;
  const styles = new Styles(settings, logger);
  context.subscriptions.push(styles);
  return {
    drafts: new DraftMemory(workspaceState),
    shelf: new InputShelf(workspaceState, () => crypto.randomUUID()),
    styles,
    savedPrompts: new SavedPrompts(globalState),
    pastedImages: new PastedImages(globalStorageUri),
  };
}
