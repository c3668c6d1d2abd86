import { parseArgs } from 'node:util';
import { compareWithOracle, type Difference } from './support/differential.ts';
import { dynoxideMissing, startDynoxide } from './support/dynoxide.ts';

/** `npm run test:differential -- --operations 100000 [--seed 7] [--most 20]`: the test of dynoxide.test.ts, as long as you like. */
const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '20260101' },
    most: { type: 'string', default: '20' },
  },
});

const shown = ({ round, call, ours, theirs }: Difference): string =>
  [
    `round ${round}: ${call.operation} ${JSON.stringify(call.input)}`,
    `  ours   ${JSON.stringify(ours)}`,
    `  theirs ${JSON.stringify(theirs)}`,
  ].join('\n');

const main = async (): Promise<number> => {
  const missing = dynoxideMissing();
  if (missing) {
    console.log(`Nothing was compared: ${missing}`);
    return 0;
  }
  const oracle = await startDynoxide();
  const [operations, seed, most] = [Number(values.operations), Number(values.seed), Number(values.most)];
  const progress = (done: number): void => {
    if (done % 10_000 === 0) console.log(`${done} of ${operations} operations`);
  };
  const differences = await compareWithOracle({ operations, seed, oracle, most, progress });
  oracle.stop();
  for (const difference of differences) console.log(shown(difference));
  console.log(`${differences.length} differences in ${operations} random operations, seed ${seed}`);
  return differences.length > 0 ? 1 : 0;
};

process.exitCode = await main();
