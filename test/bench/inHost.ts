import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { GenerateResult } from '../../src/commands/generateWithArguments';
import type { ServiceEvent } from './benchService';

/** The addresses of the services that the launcher has started. */
const addresses = {
  bench: process.env.EASEL_BENCH_SERVICE ?? '',
  emulator: process.env.EASEL_EMULATOR ?? '',
} as const;

/** A model that is asked by a call, and one that is asked by tasks. */
export const callModel = 'qwen-image-2.0';
export const taskModel = 'wan2.2-t2i-flash';

/** From here on Easel asks this service. */
export async function askAt(service: keyof typeof addresses): Promise<void> {
  await vscode.workspace
    .getConfiguration('easel')
    .update('endpoint', addresses[service], vscode.ConfigurationTarget.Global);
}

/** One job, as another extension would start it; resolves when all is saved. */
export async function generate(input: object): Promise<GenerateResult> {
  return vscode.commands.executeCommand<GenerateResult>('easel.generateImage', input);
}

/** Removes the files of jobs. */
export async function removeImages(...results: readonly GenerateResult[]): Promise<void> {
  for (const { uri } of results.flatMap(({ images }) => images)) {
    await vscode.workspace.fs.delete(uri);
  }
}

/** Forgets what the bench service has seen, and sets the size of its images and the speed of the line to it. */
export async function startEvents(
  imageBytes = 0,
  bytesPerSecond = Number.POSITIVE_INFINITY,
): Promise<void> {
  const query = `bytes=${imageBytes}&bytesPerSecond=${bytesPerSecond}`;
  await fetch(`${addresses.bench}/_bench/start?${query}`, { method: 'POST' });
}

/** The first event of that kind since the start, once it is over. @throws Error when there is none for a second */
export async function firstEvent(kind: ServiceEvent['kind']): Promise<Required<ServiceEvent>> {
  for (let tries = 0; tries < 100; tries += 1) {
    const response = await fetch(`${addresses.bench}/_bench/events`);
    const events = (await response.json()) as ServiceEvent[]; // of our own server
    const event = events.find((one) => one.kind === kind);
    // A busy machine may answer us before it tells the service that it has sent all.
    if (event?.endAt !== undefined) return { ...event, endAt: event.endAt };
    await pause(10);
  }
  throw new Error(`the service has seen no ${kind}`);
}

/** An image of the bench service. */
export const imageUrl = `${addresses.bench}/image/0.png`;

/** A whole garbage collection, twice: what the first one finalizes is free after the second. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('this V8 has no gc()');
  collect();
  collect();
}

/** Runs something so many times, after some times that do not count, further apart than the limit of two submits a second. */
export async function inRounds(
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
  run: (round: number, counts: boolean) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const next = pause(1_100);
    await run(round, round >= warmUps);
    await next;
  }
}
