import type { Measurement } from './figure';
import {
  askAt,
  callModel,
  collectGarbage,
  generate,
  inRounds,
  removeImages,
  startEvents,
} from './inHost';

const images = 6;
const megabyte = 1024 * 1024;
const imageBytes = 8 * megabyte;

/** How far the memory of the extension host rises while it fetches and saves six images of 8 MB at once. */
export async function peakMemory(): Promise<readonly Measurement[]> {
  await askAt('bench');
  await startEvents(imageBytes);
  const resident: number[] = [];
  const used: number[] = [];
  await inRounds({ rounds: 7, warmUps: 2 }, async (round, counts) => {
    collectGarbage();
    const watch = watchMemory();
    const result = await generate({ prompt: `red foxes ${round}`, model: callModel, n: images });
    const peak = watch.stop();
    await removeImages(result);
    if (result.images.length !== images) throw new Error(`${result.images.length} images`);
    if (!counts) return;
    resident.push(peak.resident / megabyte);
    used.push(peak.used / megabyte);
  });
  const toMeasurement = (figure: string, samples: readonly number[]): Measurement => ({
    figure,
    unit: 'MB',
    samples,
    ratio: Math.max(...samples) / ((images * imageBytes) / megabyte),
    goals: [{ of: 'ratio', is: 'below', limit: 2.5 }],
  });
  return [
    toMeasurement('peak memory, resident', resident),
    toMeasurement('peak memory, heap and buffers', used),
  ];
}

interface Memory {
  readonly resident: number;
  readonly used: number;
}

/** Looks every other millisecond; what it gives is above what there was at the start. */
function watchMemory(): { stop(): Memory } {
  const base = memoryNow();
  let peak = base;
  const look = (): void => {
    const { resident, used } = memoryNow();
    peak = { resident: Math.max(peak.resident, resident), used: Math.max(peak.used, used) };
  };
  const timer = setInterval(look, 2);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return { resident: peak.resident - base.resident, used: peak.used - base.used };
    },
  };
}

function memoryNow(): Memory {
  const { rss, heapUsed, external } = process.memoryUsage(); // array buffers are external
  return { resident: rss, used: heapUsed + external };
}
