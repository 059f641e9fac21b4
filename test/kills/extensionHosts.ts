import { readdir, readFile } from 'node:fs/promises';

/** The process ids of the extension hosts of a VS Code server, by the home folder that it gave them. Linux only. */
async function extensionHosts(home: string): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const hosts = await Promise.all(
    pids.map(async (pid) => {
      const [command, environment] = await Promise.all([
        readProcess(pid, 'cmdline'),
        readProcess(pid, 'environ'),
      ]);
      return command.includes('--type=extensionHost') && environment.includes(`HOME=${home}`);
    }),
  );
  return pids.filter((_, index) => hosts[index]);
}

/** Ends them without a chance to tidy up, and waits until they are gone. */
export async function killExtensionHosts(home: string): Promise<number> {
  const pids = await extensionHosts(home);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  for (const pid of pids) {
    // What is dead and not yet collected by its parent has no environment any more.
    while ((await readProcess(pid, 'environ')).length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return pids.length;
}

/** The entries, which a zero byte ends; none where the process is gone or another user's. */
async function readProcess(pid: number, file: 'cmdline' | 'environ'): Promise<string[]> {
  try {
    return (await readFile(`/proc/${pid}/${file}`, 'utf8')).split('\0').filter(Boolean);
  } catch {
    return [];
  }
}
