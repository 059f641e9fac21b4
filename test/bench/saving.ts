import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Measurement, medianRatio } from './figure';
import {
  askAt,
  callModel,
  firstEvent,
  generate,
  imageUrl,
  inRounds,
  removeImages,
  startEvents,
} from './inHost';

const run = promisify(execFile);

const imageBytes = 8 * 1024 * 1024;

/**
 * From the request for an image of 8 MB to the file under its name, in turns with curl: over the line of a person's
 * home, and as fast as this machine can, where nothing hides what is done with the bytes.
 */
export async function saving(): Promise<readonly Measurement[]> {
  await askAt('bench');
  return [
    ...(await measure('at 100 Mbit/s', 100_000_000 / 8)),
    ...(await measure('on loopback', Number.POSITIVE_INFINITY)),
  ];
}

async function measure(line: string, bytesPerSecond: number): Promise<readonly Measurement[]> {
  const easel: number[] = [];
  const afterLastByte: number[] = [];
  const curl: number[] = [];
  const folder = await mkdtemp(path.join(os.tmpdir(), 'easel-curl-')); // on the disk of the workspace
  try {
    await inRounds({ rounds: 11, warmUps: 2 }, async (round, counts) => {
      await startEvents(imageBytes, bytesPerSecond);
      const result = await generate({ prompt: `a red fox ${round}`, model: callModel, n: 1 });
      const request = await firstEvent('image');
      const file = await firstEvent('file');
      await removeImages(result);
      const curlMs = await fetchWithCurl(path.join(folder, `${round}.png`));
      if (!counts) return;
      easel.push(file.at - request.at);
      afterLastByte.push(file.at - request.endAt);
      curl.push(curlMs);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
  return [
    {
      figure: `saving 8 MB ${line}`,
      unit: 'ms',
      samples: easel,
      ratio: medianRatio(easel, curl),
      goals: [{ of: 'ratio', is: 'atMost', limit: 1.15 }],
    },
    { figure: `saving 8 MB ${line}, curl`, unit: 'ms', samples: curl },
    { figure: `last of 8 MB ${line} to file`, unit: 'ms', samples: afterLastByte },
  ];
}

/** Milliseconds by curl's own clock, which leaves out its start, the connection and its end. */
async function fetchWithCurl(file: string): Promise<number> {
  const { stdout } = await run('curl', [
    ...['--silent', '--show-error', '--fail', '--noproxy', '*'],
    ...['--output', file, '--write-out', '%{time_pretransfer} %{time_total}', imageUrl],
  ]);
  const [begin, end] = stdout.split(' ').map(Number);
  return ((end ?? Number.NaN) - (begin ?? Number.NaN)) * 1000;
}
