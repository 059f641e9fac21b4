import type { StudioPanel } from '../panel/studioPanel';
import type { ImageAction, PageAction } from '../shared/galleryProtocol';
import type { ErrorNotifier } from '../ui/errorNotifier';
import { CallerError } from './callerError';
import { type CheckConnectionOptions, checkConnection } from './checkConnection';
import type { CommandId } from './commandIds';
import { compareWithGit } from './compareWithGit';
import { editImage } from './editImage';
import { fillDocument } from './fillDocument';
import { type FindUnusedImagesOptions, findUnusedImages } from './findUnusedImages';
import { generateForLink } from './generateForLink';
import { generateFromSelection } from './generateFromSelection';
import { generateHere, generateImage } from './generateImage';
import { type GenerateWithArgumentsOptions, generateWithArguments } from './generateWithArguments';
import {
  copyPrompt,
  type ImageRecipesOptions,
  removeRecipes,
  showFileDetails,
} from './imageRecipes';
import { type InsertPlaceholderOptions, insertPlaceholder } from './insertPlaceholder';
import { type ManageApiKeyOptions, removeApiKey, setApiKey } from './manageApiKey';
import { openStudio } from './openStudio';
import { type RegenerateOptions, regenerateImage, varyImage } from './regenerateImage';
import { type SelectModelOptions, selectModel } from './selectModel';
import { actOnStudioImages, isStudioPlace } from './studioImages';
import { useAsReference } from './useAsReference';

/** Everything that some command needs. */
export type CommandServices = RegenerateOptions &
  GenerateWithArgumentsOptions &
  InsertPlaceholderOptions &
  FindUnusedImagesOptions &
  ManageApiKeyOptions &
  SelectModelOptions &
  ImageRecipesOptions &
  CheckConnectionOptions & {
    readonly notifier: ErrorNotifier;
    readonly panel: StudioPanel;
    readonly log: { show(): void };
  };

/**
 * The arguments come from menus, keybindings and other extensions and are not trusted. A menu on files gives the one
 * that was clicked, then all that are selected.
 */
type CommandHandler = (services: CommandServices, argument: unknown, selected: unknown) => unknown;

/** Of the Studio's context menu. */
const onStudioImages =
  (action: ImageAction | PageAction): CommandHandler =>
  ({ panel }, place) =>
    actOnStudioImages(panel, action, place);

/** One handler for each command of the manifest; a missing one does not compile. */
const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  'easel.generateImage': (services, argument) =>
    argument === undefined ? generateImage(services) : generateWithArguments(services, argument),
  'easel.generateFromSelection': (services) => generateFromSelection(services),
  'easel.generateHere': generateHere,
  'easel.editImage': editImage,
  'easel.useAsReference': ({ panel }, clicked, selected) =>
    isStudioPlace(clicked)
      ? actOnStudioImages(panel, 'useAsReference', clicked)
      : useAsReference(panel, clicked, selected),
  'easel.compareWithGit': ({ panel }, clicked, selected) =>
    isStudioPlace(clicked)
      ? actOnStudioImages(panel, 'compareWithGit', clicked)
      : compareWithGit(panel, clicked, selected),
  'easel.insertImage': onStudioImages('insert'),
  'easel.showDetails': (services, clicked, selected) =>
    isStudioPlace(clicked)
      ? actOnStudioImages(services.panel, 'details', clicked)
      : showFileDetails(services, clicked, selected),
  'easel.copyPrompt': copyPrompt,
  'easel.removeRecipe': (_, clicked, selected) => removeRecipes(clicked, selected),
  'easel.usePrompt': onStudioImages('usePrompt'),
  'easel.useSeed': onStudioImages('useSeed'),
  'easel.useAll': onStudioImages('useAll'),
  'easel.remixImage': onStudioImages('remix'),
  'easel.toggleFavourite': onStudioImages('toggleFavourite'),
  'easel.copyImage': onStudioImages('copyImage'),
  'easel.copyMarkdown': onStudioImages('copyMarkdown'),
  'easel.copyImagePath': onStudioImages('copyPath'),
  'easel.openImage': onStudioImages('open'),
  'easel.revealImage': onStudioImages('reveal'),
  'easel.compareImages': onStudioImages('compare'),
  'easel.deleteImage': onStudioImages('delete'),
  'easel.generateForLink': generateForLink,
  'easel.regenerate': regenerateImage,
  'easel.vary': varyImage,
  'easel.openStudio': ({ panel }, argument) => openStudio(panel, argument),
  'easel.selectModel': (services) => selectModel(services),
  'easel.setApiKey': (services) => setApiKey(services),
  'easel.removeApiKey': (services) => removeApiKey(services),
  'easel.checkConnection': (services) => checkConnection(services),
  'easel.showLog': ({ log }) => log.show(),
  'easel.insertPlaceholder': insertPlaceholder,
  'easel.findUnusedImages': (services) => findUnusedImages(services),
  'easel.fillDocument': ({ panel }, clicked, selected) => fillDocument(panel, clicked, selected),
};

/** Runs a command; the one place where what it throws becomes a message. @throws for a caller with arguments */
export async function runCommand(
  services: CommandServices,
  id: CommandId,
  argument: unknown,
  selected: unknown,
): Promise<unknown> {
  const { notifier } = services;
  try {
    return await handlers[id](services, argument, selected);
  } catch (error) {
    if (error instanceof CallerError) {
      notifier.log(error.cause);
      throw notifier.localized(error.cause);
    }
    return notifier.show(error);
  }
}
