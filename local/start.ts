import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { keyOf } from './engines/identity/index.ts';
import { signingKeyOf } from './engines/keys/keys.ts';
import { startClock } from './kernel/clock.ts';
import { type FileLog, openFileLog } from './kernel/file-log.ts';
import { type LineFile, openLineFile } from './kernel/line-file.ts';
import type { LogOptions } from './kernel/open-log.ts';
import { seededRandom } from './kernel/random.ts';
import { Refusal } from './kernel/refusal.ts';
import type { Scheduler } from './kernel/scheduler.ts';
import { createMachine, type Machine } from './machine.ts';
import { type Served, serve } from './serve.ts';
import { type Given, type Options, optionsOf } from './start/options.ts';
import { checkPorts, portsOf } from './start/ports.ts';
import { randomFaults } from './start/random-faults.ts';
import { ratesInWords } from './start/rates.ts';
import { resetDirectory } from './start/reset.ts';
import { unusual, welcome } from './start/welcome.ts';
import { freshAssembly } from './template/synthesise.ts';
import { openTerminal, type Terminal } from './tools/terminal.ts';

/** Things to undo at the end, newest first. None of them keeps the others from their turn. */
type Undo = () => unknown;

const STOP_MS = 5000;

/** The SDK's advice about Node 22 is for whoever deploys; said once per function it would bury everything else. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Opens what holds the data directory; what it had to mend is said. */
const openLog = (options: Options, terminal: Terminal, more: Pick<LogOptions, 'failed' | 'complain'>): FileLog => {
  if (options.reset) resetDirectory(options.data);
  const log = openFileLog(options.data, { ...more, ...(options.compactAt ? { compactAt: options.compactAt } : {}) });
  for (const note of log.notes) terminal.line(note, 'bad');
  return log;
};

interface Scene {
  readonly machine: Machine;
  readonly served: Served;
  readonly options: Options;
  readonly scheduler: Scheduler;
  readonly terminal: Terminal;
  readonly lines: LineFile;
  readonly undo: Undo[];
}

const play = async ({ machine, served: { gateway, aws }, options, scheduler, terminal, lines, undo }: Scene): Promise<void> => {
  const token = (role: Parameters<typeof machine.identity.token>[0]) => machine.identity.token(role);
  if (options.city) {
    const { startCity } = await import('./city/index.ts');
    const city = await startCity({
      awsEndpoint: aws,
      scheduler,
      onLine: (message) => lines.write({ at: new Date(scheduler.now()).toISOString(), from: 'city', level: 'INFO', message }),
    });
    undo.push(() => city.stop());
    // The fleet and the council's word were put on the bus; who comes next must find them stored.
    await machine.idle();
  }
  if (options.readyFile) {
    const path = options.readyFile;
    writeFileSync(path, `${JSON.stringify({ pid: process.pid, gateway, aws })}\n`);
    undo.push(() => rmSync(path, { force: true }));
  }
  if (!options.demo || !options.city) return;
  const { playDemo } = await import('./city/demo/index.ts');
  const { ok } = await playDemo({ awsEndpoint: aws, gateway, token, terminal });
  terminal.line(
    ok
      ? 'SWOE goes on running; Ctrl-C stops it.'
      : `The demo did not end as it should; ${join(options.data, 'swoe.log')} has the details. SWOE goes on running.`,
    'quiet',
  );
};

const start = async (given: Given, terminal: Terminal, undo: Undo[], end: (code: number) => void): Promise<void> => {
  const began = performance.now();
  const options = optionsOf(given, process.env);
  const ports = portsOf(process.env);
  const failed = (error: Error): void => {
    terminal.line(
      `The log in ${options.data} cannot be written any more (${error.message}): SWOE stops, and nothing it acknowledged is lost.`,
      'bad',
    );
    end(1);
  };
  const log = openLog(options, terminal, { failed, complain: (message) => terminal.line(message, 'bad') });
  undo.push(() => log.close());
  await checkPorts(ports);
  const lines = openLineFile(join(options.data, 'swoe.log'));
  undo.push(() => lines.close());
  const assembly = await freshAssembly(join(options.data, 'assembly'), () =>
    terminal.line('Synthesising the CDK app, which the machine is wired from …', 'quiet'),
  );
  terminal.line('Starting the machine …', 'quiet');
  const { scheduler, aheadMs } = startClock(options.data, options.speed);
  undo.push(() => scheduler.stop());
  const onLine = (from: string, line: object) => lines.write({ at: new Date(scheduler.now()).toISOString(), from, ...line });
  process.on('unhandledRejection', (reason) =>
    onLine('machine', { level: 'ERROR', message: 'A rejection nobody handled', error: String((reason as Error)?.stack ?? reason) }),
  );
  const machine = await createMachine({
    assembly,
    scheduler,
    log,
    key: await keyOf(options.data),
    signingKey: await signingKeyOf(options.data),
    onLine,
    awsPort: ports.aws,
    ...(ratesInWords(options.rates) ? { faults: randomFaults(options.rates, seededRandom(options.seed)) } : {}),
  });
  undo.push(() => machine.stop());
  const served = await serve(machine, ports, (message, fields) => onLine('machine', { level: 'ERROR', message, ...fields }));
  undo.push(() => served.stop());
  welcome(terminal, served, unusual(options, aheadMs));
  terminal.line(`  Ready in ${((performance.now() - began) / 1000).toFixed(1)} s. Log lines: ${join(options.data, 'swoe.log')}`, 'quiet');
  await play({ machine, served, options, scheduler, terminal, lines, undo });
};

/** Undoes everything, newest first, within five seconds. */
const unwind = async (undo: Undo[]): Promise<void> => {
  const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref());
  const all = async () => {
    for (const step of undo.splice(0).reverse()) await Promise.resolve(step()).catch(() => {});
  };
  await Promise.race([all(), late]);
};

const run = async (options: Given): Promise<void> => {
  const terminal = openTerminal(process.stdout);
  const undo: Undo[] = [];
  let ending = false;
  const end = (code: number): void => {
    if (ending) return;
    ending = true;
    terminal.done();
    void unwind(undo).then(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!ending) terminal.line('Stopping …', 'quiet');
      end(0);
    });
  }
  try {
    await start(options, terminal, undo, end);
  } catch (error) {
    if (ending) return;
    process.stderr.write(error instanceof Refusal ? `${error.message}\n` : `SWOE could not start: ${(error as Error).stack}\n`);
    end(1);
  }
};

await new Command('swoe')
  .description('Runs SWOE on this machine: the synthesised CDK app, in one process.')
  .option('--no-demo', 'do not play gunfire-response at the start')
  .option('--no-city', 'do not simulate the subsystems (nor play the demo)')
  .option('--ready-file <file>', 'write this file when everything is up, and remove it at the end')
  .option('--data <dir>', 'where state, key and log lines are kept', process.env['SWOE_DATA_DIR'] ?? '.swoe')
  .option('--reset', 'forget everything that happened in the data directory first')
  .option('--speed <times>', 'run the clock so many times as fast as life, from 0.1 to 100')
  .option('--faults <rates>', 'let things go wrong: 0.01, or call=0.01,delivery=0.02,invocation=0.005')
  .option('--seed <text>', 'draw the faults from this seed')
  .action(run)
  .parseAsync();
