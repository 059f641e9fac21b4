import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { type OpenWorkbench, openWorkbench } from '../host/openWorkbench';
import { packageExtension } from '../host/vsix';
import { type Measurement, medianRatio } from './figure';
import { seedHistory } from './historySeed';

const many = 10_000;
const few = 50;
const rounds = 5;

/** The Studio with a history of 10,000 images, beside one of 50, in the real workbench. */
export async function studioWithMany(): Promise<readonly Measurement[]> {
  const vsix = await packageExtension();
  const small = await measure(vsix, few);
  const large = await measure(vsix, many);
  const ms = { unit: 'ms', goals: [{ of: 'value', is: 'below', limit: 500 }] } as const;
  return [
    {
      ...{ figure: `first paint of the Studio, ${many} images`, ...ms },
      samples: large.paints,
      ratio: medianRatio(large.paints, small.paints),
    },
    {
      ...{ figure: `history tab to its pictures, ${many} images`, ...ms },
      samples: large.histories,
      ratio: medianRatio(large.histories, small.histories),
    },
    {
      figure: 'longest task of the page while scrolling through them',
      unit: 'ms',
      samples: large.longTasks,
      goals: [{ of: 'value', is: 'atMost', limit: 50 }],
    },
    {
      figure: 'longest task of the window around it meanwhile',
      unit: 'ms',
      samples: large.windowTasks,
    },
    {
      figure: 'memory of the page after that',
      unit: 'MB',
      samples: large.memories,
      goals: [{ of: 'value', is: 'below', limit: 200 }],
    },
    {
      figure: 'pictures asked for when the history opens',
      unit: '',
      samples: large.requests,
      goals: [{ of: 'value', is: 'atMost', limit: 200 }],
    },
  ];
}

interface Samples {
  /** Milliseconds from the page's start to its first contents. */
  readonly paints: number[];
  /** Milliseconds from the press on the tab to the last picture in view. */
  readonly histories: number[];
  readonly longTasks: number[];
  /** In a browser, VS Code's own window runs in the same thread, and hands every picture on. */
  readonly windowTasks: number[];
  /** Of the window's process, with the Studio and without. */
  readonly memories: number[];
  readonly requests: number[];
}

async function measure(vsix: string, images: number): Promise<Samples> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'easel-studio-'));
  const samples: Samples = {
    ...{ paints: [], histories: [], longTasks: [], windowTasks: [], memories: [], requests: [] },
  };
  const open = await openWorkbench({
    ...{ vsix, folder, theme: 'Dark Modern', apiKey: 'sk-emulator' },
    prepare: async (storage) => {
      await seedHistory({ storage, images, writesThumbnails: true });
    },
  });
  try {
    for (let round = 0; round < rounds; round += 1) await measureOnce(open, samples);
    return samples;
  } finally {
    await open.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureOnce({ workbench, page }: OpenWorkbench, samples: Samples): Promise<void> {
  const before = await rendererMegabytes();
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().includes('/thumbnails/')) asked += 1;
  });
  await workbench.command('Easel: Open Studio');
  const studio = await workbench.webviewWith('.studio');
  const root = await studio.locator(':root').elementHandle();
  const frame = await root?.ownerFrame();
  if (!frame) throw new Error('the Studio has no frame');
  samples.paints.push(await firstPaint(frame));
  samples.histories.push(await frame.evaluate<number>(openHistory));
  samples.requests.push(asked);
  const [own, others] = await frame.evaluate<[number, number]>(scrollThrough);
  samples.longTasks.push(own);
  samples.windowTasks.push(others);
  samples.memories.push((await rendererMegabytes()) - before);
  page.removeAllListeners('request');
  await studio.getByRole('tab').first().click();
  await workbench.command('View: Close All Editors');
}

/** In milliseconds since the page began to load. */
function firstPaint(frame: Frame): Promise<number> {
  return frame.evaluate<number>(`new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const [paint] = list.getEntriesByName('first-contentful-paint');
      if (paint) resolve(paint.startTime);
    }).observe({ type: 'paint', buffered: true });
  })`);
}

// Code for the page is text, as the tests do not know the types of its DOM.

const frames = `const nextFrame = () => new Promise((done) => requestAnimationFrame(done));`;

const openHistory = `(async () => {
  ${frames}
  const start = performance.now();
  document.querySelector('#tab-history').click();
  const isPainted = () => {
    const cells = [...document.querySelectorAll('.cell')];
    return cells.length > 0 && cells.every((cell) => cell.querySelector('img.loaded, canvas'));
  };
  while (!isPainted()) await nextFrame();
  await nextFrame();
  return performance.now() - start;
})()`;

const scrollThrough = `(async () => {
  ${frames}
  const longest = [0, 0];
  const observer = new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) {
      const at = name === 'self' ? 0 : 1;
      longest[at] = Math.max(longest[at], duration);
    }
  });
  observer.observe({ type: 'longtask' });
  const isScroller = (element) =>
    element.scrollHeight > element.clientHeight + 1 &&
    /auto|scroll/.test(getComputedStyle(element).overflowY);
  let scroller = document.querySelector('.cell');
  while (scroller && !isScroller(scroller)) scroller = scroller.parentElement;
  const end = scroller.scrollHeight - scroller.clientHeight;
  const steps = 240;
  for (let step = 0; step <= steps; step += 1) {
    // Slowly at first, then in leaps, as people do with the wheel and with the bar.
    scroller.scrollTop = step < 120 ? step * 60 : end * ((step - 120) / 120);
    await nextFrame();
  }
  await nextFrame();
  observer.disconnect();
  scroller.scrollTop = 0;
  return longest;
})()`;

/** The proportional memory of all renderer processes of Chromium on this machine. Linux only. */
async function rendererMegabytes(): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (!command.includes('--type=renderer')) return 0;
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
