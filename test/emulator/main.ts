import { parseArgs } from 'node:util';
import { startEmulator } from './emulator';

const help = `A DashScope for trying things out: it costs nothing and draws landscapes.

  --port <number>         of the API (8787)
  --result-port <number>  of the finished images (any free one)
  --key <key>             the accepted key (sk-emulator)
  --queue-ms <number>     how long a task waits (300)
  --run-ms <number>       how long an image takes (700)
  --strictness <name>     doc, or live: as lax as the service was seen to be (doc)`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8787' },
      'result-port': { type: 'string', default: '0' },
      key: { type: 'string', default: 'sk-emulator' },
      'queue-ms': { type: 'string', default: '300' },
      'run-ms': { type: 'string', default: '700' },
      strictness: { type: 'string', default: 'doc' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const emulator = await startEmulator({
    port: Number(values.port),
    resultPort: Number(values['result-port']),
    keys: { [values.key]: 'any' },
    queueMs: Number(values['queue-ms']),
    runMs: Number(values['run-ms']),
    strictness: values.strictness === 'live' ? 'live' : 'doc',
  });
  console.log(`DashScope emulator at ${emulator.url} (images at ${emulator.resultUrl})`);
  console.log(`Key: ${values.key}`);
  console.log(`What was billed: ${emulator.url}/_emulator/ledger`);
  console.log(`What was asked:  ${emulator.url}/_emulator/requests`);
  console.log('Ctrl+C stops it; --help shows the options.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await emulator.stop();
      process.exit(0);
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
