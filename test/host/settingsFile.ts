import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Settings by their ids; undefined takes one out of the file. */
export type SettingValues = Readonly<Record<string, unknown>>;

/** Settings without which VS Code greets, asks, updates or reports in the middle of a test. */
export const quietSettings: SettingValues = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'window.confirmBeforeClose': 'never',
  'git.openRepositoryInParentFolders': 'never',
};

/** Changes a settings.json, or makes it; one that is not plain JSON (it has comments) is begun anew. */
export async function changeSettings(file: string, values: SettingValues): Promise<void> {
  const kept = await readFile(file, 'utf8')
    .then(JSON.parse)
    .catch(() => ({}));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...kept, ...values }, null, 2));
}
