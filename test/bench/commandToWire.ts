import { clock, type Measurement } from './figure';
import {
  askAt,
  callModel,
  firstEvent,
  generate,
  inRounds,
  removeImages,
  startEvents,
  taskModel,
} from './inHost';

/** From the command to the first byte of the request at the service, journal and all. */
export async function commandToWire(): Promise<readonly Measurement[]> {
  await askAt('bench');
  return [await measure('call', callModel), await measure('task', taskModel)];
}

async function measure(mode: string, model: string): Promise<Measurement> {
  const samples: number[] = [];
  await inRounds({ rounds: 15, warmUps: 3 }, async (round, counts) => {
    await startEvents();
    const startedAt = clock();
    const result = await generate({ prompt: `a red fox in the snow ${round}`, model, n: 1 });
    const submit = await firstEvent('submit');
    if (counts) samples.push(submit.at - startedAt);
    await removeImages(result);
  });
  return {
    figure: `command to wire (${mode})`,
    unit: 'ms',
    samples,
    goals: [{ of: 'value', is: 'below', limit: 20 }],
  };
}
