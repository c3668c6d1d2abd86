import { readFileSync } from 'node:fs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { Command, InvalidArgumentError } from 'commander';
import { awsEndpoint, localAws } from '../../client/aws.ts';
import { sender } from '../../client/bus.ts';
import { EventType } from '../../shared/contracts/event.ts';
import { Source } from '../../shared/contracts/vocabulary.ts';
import { createRealScheduler } from '../kernel/real-scheduler.ts';
import { createBridge } from './bridge.ts';
import { mapping } from './map.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const url = (text: string): string => {
  if (!URL.canParse(text) || !/^wss?:$/.test(new URL(text).protocol)) throw new InvalidArgumentError('Give a ws:// or wss:// URL.');
  return text;
};

const source = (text: string): Source => {
  const read = Source.safeParse(text);
  if (!read.success) throw new InvalidArgumentError(`Give a registered source: ${Source.options.join(', ')}.`);
  return read.data;
};

const type = (text: string): string => {
  if (!EventType.safeParse(text).success) throw new InvalidArgumentError('Give a dotted, lower-case type such as camera.observed.');
  return text;
};

const header = (text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const [, name, value] = /^([\w-]+):\s*(.+)$/.exec(text) ?? [];
  if (!name || !value) throw new InvalidArgumentError('Give a header as "Name: value".');
  return { ...before, [name]: value };
};

const positive = (text: string): number => {
  const read = Number(text);
  if (!Number.isInteger(read) || read < 1) throw new InvalidArgumentError('Give a whole number, 1 or more.');
  return read;
};

interface Options {
  readonly url: string;
  readonly source: Source;
  readonly type?: string;
  readonly map?: string;
  readonly header?: Record<string, string>;
  readonly subscribe?: string;
  readonly bound: number;
  readonly endpoint?: string;
  readonly aws?: true;
  readonly bus: string;
}

/** A secret belongs neither in a command line nor in its history. */
const headersOf = ({ header: given = {} }: Options): Record<string, string> => {
  const token = process.env['BRIDGE_TOKEN'];
  return token ? { authorization: `Bearer ${token}`, ...given } : given;
};

const clientOf = ({ aws, endpoint }: Options): EventBridgeClient =>
  aws ? new EventBridgeClient(endpoint ? { endpoint } : {}) : new EventBridgeClient(localAws(endpoint ?? awsEndpoint(process.env)));

const main = async (options: Options): Promise<void> => {
  const scheduler = createRealScheduler();
  const client = clientOf(options);
  const say = (text: string): void => console.log(`${new Date(scheduler.now()).toISOString()} ${text}`);
  const bridge = createBridge({
    ...options,
    map: mapping(options.map === undefined ? undefined : readFileSync(options.map, 'utf8')),
    headers: headersOf(options),
    send: sender(client, options.bus),
    scheduler,
    onLine: say,
  });
  bridge.start();
  const asked = await new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
  say(`${asked}: no more is heard; what was heard is put`);
  const { heard, put, lost, waiting, reconnects } = await bridge.stop();
  say(`heard ${heard}, put ${put}, lost ${lost}, not put ${waiting}, connected again ${reconnects} times`);
  scheduler.stop();
  client.destroy();
  process.exitCode = waiting + lost === 0 ? 0 : 1;
};

await new Command('bridge')
  .description('Listens to a subsystem’s own WebSocket channel and puts what it hears on the bus.')
  .requiredOption('--url <url>', 'the channel, ws:// or wss://', url)
  .requiredOption('--source <source>', 'whose words they are', source)
  .option('--type <type>', 'the type of messages that name none', type)
  .option('--map <file>', 'a JSONata expression that makes { type, id, time, data } of a message')
  .option('--header <header>', '"Name: value" for the handshake; BRIDGE_TOKEN in the environment is sent as a bearer token', header)
  .option('--subscribe <text>', 'sent as it is once the connection stands')
  .option('--bound <n>', 'so many may wait for the bus before the subsystem is made to wait', positive, 1000)
  .option('--bus <name>', 'the bus', 'swoe')
  .option('--aws', 'to AWS, with the credentials and region of the environment; without it to a local run')
  .option('--endpoint <url>', 'where AWS calls go instead')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main)
  .parseAsync();
