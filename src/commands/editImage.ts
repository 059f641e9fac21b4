import * as vscode from 'vscode';
import type { InputImage } from '../imageModel/inputImage';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { checkRequest } from '../imageModel/requestRules';
import { modelChoices } from '../settings/modelChoice';
import type { AssetsFolder } from '../workspace/assetsFolder';
import type { InputFiles } from '../workspace/inputFiles';
import type { JobPlace } from '../workspace/jobStarter';
import type { GenerateImageOptions } from './generateImage';
import { askForTarget, imageTargets } from './imageTargets';
import { promptForJob } from './promptForJob';

/** What the command is built from. */
export interface EditImageOptions extends GenerateImageOptions {
  readonly folders: AssetsFolder;
  readonly inputs: InputFiles;
}

/** `Edit with a Prompt…`: asks what to change, and saves the new image beside the old one. */
export async function editImage(
  options: EditImageOptions,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  const files = imageTargets(clicked, selected);
  const [first] = files;
  if (!first) return askForTarget();
  const images = await options.inputs.inspectAll(files.map((file) => ({ uri: file.toString() })));
  if (!options.models.some((model) => takesImages(model, options.settings.regionId))) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('No model of your region edits images. Change the region.'),
    );
    return;
  }
  const input = await promptForJob(options, {
    value: '',
    hint: vscode.l10n.t('Say what to change.'),
    example: vscode.l10n.t('Make it evening, with light in the windows'),
    input: () => ({ modelId: editModel(options, images).id, images }),
    openStudio: async (prompt) => {
      await vscode.commands.executeCommand('easel.openStudio', { prompt });
      await vscode.commands.executeCommand('easel.useAsReference', first, files);
    },
  });
  const job = input && (await options.starter.start(input, await editedImagePlace(options, first)));
  if (job) await options.follower.follow(job, undefined);
}

/** The current model if it can edit these images as it is, else the next choice that can. */
function editModel(options: EditImageOptions, images: readonly InputImage[]): ModelDescriptor {
  const { settings, requests, models } = options;
  const { regionId } = settings;
  const findModel = requests.findModel.bind(requests);
  const choices = modelChoices(settings.model, { regionId, models, findModel });
  const able = choices.filter((model) => model.images);
  const isReady = (model: ModelDescriptor): boolean => {
    const request = requests.complete({ prompt: '-', modelId: model.id, images }, true);
    return checkRequest(model, request, regionId).every(({ severity }) => severity !== 'error');
  };
  // What is wrong with the images themselves is told for the first one.
  return able.find(isReady) ?? able[0] ?? requests.model();
}

function takesImages({ images, regions }: ModelDescriptor, regionId: string): boolean {
  return images !== undefined && regions.includes(regionId);
}

/** The image's own folder where that is a part of the workspace that can be written to, else the assets folder. */
export async function editedImagePlace(
  { folders }: Pick<EditImageOptions, 'folders'>,
  image: vscode.Uri,
): Promise<JobPlace> {
  if (!vscode.workspace.getWorkspaceFolder(image)) return { ask: true };
  const folder = vscode.Uri.joinPath(image, '..');
  try {
    await folders.ensureWritable(folder);
    return { folder, ask: true };
  } catch {
    return { document: image, ask: true };
  }
}
