import { Argument, Command } from 'commander';
import { Refusal } from '../kernel/refusal.ts';
import { buses } from './buses.ts';
import { execution, executions } from './executions.ts';
import { log } from './log.ts';
import { lookAt } from './look.ts';
import { deadLetters, queues } from './queues.ts';
import { summary } from './summary.ts';
import { table, tables } from './tables.ts';
import { asJson, inWords, type Show } from './view.ts';

interface Options {
  readonly data: string;
  readonly json: boolean;
}

const SHOWS: Readonly<Record<string, Show>> = {
  summary,
  tables,
  table,
  queues,
  'dead-letters': deadLetters,
  executions,
  execution,
  buses,
  log,
};

const inspect = async (what: string, name: string | undefined, { data, json }: Options): Promise<void> => {
  const show = SHOWS[what] as Show;
  if (!name && (what === 'table' || what === 'execution')) throw new Refusal(`Say which ${what}: npm run inspect -- ${what} <name>.`);
  const look = await lookAt(data);
  if (look.log.holder !== undefined)
    process.stderr.write(`Process ${look.log.holder} holds ${data} and goes on: this is what was on disk a moment ago.\n`);
  const views = await show(look, name ?? '');
  process.stdout.write(`${json ? asJson(views) : inWords(views)}\n`);
};

await new Command('inspect')
  .description('Shows what a data directory holds, without starting it and without changing it.')
  .addArgument(new Argument('[what]', 'what to show').choices(Object.keys(SHOWS)).default('summary'))
  .argument('[name]', 'which table or execution')
  .option('--data <dir>', 'the data directory', process.env['SWOE_DATA_DIR'] ?? '.swoe')
  .option('--json', 'as JSON', false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(inspect)
  .parseAsync()
  .catch((error: Error) => {
    process.stderr.write(`${error instanceof Refusal ? error.message : error.stack}\n`);
    process.exitCode = 1;
  });
