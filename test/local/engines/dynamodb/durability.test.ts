import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixture, key } from './support/fixture.ts';
import { randomCall } from './support/random-operations.ts';

const T = { TableName: 'journal' };
const stateOf = async ({ call, engine }: ReturnType<typeof fixture>): Promise<unknown> => ({
  journal: await call('Scan', { TableName: 'journal' }),
  byDay: await call('Scan', { TableName: 'journal', IndexName: 'byDay' }),
  units: await call('Scan', { TableName: 'units' }),
  byName: await call('Scan', { TableName: 'units', IndexName: 'byName' }),
  stream: engine.readStream('journal', 0, 10_000),
});

describe('the log', () => {
  it('replay of the records gives the same items, indexes and stream', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomCall, { maxLength: 60, size: 'max' }), fc.nat(20), async (calls, trimmed) => {
        const before = fixture();
        for (const { operation, input } of calls) await before.call(operation, structuredClone(input)).catch(() => undefined);
        before.engine.trimStream('journal', trimmed);
        const after = fixture();
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
