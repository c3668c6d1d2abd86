import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixture, JOURNAL, key, SHIFTS, UNITS } from './support/fixture.ts';
import { randomCall } from './support/random-operations.ts';

const T = { TableName: 'journal' };
const stateOf = async ({ call, engine }: ReturnType<typeof fixture>): Promise<unknown> => ({
  journal: await call('Scan', { TableName: 'journal' }),
  byDay: await call('Scan', { TableName: 'journal', IndexName: 'byDay' }),
  units: await call('Scan', { TableName: 'units' }),
  shifts: await call('Scan', { TableName: 'shifts' }),
  byScore: await call('Scan', { TableName: 'shifts', IndexName: 'byScore' }),
  fresh: await call('Scan', { TableName: 'fresh' }).catch((error: Error) => error.message),
  tables: await call('ListTables', {}),
  described: await call('DescribeTable', { TableName: 'units' }),
  byName: await call('Scan', { TableName: 'units', IndexName: 'byName' }),
  stream: engine.readStream('journal', 0, 10_000),
  newImages: engine.readStream('shifts', 0, 10_000),
});

const all = () => fixture(JOURNAL, UNITS, SHIFTS);

type Fixture = ReturnType<typeof fixture>;
const calls = fc.array(randomCall, { maxLength: 60, size: 'max' });

const make = async ({ call }: Fixture, wanted: readonly { operation: string; input: Record<string, unknown> }[]): Promise<unknown[]> => {
  const answers: unknown[] = [];
  for (const { operation, input } of wanted) {
    const answer = call(operation, structuredClone(input));
    answers.push(
      await answer.catch((error: Error & { CancellationReasons?: unknown }) => [error.name, error.message, error.CancellationReasons]),
    );
  }
  return answers;
};

const onDisk = (records: Iterable<unknown>): unknown[] => JSON.parse(JSON.stringify([...records]));

const restarted = (...records: readonly unknown[]): Fixture => {
  const after = all();
  for (const record of records) after.engine.replay(record);
  after.engine.resume();
  return after;
};

describe('a snapshot', () => {
  const scenario = fc.record({ before: calls, later: calls, trimmed: fc.nat(20) });

  it('replayed gives the same items, indexes, stream and answers, and so does what was written after it', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ before, later, trimmed }) => {
        const running = all();
        await make(running, before);
        running.engine.trimStream('journal', trimmed);
        const snapshot = running.engine.snapshot();
        const written = running.records.length;
        const again = restarted(...onDisk(snapshot));
        expect(await stateOf(again)).toEqual(await stateOf(running));
        expect(await make(again, later)).toEqual(await make(running, later));
        expect(await stateOf(again)).toEqual(await stateOf(running));
        expect(await stateOf(restarted(...onDisk(snapshot), ...running.records.slice(written)))).toEqual(await stateOf(running));
      }),
      { numRuns: 30, seed: 11 },
    );
  });

  it('remembers the tokens of ten minutes, and no older ones', async () => {
    const running = fixture();
    const transaction = (sk: string, ClientRequestToken: string) => ({
      TransactItems: [{ Put: { ...T, Item: key('p', sk) } }],
      ClientRequestToken,
    });
    await running.call('TransactWriteItems', transaction('1', 'old'));
    await running.scheduler.run(running.scheduler.now() + 10 * 60_000);
    await running.call('TransactWriteItems', transaction('2', 'new'));
    const kept = onDisk(running.engine.snapshot());
    expect(kept.filter((record) => (record as { keep?: string }).keep === 'token')).toMatchObject([{ token: 'new' }]);
    const again = restarted(...kept);
    expect(await again.refused('TransactWriteItems', transaction('3', 'new'))).toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
  });

  it('takes a stream up at the number where it was trimmed', async () => {
    const running = fixture();
    for (const sk of ['1', '2', '3']) await running.call('PutItem', { ...T, Item: key('p', sk) });
    running.engine.trimStream('journal', 3);
    const again = restarted(...onDisk(running.engine.snapshot()));
    await again.call('PutItem', { ...T, Item: key('p', '4') });
    expect(again.engine.readStream('journal', 0, 9).map(({ dynamodb }) => Number(dynamodb.SequenceNumber))).toEqual([4]);
  });
});

describe('the log', () => {
  it('replay of the records gives the same items, indexes and stream', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomCall, { maxLength: 60, size: 'max' }), fc.nat(20), async (calls, trimmed) => {
        const before = all();
        for (const { operation, input } of calls) await before.call(operation, structuredClone(input)).catch(() => undefined);
        before.engine.trimStream('journal', trimmed);
        const after = all();
        for (const record of before.records) after.engine.replay(record);
        after.engine.resume();
        expect(await stateOf(after)).toEqual(await stateOf(before));
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('holds nothing for calls that read, fail or change nothing', async () => {
    const { call, refused, records } = fixture();
    await call('PutItem', { ...T, Item: { ...key('p', '1'), ss: { SS: ['a', 'b'] } } });
    await call('PutItem', { ...T, Item: { ...key('p', '1'), ss: { SS: ['b', 'a'] } } });
    await call('DeleteItem', { ...T, Key: key('p', '2') });
    await refused('PutItem', { ...T, Item: key('p', '1'), ConditionExpression: 'attribute_not_exists(pk)' });
    await call('Scan', T);
    expect(records).toHaveLength(1);
  });

  it('a write is answered when the log has it, a read does not wait', async () => {
    const { scheduler } = fixture();
    let release = (): void => {};
    const settled = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { createDynamoDb } = await import('../../../../local/engines/dynamodb/engine.ts');
    const { JOURNAL } = await import('./support/fixture.ts');
    const engine = createDynamoDb({
      scheduler,
      log: { write: () => {}, settled: () => settled },
      region: 'us-east-1',
      account: '0',
      meter: () => {},
    });
    engine.define(JOURNAL);
    let answered = false;
    const write = engine.serve('PutItem', { ...T, Item: key('p', '1') }).then(() => {
      answered = true;
    });
    expect(await engine.serve('GetItem', { ...T, Key: key('p', '1') })).toEqual({ Item: key('p', '1') });
    expect(answered).toBe(false);
    release();
    await write;
    expect(answered).toBe(true);
  });

  it('records of a table that is gone from the template are passed over', () => {
    const { engine } = fixture();
    engine.replay({ at: 0, writes: [{ table: 'gone', put: key('p', '1') }] });
    engine.replay({ trim: { table: 'gone', upTo: 1 } });
  });
});
