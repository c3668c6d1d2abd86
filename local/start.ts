import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Command } from 'commander';
import { openTerminal, type Terminal } from './client/terminal.ts';
import { keyOf } from './engines/identity/index.ts';
import { type FileLog, openFileLog } from './kernel/file-log.ts';
import { type LineFile, openLineFile } from './kernel/line-file.ts';
import { close, listen } from './kernel/listen.ts';
import { createRealScheduler } from './kernel/real-scheduler.ts';
import { Refusal } from './kernel/refusal.ts';
import { createMachine, type Machine } from './machine.ts';
import { type Ports, type Served, serve } from './serve.ts';
import { freshAssembly } from './template/synthesise.ts';

interface Options {
  readonly demo: boolean;
  readonly city: boolean;
  readonly readyFile?: string;
  readonly data: string;
}

/** Things to undo at the end, newest first. None of them keeps the others from their turn. */
type Undo = () => unknown;

const STOP_MS = 5000;

/** The SDK's advice about Node 22 is for whoever deploys; said once per function it would bury everything else. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const portOf = (variable: string, usual: number): number => {
  const text = process.env[variable] ?? String(usual);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Refusal(`${variable} is "${text}": give a port from 0 (any free one) to 65535.`);
  return port;
};

/** Asks for both ports before the long part of the start, so that a taken one is told at once. */
const checkPorts = async ({ gateway, aws }: Ports): Promise<void> => {
  for (const [port, what, variable] of [
    [gateway, 'REST and WebSocket', 'SWOE_PORT'],
    [aws, 'the AWS endpoint', 'SWOE_AWS_PORT'],
  ] as const) {
    const probe = createServer();
    await listen(probe, port, what, variable);
    await close(probe);
  }
};

const welcome = (terminal: Terminal, { gateway, aws }: Served): void => {
  const event = `'[{"EventBusName":"swoe","Source":"gunshot_detection","DetailType":"gunshot.detected","Detail":"{\\"specversion\\":\\"1.0\\",\\"id\\":\\"first-1\\",\\"source\\":\\"gunshot_detection\\",\\"type\\":\\"gunshot.detected\\",\\"data\\":{\\"location\\":{\\"lat\\":26.7753,\\"lon\\":-80.0581,\\"radiusM\\":25},\\"confidence\\":0.95}}"}]'`;
  terminal.line('SWOE is up.', 'good');
  terminal.line(`  REST          ${gateway}/api/orchestration   (all paths: ${gateway}/)`);
  terminal.line(`  WebSocket     ${gateway.replace('http', 'ws')}/ws/orchestration/{events,workflow-status,alerts}`);
  terminal.line(`  AWS endpoint  ${aws}   (EventBridge, Step Functions, DynamoDB, SQS)`);
  terminal.line('  A token       npm run -s token -- dispatcher');
  terminal.line('  First event   AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1 \\');
  terminal.line(`                aws --endpoint-url ${aws} events put-events --entries ${event}`);
};

/** Opens what holds the data directory; what it had to mend is said. */
const openLog = (options: Options, terminal: Terminal, failed: (error: Error) => void): FileLog => {
  const log = openFileLog(options.data, { failed });
  for (const note of log.notes) terminal.line(note, 'bad');
  return log;
};

const play = async (
  machine: Machine,
  { gateway, aws }: Served,
  options: Options,
  terminal: Terminal,
  lines: LineFile,
  undo: Undo[],
): Promise<void> => {
  const token = (role: Parameters<typeof machine.identity.token>[0]) => machine.identity.token(role);
  if (options.city) {
    const { startCity } = await import('./city/index.ts');
    const city = await startCity({
      awsEndpoint: aws,
      onLine: (message) => lines.write({ at: new Date().toISOString(), from: 'city', level: 'INFO', message }),
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

const start = async (options: Options, terminal: Terminal, undo: Undo[], end: (code: number) => void): Promise<void> => {
  const began = performance.now();
  const ports = { gateway: portOf('SWOE_PORT', 8080), aws: portOf('SWOE_AWS_PORT', 4566) };
  const log = openLog(options, terminal, (error) => {
    terminal.line(
      `The log in ${options.data} cannot be written any more (${error.message}): SWOE stops, and nothing it acknowledged is lost.`,
      'bad',
    );
    end(1);
  });
  undo.push(() => log.close());
  await checkPorts(ports);
  const lines = openLineFile(join(options.data, 'swoe.log'));
  undo.push(() => lines.close());
  const assembly = await freshAssembly(join(options.data, 'assembly'), () =>
    terminal.line('Synthesising the CDK app, which the machine is wired from …', 'quiet'),
  );
  terminal.line('Starting the machine …', 'quiet');
  const scheduler = createRealScheduler();
  undo.push(() => scheduler.stop());
  const onLine = (from: string, line: object) => lines.write({ at: new Date().toISOString(), from, ...line });
  process.on('unhandledRejection', (reason) =>
    onLine('machine', { level: 'ERROR', message: 'A rejection nobody handled', error: String((reason as Error)?.stack ?? reason) }),
  );
  const machine = await createMachine({ assembly, scheduler, log, key: await keyOf(options.data), onLine, awsPort: ports.aws });
  const served = await serve(machine, ports, (message, fields) => onLine('machine', { level: 'ERROR', message, ...fields }));
  undo.push(() => served.stop());
  welcome(terminal, served);
  terminal.line(`  Ready in ${((performance.now() - began) / 1000).toFixed(1)} s. Log lines: ${join(options.data, 'swoe.log')}`, 'quiet');
  await play(machine, served, options, terminal, lines, undo);
};

/** Undoes everything, newest first, within five seconds. */
const unwind = async (undo: Undo[]): Promise<void> => {
  const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref());
  const all = async () => {
    for (const step of undo.splice(0).reverse()) await Promise.resolve(step()).catch(() => {});
  };
  await Promise.race([all(), late]);
};

const run = async (options: Options): Promise<void> => {
  mkdirSync(options.data, { recursive: true });
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
  .action(run)
  .parseAsync();
