import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { installVsix, launchOptions, startServer, workbenchUrl } from '../host/npmHost';
import { packageExtension } from '../host/vsix';
import { Workbench } from '../ui/workbench';
import { type Measurement, medianRatio } from './figure';

const windows = 7;

/** Names as the list of running extensions has them. */
const easel = /^Easel/;
const markdown = /^Markdown Language Features$/;
/** Tiny, and active in every window at the same time as Easel: what activation costs at the least on this machine. */
const smallest = /^Merge Conflict$/;

/**
 * By VS Code's own report: loading the code and calling `activate`, of Easel and of built-in extensions, each time in a
 * fresh window with a Markdown file open.
 */
export async function activation(): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'easel-activation-'));
  const dataDir = path.join(folder, 'data');
  const workspace = path.join(folder, 'workspace');
  const document = path.join(workspace, 'note.md');
  await mkdir(workspace);
  await writeFile(document, '# A note\n');
  try {
    await installVsix(dataDir, await packageExtension());
    const server = await startServer({ dataDir });
    try {
      const browser = await chromium.launch(launchOptions());
      try {
        const reports = [];
        // The first window finds neither caches nor the server's compiled code.
        for (let count = -1; count < windows; count += 1) {
          const report = await reportOf(
            browser,
            workbenchUrl(server.url, { folder: workspace, openFile: document }),
          );
          if (count >= 0) reports.push(report);
        }
        return toMeasurements(reports);
      } finally {
        await browser.close();
      }
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

interface Report {
  readonly easel: number;
  readonly markdown: number;
  readonly smallest: number;
}

async function reportOf(browser: Browser, url: string): Promise<Report> {
  // So high that the list, which only draws what is in view, shows every extension.
  const context = await browser.newContext({ viewport: { width: 1280, height: 3000 } });
  try {
    const page = await context.newPage();
    await page.goto(url);
    const workbench = new Workbench(page);
    await workbench.ready();
    await workbench.command('Developer: Show Running Extensions');
    const rows = page.locator('.runtime-extensions-editor .monaco-list-row');
    const timeOf = async (name: RegExp): Promise<number> => {
      const row = rows.filter({ has: page.locator('.name', { hasText: name }) });
      const text = await row.locator('.activation-time', { hasText: /\d+ms/ }).textContent();
      return Number(/(\d+)ms/.exec(text ?? '')?.[1]);
    };
    return {
      easel: await timeOf(easel),
      markdown: await timeOf(markdown),
      smallest: await timeOf(smallest),
    };
  } finally {
    await context.close();
  }
}

function toMeasurements(reports: readonly Report[]): Measurement[] {
  const [own, built, least] = (['easel', 'markdown', 'smallest'] as const).map((name) =>
    reports.map((report) => report[name]),
  );
  if (!own || !built || !least) return [];
  return [
    {
      figure: 'activation',
      unit: 'ms',
      samples: own,
      ratio: medianRatio(own, built),
      goals: [
        { of: 'value', is: 'below', limit: 30 },
        { of: 'ratio', is: 'atMost', limit: 1 },
      ],
    },
    { figure: 'activation of built-in Markdown', unit: 'ms', samples: built },
    { figure: 'activation of built-in Merge Conflict', unit: 'ms', samples: least },
  ];
}
