import { spawnSync } from 'node:child_process';

/** A program with what it is asked to show that it is there. */
type Tool = readonly [command: string, ...args: string[]];

/** Whether programs are there that have none of our code; CI must have them, and elsewhere their tests are skipped. */
export function haveTools(tools: readonly Tool[]): boolean {
  const missing = tools.filter(([command, ...args]) => {
    const { error, status } = spawnSync(command, args);
    return error !== undefined || (args[0] === '-c' && status !== 0);
  });
  const names = missing.map(([command]) => command);
  if (missing.length > 0 && process.env.CI) throw new Error(`missing: ${names.join(', ')}`);
  return missing.length === 0;
}
