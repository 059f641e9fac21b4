/**
 * Runs the body of a script of ours: an error ends it with its message and exit code 1, and a signal ends it through the
 * exit handlers, which kill what it started, unless `onSignal` does something gentler.
 */
export function mainScript(
  body: () => Promise<void>,
  onSignal: () => void = () => process.exit(130),
): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  if (process.env.npm_lifecycle_event) whenOrphaned(onSignal);
  body().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    console.error(process.env.DEBUG && error instanceof Error ? error.stack : message);
    process.exitCode = 1;
  });
}

/** npm passes a SIGTERM on to the shell between it and the script, which dies of it and tells nobody. */
function whenOrphaned(then: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    then();
  }, 500);
  watch.unref();
}

/** The value of `--name value` on the command line. */
export function argument(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}
