import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asInAws, engineOutcome, type Outcome, oracleOutcome } from './support/comparable.ts';
import { type Dynoxide, dynoxideMissing, startDynoxide } from './support/dynoxide.ts';
import { fixture, JOURNAL, UNITS } from './support/fixture.ts';
import { type RandomCall, randomCall } from './support/random-operations.ts';

const missing = dynoxideMissing();
if (missing) console.warn(`The DynamoDB engine is not compared with dynoxide: ${missing}`);

const ROUNDS = Number(process.env['DYNOXIDE_ROUNDS'] ?? 20);
const CALLS = 100;

const sortedLists = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((element) => JSON.stringify(element)).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, sortedLists(child)]));
};

/** Batches, scans and indexes without a sort key have no order. */
const comparable = ({ operation, input }: RandomCall, outcome: Outcome): unknown =>
  operation === 'Scan' || operation === 'BatchGetItem' || input['IndexName'] === 'byName' ? sortedLists(outcome) : outcome;

describe.skipIf(missing !== undefined)('against dynoxide', () => {
  let oracle: Dynoxide;
  let run = 0;
  beforeAll(async () => {
    oracle = await startDynoxide();
  });
  afterAll(() => oracle.stop());

  const renamed = <T>(value: T, suffix: string): T =>
    JSON.parse(JSON.stringify(value).replaceAll('"journal"', `"journal${suffix}"`).replaceAll('"units"', `"units${suffix}"`)) as T;

  const compareAll = async (calls: readonly RandomCall[]): Promise<void> => {
    run += 1;
    const suffix = `-${run}`;
    const { call } = fixture(renamed(JOURNAL, suffix), renamed(UNITS, suffix));
    for (const table of [JOURNAL, UNITS]) {
      const { TimeToLiveSpecification: _, ...definition } = renamed(table, suffix);
      await oracle.call('CreateTable', definition);
    }
    const compare = async (one: RandomCall): Promise<void> => {
      const { operation, input } = one;
      const ours = await engineOutcome(call(operation, input));
      const theirs = asInAws(operation, input, oracleOutcome(await oracle.call(operation, input)), ours);
      expect({ ...one, answer: comparable(one, ours) }).toEqual({ ...one, answer: comparable(one, theirs) });
    };
    for (const one of renamed(calls, suffix)) await compare(one);
    for (const table of ['journal', 'units']) await compare({ operation: 'Scan', input: { TableName: `${table}${suffix}` } });
  };

  it('answers 2,000 random calls over two tables as dynoxide does, and holds the same items after them', { timeout: 120_000 }, async () => {
    const seed = Number(process.env['DYNOXIDE_SEED'] ?? 20260101);
    const rounds = fc.sample(fc.array(randomCall, { minLength: CALLS, maxLength: CALLS, size: 'max' }), { seed, numRuns: ROUNDS });
    for (const calls of rounds) await compareAll(calls);
  });
});
