import { spawn } from 'node:child_process';
import path from 'node:path';
import { downloadAndUnzipVSCode, runVSCodeCommand } from '@vscode/test-electron';
import { currentRelease } from './hostRelease';
import { ownEnvironment } from './npmHost';
import { changeSettings, quietSettings, type SettingValues } from './settingsFile';

/** A desktop window with an extension in it. */
export interface DesktopOptions {
  readonly vsix: string;
  /** User data and extensions; kept. */
  readonly dataDir: string;
  readonly settings: SettingValues;
  /** Folders and files to open. */
  readonly open: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** A running desktop VS Code. */
export interface DesktopWindow {
  /** Resolves when its last window was closed. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** Downloads VS Code if it is not there, installs the extension in a profile of its own and opens the window. */
export async function startDesktop(options: DesktopOptions): Promise<DesktopWindow> {
  const { version } = currentRelease;
  const profile = [
    `--user-data-dir=${path.join(options.dataDir, 'user')}`,
    `--extensions-dir=${path.join(options.dataDir, 'extensions')}`,
  ];
  const executable = await downloadAndUnzipVSCode(version);
  await changeSettings(path.join(options.dataDir, 'user/User/settings.json'), {
    ...quietSettings,
    ...options.settings,
  });
  await runVSCodeCommand(['--install-extension', options.vsix, '--force', ...profile], { version });
  const child = spawn(
    executable,
    [
      ...profile,
      '--disable-workspace-trust',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium refuses to run as root with it
      ...options.open,
    ],
    { env: { ...ownEnvironment(), ...options.environment }, stdio: 'ignore' },
  );
  const exited = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => resolve());
  });
  return {
    exited,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}
