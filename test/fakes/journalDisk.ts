import fs from 'node:fs/promises';

type Call = 'open' | 'rename' | 'rm' | 'link' | 'writeFile' | 'readFile';

const real = { ...fs };

/** Comes between the journal and the disk of the test; the bundle looks each call up when it makes it. */
export class JournalDisk {
  /** The call fails with that code on each file that ends in such a way. */
  fail(call: Call, ending: string, code: string): void {
    this.before(call, ending, async () => {
      throw Object.assign(new Error(`${code}: ${call}`), { code });
    });
  }

  /** Something happens before the call on such a file. */
  before(call: Call, ending: string, action: () => Promise<void>): void {
    // Called with whatever the journal calls it with.
    const next = fs[call] as (...args: unknown[]) => unknown;
    const replaced = async (...args: unknown[]): Promise<unknown> => {
      if (String(args[0]).endsWith(ending)) await action();
      return next(...args);
    };
    Object.assign(fs, { [call]: replaced });
  }

  restore(): void {
    Object.assign(fs, real);
  }
}
