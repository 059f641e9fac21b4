import * as vscode from 'vscode';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { StudioPanel } from '../panel/studioPanel';
import type { ErrorNotifier } from '../ui/errorNotifier';
import { CallerError } from './callerError';
import { type CommandId, commandIds } from './commandIds';
import { generateFromSelection } from './generateFromSelection';
import { type GenerateImageOptions, generateHere, generateImage } from './generateImage';
import { type GenerateWithArgumentsOptions, generateWithArguments } from './generateWithArguments';
import { type ManageApiKeyOptions, removeApiKey, setApiKey } from './manageApiKey';
import { openStudio } from './openStudio';
import { selectModel } from './selectModel';

/** Everything that some command needs. */
export interface CommandServices
  extends GenerateImageOptions,
    GenerateWithArgumentsOptions,
    ManageApiKeyOptions {
  readonly models: readonly ModelDescriptor[];
  readonly panel: StudioPanel;
  readonly notifier: ErrorNotifier;
  readonly log: { show(): void };
}

/** The arguments come from menus, keybindings and other extensions and are not trusted. */
type CommandHandler = (services: CommandServices, argument: unknown) => unknown;

/** One handler for each command of the manifest; a missing one does not compile. */
const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  'easel.generateImage': (services, argument) =>
    argument === undefined ? generateImage(services) : generateWithArguments(services, argument),
  'easel.generateFromSelection': (services) => generateFromSelection(services),
  'easel.generateHere': generateHere,
  'easel.openStudio': ({ panel }, argument) => openStudio(panel, argument),
  'easel.selectModel': ({ settings, models }) => selectModel(settings, models),
  'easel.setApiKey': (services) => setApiKey(services),
  'easel.removeApiKey': (services) => removeApiKey(services),
  'easel.showLog': ({ log }) => log.show(),
};

/** Registers all commands; the one place where what a command throws becomes a message. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const { notifier } = services;
  const registrations = commandIds.map((id) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        return await handlers[id](services, argument);
      } catch (error) {
        if (error instanceof CallerError) {
          notifier.log(error.cause);
          throw notifier.localized(error.cause);
        }
        await notifier.show(error);
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}
