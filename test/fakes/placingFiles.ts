import * as files from 'node:fs/promises';
import type { PlacingFiles } from '../../src/workspace/placeFile';

type Name = keyof PlacingFiles;

/** An error as Node's file system throws it. */
function fileError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: no, link 'a' -> 'b'`), { code, syscall: 'link' });
}

/** Node's file system, but for some functions that fail. */
export function filesThatFail(codes: Partial<Record<Name, string>>): PlacingFiles {
  const failing = Object.entries(codes).map(([name, code]) => [
    name,
    () => Promise.reject(fileError(code)),
  ]);
  return { ...files, ...Object.fromEntries(failing) };
}

/** Two disks: what is not in the same folder is on the other one. */
export function filesOnTwoDisks(isOnOtherDisk: (path: string) => boolean): PlacingFiles {
  const across = (from: unknown, to: unknown): boolean =>
    isOnOtherDisk(String(from)) !== isOnOtherDisk(String(to));
  return {
    ...files,
    link: (from, to) =>
      across(from, to) ? Promise.reject(fileError('EXDEV')) : files.link(from, to),
    rename: (from, to) =>
      across(from, to) ? Promise.reject(fileError('EXDEV')) : files.rename(from, to),
  };
}
