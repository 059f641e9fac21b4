import type * as vscode from 'vscode';
import { readSetting } from './readSetting';
import { type SettingValue, settingDefaults } from './settingsSchema';

/** How a document has its links. */
export interface LinkSettings {
  /** By language id, or `*`; not checked yet. */
  readonly templates: SettingValue<'easel.linkTemplates'>;
  readonly jsxImages: SettingValue<'easel.jsxImages'>;
  /** As typed by the user, `off`, or empty. */
  readonly siteRoot: string;
}

/** Of a document or a folder. A value of the wrong kind counts as the default. */
export function linkSettings(resource: vscode.Uri | undefined): LinkSettings {
  const read = <K extends keyof typeof settingDefaults>(key: K): SettingValue<K> =>
    // TypeScript does not see that the default is that of K.
    readSetting(key, resource) ?? (settingDefaults[key] as SettingValue<K>);
  return {
    templates: read('easel.linkTemplates'),
    jsxImages: read('easel.jsxImages'),
    siteRoot: read('easel.siteRoot').trim(),
  };
}
