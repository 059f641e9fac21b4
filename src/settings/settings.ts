import * as vscode from 'vscode';
import { ImageGenerationError } from '../imageModel/errors';
import type { Logger } from '../util/logger';
import { readSetting } from './readSetting';
import {
  type SettingKey,
  type SettingValue,
  settingDefaults,
  settingSchemas,
} from './settingsSchema';

/** The only reader and writer of Easel's settings. A value of the wrong kind counts as the default, with a line in the log. */
export class Settings {
  /** Those that the log has been told of; prices are asked for with every change of a form. */
  readonly #refusedPrices = new Set<string>();

  constructor(private readonly logger: Logger) {}

  get model(): string {
    return this.#read('easel.model');
  }

  get regionId(): string {
    return this.#read('easel.region');
  }

  /** The workspace of Model Studio that the user named for a region. */
  workspaceId(regionId: string): string | undefined {
    return this.#read('easel.workspaceIds')[regionId]?.trim() || undefined;
  }

  /** Which of a region's hosts is to be spoken to. */
  hostChoice(regionId: string): { workspaceId: string | undefined; prefersWorkspaceHost: boolean } {
    const prefersWorkspaceHost = this.#read('easel.host') === 'workspace';
    return { workspaceId: this.workspaceId(regionId), prefersWorkspaceHost };
  }

  /** The user's own prices, by model id; one that is none is left out, with a line in the log. */
  get prices(): SettingValue<'easel.prices'> {
    const value = configuration('easel.prices').get<unknown>(name('easel.prices'));
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    const parsed = entries.map(
      ([id, price]) => [id, settingSchemas['easel.prices'].safeParse({ [id]: price })] as const,
    );
    for (const [id, { success }] of parsed) {
      if (success || this.#refusedPrices.has(id)) continue;
      this.#refusedPrices.add(id);
      this.logger.warn(`The price of ${id} in easel.prices is none; the service's list is used.`);
    }
    return Object.assign({}, ...parsed.map(([, { data }]) => data));
  }

  /** The user's own styles by name, as they stand there; `readStyles` knows which of them are any. */
  get styles(): SettingValue<'easel.styles'> {
    return this.#read('easel.styles');
  }

  /** As typed by the user; may be empty. */
  get endpoint(): string {
    return this.#read('easel.endpoint').trim();
  }

  /** Whether images say how they were made. */
  embedsRecipe(resource: vscode.Uri | undefined): boolean {
    return this.#read('easel.embedRecipe', resource);
  }

  assetsFolder(resource: vscode.Uri | undefined): string {
    return this.#read('easel.assetsFolder', resource);
  }

  /** Whether somebody has set the assets folder, be it to its default. */
  hasOwnAssetsFolder(resource: vscode.Uri | undefined): boolean {
    const found = configuration('easel.assetsFolder', resource).inspect('assetsFolder');
    const { globalValue, workspaceValue, workspaceFolderValue } = found ?? {};
    return [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
  }

  /** The template of the images' names. */
  fileName(resource: vscode.Uri | undefined): string {
    return this.#read('easel.fileName', resource);
  }

  /** For the workspace. */
  async setAssetsFolder(template: string): Promise<void> {
    await update('easel.assetsFolder', template, false);
  }

  /** Remembers the model where the person keeps it: in the workspace if it is set there, else for the user. */
  async setModel(modelId: string): Promise<void> {
    const inWorkspace = configuration('easel.model').inspect('model')?.workspaceValue !== undefined;
    await update('easel.model', modelId, !inWorkspace);
  }

  /** The region is the user's alone, like the keys. */
  async setRegion(regionId: string): Promise<void> {
    await update('easel.region', regionId, true);
  }

  onDidChange(key: SettingKey, listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(key)) listener();
    });
  }

  #read<K extends SettingKey>(key: K, resource?: vscode.Uri): SettingValue<K> {
    const value = readSetting(key, resource);
    if (value !== undefined) return value;
    this.logger.warn(`The setting ${key} holds a value that it cannot have; the default is used.`);
    // TypeScript does not see that the default is that of K.
    return settingDefaults[key] as SettingValue<K>;
  }
}

/** @throws ImageGenerationError with code `SettingNotSaved`, as when settings.json has an error. */
async function update(key: SettingKey, value: string, forUser: boolean): Promise<void> {
  try {
    await configuration(key).update(name(key), value, forUser);
  } catch (cause) {
    throw new ImageGenerationError('storage', `The setting ${key} could not be saved.`, {
      code: 'SettingNotSaved',
      cause,
    });
  }
}

function configuration(key: SettingKey, resource?: vscode.Uri): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration(key.slice(0, key.indexOf('.')), resource ?? null);
}

function name(key: SettingKey): string {
  return key.slice(key.indexOf('.') + 1);
}
