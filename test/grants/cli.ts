import { join } from 'node:path';
import { Command } from 'commander';
import type { Grant } from '../../local/port/index.ts';
import { type Prepared, prepareAssembly } from '../../local/template/prepare.ts';
import { freshAssembly } from '../../local/template/synthesise.ts';
import { beyond } from './beyond.ts';
import { exercise } from './exercise.ts';
import { missed, nameOf } from './removal.ts';

/** `npm run iam`: what the template grants, what the whole system used of it, and what is missed when it is taken away. */
interface Options {
  readonly unused?: boolean;
  readonly each?: boolean;
  readonly json?: boolean;
}

const assembly = async (): Promise<Prepared> =>
  prepareAssembly(await freshAssembly(join(import.meta.dirname, '..', '..', '.swoe', 'flow')));

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const listUnused = (grants: readonly Grant[], json: boolean): boolean => {
  const unused = grants.filter(({ used }) => !used).map((grant) => ({ ...grant, why: beyond(grant) }));
  const idle = unused.filter(({ why }) => why === undefined);
  if (json) say(JSON.stringify(idle, null, 2));
  else {
    for (const grant of idle) say(`never used: ${nameOf(grant)}`);
    say(`${grants.length} grants, ${unused.length - idle.length} that only AWS can use, ${idle.length} never used.`);
    if (idle.length > 0)
      say('Take them out of infra/functions.ts or infra/constructs/grants.ts, or play their path in test/grants/exercise.ts.');
  }
  return idle.length === 0;
};

const list = (grants: readonly Grant[], json: boolean): boolean => {
  if (json) say(JSON.stringify(grants, null, 2));
  else for (const grant of grants) say(`${grant.used ? 'used  ' : 'unused'} ${nameOf(grant)}`);
  return true;
};

/** Takes every used grant away in turn; each must be missed by name. */
const takeEach = async (prepared: Prepared, grants: readonly Grant[]): Promise<boolean> => {
  const used = grants.filter((grant) => grant.used);
  let unmissed = 0;
  for (const [index, grant] of used.entries()) {
    const said = await missed(prepared, grant);
    if (said === undefined) unmissed += 1;
    say(`${index + 1}/${used.length} ${said === undefined ? 'NOT MISSED' : 'missed'}: ${nameOf(grant)}`);
  }
  say(`${used.length} grants taken away in turn, ${unmissed} not missed.`);
  return unmissed === 0;
};

const main = async ({ unused = false, each = false, json = false }: Options): Promise<boolean> => {
  const prepared = await assembly();
  const { running, complaints } = await exercise(prepared);
  await running.machine.stop();
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  const grants = running.machine.grants();
  if (each) return takeEach(prepared, grants);
  return unused ? listUnused(grants, json) : list(grants, json);
};

const program = new Command('iam')
  .description('Runs the whole system on a virtual clock and shows what it used of what the template grants.')
  .option('--unused', 'only what was never used; exit code 1 where there is any')
  .option('--each', 'takes every used grant away in turn: the run must miss it by name (about ten minutes)')
  .option('--json', 'for programs')
  .action(async (options: Options) => {
    process.exitCode = (await main(options)) ? 0 : 1;
  });

await program.parseAsync();
