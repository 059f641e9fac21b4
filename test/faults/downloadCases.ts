import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { emulator } from '../emulator/controlClient';
import { type AnyFault, both, type FaultCase, type Outcome, type Trouble } from './faultCase';

const onDownload =
  (...faults: readonly AnyFault[]): Trouble =>
  async () => {
    for (const fault of faults) await emulator.addFault({ phase: 'download', ...fault });
  };

/** More than all tries of all images. */
const always = 99;

const refusal = (status: number, times: number): Trouble =>
  onDownload({ kind: 'refuse', status, code: 'Some', message: 'no', times });

/** What goes wrong, how, and how it ends, also after the person's choices where that is not `saved`. */
const rows: readonly (readonly [
  fault: string,
  arrange: Trouble,
  ends: Outcome,
  afterwards?: Outcome,
])[] = [
  ['connection refused once', (world) => world.disconnect('download', 1), 'saved'],
  ['connection refused', (world) => world.disconnect('download', always), 'fetch'],
  ['reset before the answer, once', onDownload({ kind: 'reset' }), 'saved'],
  ['reset before the answer', onDownload({ kind: 'reset', times: always }), 'fetch'],
  ['reset instead of the answer', onDownload({ kind: 'loseAnswer', times: always }), 'fetch'],
  ['timeout', (world) => world.timeOut('download', 'taken'), 'saved'],
  ['429', refusal(429, 2), 'saved'],
  ['500', refusal(500, 2), 'saved'],
  ['500 for ever', refusal(500, always), 'fetch'],
  ['502 with HTML', onDownload({ kind: 'html', times: 2 }), 'saved'],
  ['503', refusal(503, 2), 'saved'],
  ["a portal's page", onDownload({ kind: 'html', status: 200, times: always }), 'fetch'],
  ['404', refusal(404, always), 'fetch'],
  ['expired link', () => emulator.settings({ resultLifetimeMs: -60_000 }), 'none', 'none'],
  ['truncated body, once', onDownload({ kind: 'truncate' }), 'saved'],
  ['truncated body', onDownload({ kind: 'truncate', times: always }), 'fetch'],
  [
    'truncated body, then a wrong range',
    onDownload({ kind: 'truncate', times: 2 }, { kind: 'wrongRange', times: 2 }),
    'saved',
  ],
  [
    'truncated body, then no ranges',
    onDownload({ kind: 'truncate', times: 2 }, { kind: 'noRange', times: 2 }),
    'saved',
  ],
  ['a range that was not asked for', onDownload({ kind: 'wrongRange' }), 'saved'],
  ['stalled body', (world) => world.timeOut('download', 'half'), 'saved'],
  ['wrong content type', onDownload({ kind: 'wrongType', times: always }), 'saved'],
  ['bytes that are no image, once', onDownload({ kind: 'wrongContent' }), 'saved'],
  ['bytes that are no image', onDownload({ kind: 'wrongContent', times: always }), 'fetch'],
  ['zero bytes, once', onDownload({ kind: 'empty' }), 'saved'],
  ['zero bytes', onDownload({ kind: 'empty', times: always }), 'fetch'],
  ['redirect', onDownload({ kind: 'redirect' }), 'saved'],
  [
    'redirect to a private address',
    onDownload({ kind: 'redirect', location: 'https://10.0.0.1/a.png' }),
    'none',
    'none',
  ],
  ['redirects without end', onDownload({ kind: 'redirect', times: always }), 'none', 'none'],
  ['slow drip', onDownload({ kind: 'slowDrip', ms: 1, times: 2 }), 'saved'],
  ['oversize, announced', onDownload({ kind: 'oversize', announced: true }), 'none', 'none'],
  ['oversize', onDownload({ kind: 'oversize', announced: false }), 'none', 'none'],
];

/** Faults that meet the fetching of what is paid for. */
export const downloadCases: readonly FaultCase[] = rows.map(
  ([fault, arrange, ends, afterwards]): FaultCase => ({
    fault,
    phase: 'download',
    ends: both(ends),
    arrange,
    ...(afterwards && { afterwards }),
  }),
);

const nothing = async (): Promise<void> => {};

/** A folder that cannot be made, because a file has the name of the one above it. */
const blocked = (root: string, name: string): vscode.Uri =>
  vscode.Uri.file(path.join(root, 'blocked', name));
const block: Trouble = ({ root }) => writeFile(path.join(root, 'blocked'), '');
const unblock: Trouble = async ({ root }) => {
  await rm(path.join(root, 'blocked'));
  await mkdir(path.join(root, 'blocked'));
};

const saving: readonly Omit<FaultCase, 'phase'>[] = [
  {
    fault: 'full disk',
    ends: both('kept'),
    arrange: nothing,
    places: () => ({ images: vscode.Uri.parse('easel-full:/assets') }),
    afterwards: 'kept',
  },
  {
    fault: 'read-only folder',
    ends: both('kept'),
    arrange: nothing,
    places: () => ({ images: vscode.Uri.parse('easel-read-only:/assets') }),
    afterwards: 'kept',
  },
  {
    fault: 'a folder that cannot be made',
    ends: both('kept'),
    arrange: block,
    mend: unblock,
    places: (root) => ({ images: blocked(root, 'images') }),
    afterwards: 'kept',
  },
  {
    fault: 'a folder whose place is gone',
    ends: both('kept'),
    arrange: nothing,
    places: (root) => ({ images: blocked(root, 'images') }),
    afterwards: 'kept',
  },
  {
    fault: 'neither the folder nor the own storage',
    ends: both('fetch'),
    arrange: block,
    mend: unblock,
    places: (root) => ({ images: blocked(root, 'images'), kept: blocked(root, 'kept') }),
  },
  {
    fault: 'no room for the download',
    ends: both('fetch'),
    arrange: async ({ storage }) => {
      await rm(path.join(storage, 'downloads'), { recursive: true });
      await writeFile(path.join(storage, 'downloads'), '');
    },
    mend: async ({ storage }) => {
      await rm(path.join(storage, 'downloads'));
      await mkdir(path.join(storage, 'downloads'));
    },
  },
];

/** Faults that meet the saving. */
export const saveCases: readonly FaultCase[] = saving.map((one) => ({ ...one, phase: 'save' }));
