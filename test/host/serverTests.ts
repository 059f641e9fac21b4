import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import {
  launchOptions,
  serveMintKey,
  startServer,
  type VsCodeServer,
  workbenchUrl,
} from './npmHost';
import type { HostTestRun } from './runTests';

/**
 * What @vscode/test-electron does, in the npm host: resolves to the window's exit code.
 * @throws with the last of both logs when the window ends in no proper way.
 */
export async function runInServer(run: HostTestRun, temporary: string): Promise<number> {
  // console.* of this extension host goes to the window, unformatted and mixed with its log; so the tests write to a file.
  const output = new FollowedFile(path.join(temporary, 'output'));
  const server = await startServer({
    ...(run.release ? { release: run.release } : {}),
    ...(run.settings ? { settings: run.settings } : {}),
    environment: { ...run.environment, EASEL_TEST_OUTPUT: output.path },
    // A built VS Code heeds the extension paths in the address only with this (which also turns notification toasts off).
    arguments: ['--enable-smoke-test-driver'],
  });
  try {
    const browser = await chromium.launch(launchOptions());
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      await serveMintKey(context);
      return await exitCode(await context.newPage(), server, run);
    } finally {
      await browser.close().catch(() => {}); // crashed already, perhaps
    }
  } finally {
    await server.stop();
    output.close();
  }
}

async function exitCode(page: Page, server: VsCodeServer, run: HostTestRun): Promise<number> {
  const windowLog: string[] = [];
  page.on('console', (message) => windowLog.push(message.text()));
  const timeout = run.timeout ?? 900_000;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<number>((resolve, reject) => {
      const fail = (why: string) =>
        reject(
          new Error(
            `${why}\n--- the server's log, last of it ---\n${server.output().slice(-3000)}\n--- the window's log, last of it ---\n${windowLog.slice(-20).join('\n')}`,
          ),
        );
      timer = setTimeout(fail, timeout, `The tests did not finish in ${timeout / 1000} s.`);
      void server.exited.then(() => fail('The VS Code server exited.'));
      page.on('crash', () => fail('The workbench page crashed.'));
      const open = async () => {
        // Before the page is opened, because it calls this but once.
        await page.exposeFunction('codeAutomationExit', resolve);
        const contents = {
          folder: run.folder,
          extensionDevelopmentPath: process.cwd(),
          extensionTestsPath: run.entry,
        };
        await page.goto(workbenchUrl(server.url, contents));
      };
      open().catch(reject);
    });
  } finally {
    clearTimeout(timer);
  }
}

/** A file whose growth appears on stdout. */
class FollowedFile {
  #read = 0;
  readonly #ticker: NodeJS.Timeout;

  constructor(readonly path: string) {
    writeFileSync(path, '');
    this.#ticker = setInterval(() => this.#follow(), 200);
  }

  #follow(): void {
    const file = openSync(this.path, 'r');
    const buffer = Buffer.alloc(1 << 16);
    for (;;) {
      const length = readSync(file, buffer, 0, buffer.length, this.#read);
      if (length === 0) break;
      process.stdout.write(Buffer.from(buffer.subarray(0, length)));
      this.#read += length;
    }
    closeSync(file);
  }

  /** After the last of it. */
  close(): void {
    clearInterval(this.#ticker);
    this.#follow();
  }
}
