import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { StreamRecord, TableDefinition } from '../../../../../local/engines/dynamodb/engine.ts';
import { asInAws, comparableRecords, engineOutcome, type Outcome, oracleOutcome } from './comparable.ts';
import type { Dynoxide } from './dynoxide.ts';
import { type Fixture, fixture, JOURNAL, SHIFTS, UNITS } from './fixture.ts';
import { type RandomCall, randomCall } from './random-operations.ts';

/** A call to which the two answered differently. */
export interface Difference {
  readonly round: number;
  readonly call: RandomCall;
  readonly ours: unknown;
  readonly theirs: unknown;
}

export interface DifferentialOptions {
  readonly operations: number;
  readonly seed: number;
  readonly oracle: Dynoxide;
  /** How many differences to look for before it stops. */
  readonly most?: number;
  readonly progress?: (done: number) => void;
}

const CALLS = 100;
const TABLES = [JOURNAL, UNITS, SHIFTS];
const NAMES = [...TABLES.map(({ TableName }) => TableName), 'fresh'];
/** Rounds that are under way at once: the oracle is asked over a socket. */
const ABREAST = 4;

const sortedLists = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((element) => JSON.stringify(element)).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, sortedLists(child)]));
};

/** Batches, scans and indexes without a sort key have no order. */
const comparable = ({ operation, input }: RandomCall, outcome: Outcome): unknown =>
  operation === 'Scan' || operation === 'BatchGetItem' || ['byName', 'byKind'].includes(String(input['IndexName']))
    ? sortedLists(outcome)
    : outcome;

/** Each round has tables of its own: names get the round's number. */
const renamed = <T>(value: T, round: number): T => {
  let text = JSON.stringify(value);
  for (const name of NAMES) text = text.replaceAll(`"${name}"`, `"${name}-${round}"`);
  for (const token of ['t1', 't2']) text = text.replaceAll(`"ClientRequestToken":"${token}"`, `"ClientRequestToken":"${token}-${round}"`);
  return JSON.parse(text) as T;
};

interface Pair {
  readonly round: number;
  readonly ours: Fixture;
  readonly oracle: Dynoxide;
}

const compareCall = async ({ round, ours: { call }, oracle }: Pair, one: RandomCall): Promise<Difference[]> => {
  const { operation, input } = one;
  const mine = await engineOutcome(call(operation, input));
  const [ours, theirs] = asInAws(one, mine, oracleOutcome(await oracle.call(operation, input)));
  if (isDeepStrictEqual(comparable(one, ours), comparable(one, theirs)))
    return follow({ round, ours: { call } as Fixture, oracle }, one, mine);
  return [{ round, call: one, ours, theirs }];
};

/** A page that was not the last is gone on with, on both sides from the same key. */
const follow = async (pair: Pair, { operation, input }: RandomCall, outcome: Outcome): Promise<Difference[]> => {
  const key = 'ok' in outcome ? (outcome.ok as Record<string, unknown>)['LastEvaluatedKey'] : undefined;
  if (operation !== 'Query' || key === undefined) return [];
  return compareCall(pair, { operation, input: { ...input, ExclusiveStartKey: key } });
};

const oracleRecords = async (oracle: Dynoxide, TableName: string): Promise<unknown[]> => {
  const answer = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const given = await oracle.streams(operation, input);
    if (!('ok' in given)) throw new Error(`dynoxide refused ${operation}: ${given.message}`);
    return given.ok;
  };
  const { Streams } = (await answer('ListStreams', { TableName })) as { Streams: { StreamArn: string }[] };
  const StreamArn = Streams[0]?.StreamArn ?? '';
  const described = (await answer('DescribeStream', { StreamArn })) as { StreamDescription: { Shards: { ShardId: string }[] } };
  const ShardId = described.StreamDescription.Shards[0]?.ShardId ?? '';
  const from = await answer('GetShardIterator', { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
  return ((await answer('GetRecords', { ShardIterator: from['ShardIterator'] })) as { Records: unknown[] }).Records;
};

const compareStream = async ({ round, ours, oracle }: Pair, { TableName }: TableDefinition): Promise<Difference[]> => {
  const mine = comparableRecords(ours.engine.readStream(TableName, 0, 1000));
  const theirs = comparableRecords((await oracleRecords(oracle, TableName)) as StreamRecord[]);
  const at = mine.findIndex((record, place) => !isDeepStrictEqual(record, theirs[place]));
  if (at < 0 && mine.length === theirs.length) return [];
  const call = { operation: 'GetRecords', input: { TableName, at, counts: [mine.length, theirs.length] } };
  return [{ round, call, ours: mine[at], theirs: theirs[at] }];
};

/** One round: random calls to both, then everything both hold. */
const playRound = async (oracle: Dynoxide, round: number, calls: readonly RandomCall[]): Promise<Difference[]> => {
  const definitions = TABLES.map((table) => renamed(table, round));
  const pair: Pair = { round, ours: fixture(...definitions), oracle };
  const differences: Difference[] = [];
  for (const { TimeToLiveSpecification: _, ...definition } of definitions) await oracle.call('CreateTable', definition);
  for (const one of calls) differences.push(...(await compareCall(pair, renamed(one, round))));
  for (const { TableName } of definitions) differences.push(...(await compareCall(pair, { operation: 'Scan', input: { TableName } })));
  for (const table of definitions.filter(({ StreamSpecification }) => StreamSpecification)) {
    differences.push(...(await compareStream(pair, table)));
  }
  for (const name of NAMES) await oracle.call('DeleteTable', { TableName: `${name}-${round}` });
  return differences;
};

/** Makes so many random calls to the engine and to the oracle, and answers where they differ. */
export const compareWithOracle = async ({ operations, seed, oracle, most = 20, progress }: DifferentialOptions): Promise<Difference[]> => {
  const found: Difference[] = [];
  const calls = fc.array(randomCall, { minLength: CALLS, maxLength: CALLS, size: 'max' });
  const rounds = Math.ceil(operations / CALLS);
  for (let round = 0; round < rounds && found.length < most; round += ABREAST) {
    const abreast = Math.min(ABREAST, rounds - round);
    const sample = fc.sample(calls, { seed: seed + round, numRuns: abreast });
    const differences = await Promise.all(sample.map((one, at) => playRound(oracle, round + at, one)));
    found.push(...differences.flat());
    progress?.((round + abreast) * CALLS);
  }
  return found;
};
