import { Command, InvalidArgumentError } from 'commander';
import { shuffled } from '../test/shuffles/order.ts';
import { FILES, isThere, recordsOf } from '../test/shuffles/records.ts';
import { oneByOne, placed, whole } from '../test/shuffles/sets.ts';
import { through } from '../test/shuffles/through.ts';

/**
 * Real records in random orders, a tenth of them twice, by eight ingesters at once: whether the member sets are those of the whole file at
 * once. Each shuffle is done twice: by the rules alone, and through the rooms of `ingest` into the tables of the local DynamoDB engine.
 */
interface Options {
  readonly shuffles: number;
  readonly minutes: number;
  readonly hands: number;
}

const positive = (text: string): number => {
  const read = Number(text);
  if (!(read > 0)) throw new InvalidArgumentError('Give a number above 0.');
  return read;
};

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

interface Tally {
  done: number;
  same: number;
  ms: number;
}

/** Shuffles one after the other until all are done, or until the time is up. */
const tally = async (
  shuffles: number,
  until: number,
  expected: string,
  sets: (seed: number) => string[] | Promise<string[]>,
): Promise<Tally> => {
  const begun = Date.now();
  let [done, same] = [0, 0];
  while (done < shuffles && (done === 0 || Date.now() < until)) {
    done += 1;
    if ((await sets(done)).join('\n') === expected) same += 1;
    else console.error(`  not the same: shuffle ${done}`);
  }
  return { done, same, ms: Date.now() - begun };
};

const main = async ({ shuffles, minutes, hands }: Options): Promise<void> => {
  const end = Date.now() + minutes * 60_000;
  const files = FILES.filter(isThere);
  for (const name of FILES) if (!isThere(name)) console.error(`real records not found, skipped: ${name}`);
  console.log(
    '| file | records | member sets | rules alone: shuffles the same | s | through the store: shuffles the same | s | events/s |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
  let wrong = 0;
  for (const [at, name] of files.entries()) {
    const all = recordsOf(name);
    const expected = whole(all.map(({ seen }) => seen));
    const text = expected.join('\n');
    const known = all.map(({ seen }) => placed(seen));
    const alone = await tally(shuffles, Number.POSITIVE_INFINITY, text, (seed) => oneByOne(shuffled(known, seed)));
    const until = Date.now() + (end - Date.now()) / (files.length - at);
    const stored = await tally(shuffles, until, text, (seed) => through(all, seed, hands));
    wrong += alone.done - alone.same + stored.done - stored.same;
    const rate = Math.round((1.1 * all.length * stored.done * 1000) / stored.ms);
    console.log(
      `| ${name} | ${all.length} | ${expected.length} | ${alone.same} of ${alone.done} | ${seconds(alone.ms)} | ${stored.same} of ${stored.done} | ${seconds(stored.ms)} | ${rate} |`,
    );
  }
  process.exitCode = wrong > 0 ? 1 : 0;
};

await new Command('shuffles')
  .description('Fusion is free of order on real records: random orders, duplicates and ingesters at once give the same member sets.')
  .option('--shuffles <n>', 'random orders of each file', positive, 100)
  .option('--minutes <n>', 'at most so long in all; each file gets its share of what is left', positive, 10)
  .option('--hands <n>', 'ingesters at once', positive, 8)
  .action(main)
  .parseAsync();
