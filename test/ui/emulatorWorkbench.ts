import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { emulator } from '../emulator/controlClient';
import { type OpenWorkbench, openWorkbench, type WorkbenchOptions } from '../host/openWorkbench';
import type { Workbench } from './workbench';

/** What a suite is driven in; closing it takes its folder away. */
export interface EmulatorWorkbench {
  readonly folder: string;
  readonly open: OpenWorkbench;
  close(): Promise<void>;
}

type Options = Omit<Partial<WorkbenchOptions>, 'folder' | 'prepare'> & {
  /** Called with Easel's own storage and the folder, before VS Code is started. */
  readonly prepare?: (storage: string, folder: string) => Promise<void>;
};

/** Opens a workbench with a key on a folder of its own, against an emulator without a past. */
export async function openEmulatorWorkbench(
  files: Readonly<Record<string, string | Uint8Array>>,
  { prepare, ...options }: Options = {},
): Promise<EmulatorWorkbench> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'easel-ui-'));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), content);
  }
  await emulator.reset();
  const open = await openWorkbench({
    ...{ vsix: process.env.EASEL_VSIX ?? '', folder, endpoint: emulator.address },
    ...{ apiKey: 'sk-emulator', theme: 'Dark Modern' },
    ...(prepare && { prepare: (storage) => prepare(storage, folder) }),
    ...options,
  });
  const close = async (): Promise<void> => {
    await open.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, open, close };
}

/** Takes a picture of a test that has failed; for `afterEach`. */
export async function showFailure(
  test: Mocha.Test | undefined,
  workbench: Workbench | undefined,
): Promise<void> {
  if (test?.state !== 'failed') return;
  await workbench?.screenshot(`failed-${test.title.replace(/\W+/g, '-')}`);
}
