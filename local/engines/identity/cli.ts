import { Command, InvalidArgumentError } from 'commander';
import { Role } from '../../../shared/contracts/vocabulary.ts';
import { machineNow } from '../../kernel/clock.ts';
import { createRealScheduler } from '../../kernel/real-scheduler.ts';
import { createIdentity } from './identity.ts';
import { keyOf } from './key.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

const seconds = (text: string): number => {
  const [, number, unit = 's'] = /^(\d+)([smhd])?$/.exec(text) ?? [];
  if (!number || Number(number) === 0) throw new InvalidArgumentError('Say how long as 90s, 30m, 1h or 1d.');
  return Number(number) * (SECONDS[unit] ?? 1);
};

const role = (text: string): Role => {
  const known = Role.safeParse(text);
  if (!known.success) throw new InvalidArgumentError(`Choose one of ${Role.options.join(', ')}.`);
  return known.data;
};

interface Options {
  readonly agency?: string;
  readonly sub?: string;
  readonly ttl?: number;
  readonly data: string;
}

const print = async (who: Role, { data, ...options }: Options): Promise<void> => {
  // Signed at the machine's own time, which `npm start -- --speed` may have carried ahead.
  const identity = createIdentity(await keyOf(data), { ...createRealScheduler(), now: () => machineNow(data) });
  process.stdout.write(`${await identity.token(who, options)}\n`);
};

await new Command('token')
  .description('Prints a bearer token of the local issuer.')
  .argument('<role>', 'who the bearer is, such as dispatcher or supervisor', role)
  .option('--agency <name>', 'the agency the bearer belongs to')
  .option('--sub <id>', 'who it is, as the journal will name them')
  .option('--ttl <time>', 'how long it holds: 90s, 30m, 1h, 1d', seconds)
  .option('--data <dir>', 'the data directory of the machine', process.env['SWOE_DATA_DIR'] ?? '.swoe')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(print)
  .parseAsync()
  .catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
