import path from 'node:path';

/** The folder of the records in Easel's own storage. */
export function recordsFolder(storage: string): string {
  return path.join(storage, 'jobs');
}
