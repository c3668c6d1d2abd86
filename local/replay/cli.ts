import { Command, InvalidArgumentError } from 'commander';
import { awsEndpoint, gatewayUrl } from '../../client/aws.ts';
import { openRest } from '../../client/http.ts';
import { RestError } from '../../client/rest.ts';
import { createRealScheduler } from '../kernel/real-scheduler.ts';
import { openTerminal } from '../tools/terminal.ts';
import { localToken } from '../tools/token.ts';
import { UsageError } from './load.ts';
import { type Speed, speedIn } from './pace.ts';
import { replay } from './run.ts';

const speed = (text: string): Speed => {
  const read = speedIn(text);
  if (read === undefined) throw new InvalidArgumentError('Give a factor above 0, such as 60, or max.');
  return read;
};

const count = (text: string): number => {
  const read = Number(text);
  if (!Number.isInteger(read) || read < 1) throw new InvalidArgumentError('Give a whole number of records, 1 or more.');
  return read;
};

/** One sentence for what an operator can mend. */
const sentence = (error: unknown, endpoint: string): string => {
  if (error instanceof UsageError || error instanceof RestError) return error.message;
  if (error instanceof TypeError && /fetch failed/.test(error.message))
    return `SWOE does not answer (is \`npm start\` running? ${endpoint})`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

/** The SDK's word on Node's next version is not for whoever replays a file: the versions are pinned. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

interface Options {
  readonly speed: Speed;
  readonly limit?: number;
  readonly endpoint: string;
  readonly api: string;
}

const main = async (file: string, { speed, limit, endpoint, api }: Options): Promise<void> => {
  const scheduler = createRealScheduler();
  const rest = openRest(api.replace(/\/(api\/orchestration\/?)?$/, ''), localToken('viewer'));
  const terminal = openTerminal(process.stdout);
  try {
    const whole = await replay({
      file,
      speed,
      limit,
      endpoint,
      rest,
      scheduler,
      out: process.stdout,
      line: terminal.line,
      status: terminal.status,
    });
    process.exitCode = whole ? 0 : 1;
  } catch (error) {
    console.error(sentence(error, api));
    process.exitCode = error instanceof UsageError ? 2 : 1;
  } finally {
    terminal.done();
    scheduler.stop();
  }
};

await new Command('replay')
  .description('Plays a file of real records onto the bus of a running SWOE and accounts for each of them.')
  .argument('<file>', 'CAD change feed (JSONL), 911 calls (CSV) or gunshot detections (CSV)')
  .option('--speed <factor>', 'max, or so many times faster than it happened', speed, 60)
  .option('--limit <n>', 'at most so many records', count)
  .option('--endpoint <url>', 'where AWS calls go', awsEndpoint(process.env))
  .option('--api <url>', 'where REST is', gatewayUrl(process.env))
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main)
  .parseAsync();
