import * as vscode from 'vscode';
import { type SettingKey, type SettingValue, settingSchemas } from './settingsSchema';

/** What VS Code has for a setting; undefined where that is none of the values that it can have. */
export function readSetting<K extends SettingKey>(
  key: K,
  resource?: vscode.Uri,
): SettingValue<K> | undefined {
  const dot = key.indexOf('.');
  const value = vscode.workspace
    .getConfiguration(key.slice(0, dot), resource ?? null)
    .get<unknown>(key.slice(dot + 1));
  const parsed = settingSchemas[key].safeParse(value);
  // TypeScript does not see that the schema is that of K.
  return parsed.success ? (parsed.data as SettingValue<K>) : undefined;
}
