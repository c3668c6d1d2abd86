import { describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../../../local/engines/dynamodb/engine.ts';
import { fixture, JOURNAL, key } from './support/fixture.ts';

const T = { TableName: 'journal' };
const changes = (records: readonly StreamRecord[]) =>
  records.map(({ eventName, dynamodb }) => [eventName, Number(dynamodb.SequenceNumber)]);

describe('streams', () => {
  it('records have the shape of the Lambda event source', async () => {
    const { call, engine, scheduler } = fixture();
    await call('PutItem', { ...T, Item: { ...key('p', '1'), b: { B: new Uint8Array([1]) } } });
    const [record] = engine.readStream('journal', 0, 10);
    expect(record).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: engine.streamArn('journal'),
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(scheduler.now() / 1000),
        Keys: key('p', '1'),
        NewImage: { ...key('p', '1'), b: { B: 'AQ==' } },
        SequenceNumber: '000000000000000000001',
        SizeBytes: 6 + 8,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(engine.streamArn('journal')).toMatch(/^arn:aws:dynamodb:us-east-1:000000000000:table\/journal\/stream\//);
  });

  it('insert, modify and remove follow each other; what changes nothing leaves no record', async () => {
    const { call, engine } = fixture();
    const put = (n: string) => call('PutItem', { ...T, Item: { ...key('p', '1'), n: { N: n } } });
    await put('1');
    await put('1.0');
    await put('2');
    await call('DeleteItem', { ...T, Key: key('p', '1') });
    await call('DeleteItem', { ...T, Key: key('p', '1') });
    const records = engine.readStream('journal', 0, 10);
    expect(changes(records)).toEqual([
      ['INSERT', 1],
      ['MODIFY', 2],
      ['REMOVE', 3],
    ]);
    expect(records[1]?.dynamodb).toMatchObject({ OldImage: { n: { N: '1' } }, NewImage: { n: { N: '2' } } });
    expect(records[2]?.dynamodb).not.toHaveProperty('NewImage');
  });

  it.each([
    ['NEW_IMAGE', true, false],
    ['OLD_IMAGE', false, true],
    ['KEYS_ONLY', false, false],
  ])('%s carries only its images', async (StreamViewType, isNew, isOld) => {
    const { call, engine } = fixture({ ...JOURNAL, StreamSpecification: { StreamViewType } });
    await call('PutItem', { ...T, Item: key('p', '1') });
    await call('PutItem', { ...T, Item: { ...key('p', '1'), n: { N: '1' } } });
    const { dynamodb } = engine.readStream('journal', 1, 1)[0] as StreamRecord;
    expect(['NewImage' in dynamodb, 'OldImage' in dynamodb]).toEqual([isNew, isOld]);
  });

  it('are read from a sequence number on, trimmed, and numbered on after it', async () => {
    const { call, engine } = fixture();
    for (const sk of ['1', '2', '3']) await call('PutItem', { ...T, Item: key('p', sk) });
    expect(changes(engine.readStream('journal', 1, 1))).toEqual([['INSERT', 2]]);
    engine.trimStream('journal', 2);
    expect(changes(engine.readStream('journal', 0, 10))).toEqual([['INSERT', 3]]);
    await call('PutItem', { ...T, Item: key('p', '4') });
    expect(changes(engine.readStream('journal', 3, 10))).toEqual([['INSERT', 4]]);
    engine.trimStream('journal', 99);
    expect(engine.readStream('journal', 0, 10)).toEqual([]);
  });

  it('forgets what is a day older than its newest record', async () => {
    const { call, engine, scheduler } = fixture();
    const start = scheduler.now();
    for (const [sk, hours] of [
      ['1', 0],
      ['2', 1],
      ['3', 24],
    ] as const) {
      await scheduler.run(start + hours * 3600_000);
      await call('PutItem', { ...T, Item: key('p', sk) });
    }
    expect(changes(engine.readStream('journal', 0, 10))).toEqual([
      ['INSERT', 2],
      ['INSERT', 3],
    ]);
  });

  it('listeners hear of new records in the same turn, once for each transaction', async () => {
    const { call, engine } = fixture();
    const heard: number[] = [];
    const leave = engine.onStream('journal', () => heard.push(engine.readStream('journal', 0, 10).length));
    const transaction = call('TransactWriteItems', { TransactItems: ['1', '2'].map((sk) => ({ Put: { ...T, Item: key('p', sk) } })) });
    expect(heard).toEqual([2]);
    await transaction;
    leave();
    await call('PutItem', { ...T, Item: key('p', '3') });
    expect(heard).toEqual([2]);
  });

  it('a table without a stream has none', () => {
    const { engine } = fixture();
    expect(() => engine.onStream('units', () => {})).toThrow('Requested resource not found');
    expect(engine.readStream('units', 0, 1)).toEqual([]);
  });
});

describe('time to live', () => {
  const seconds = (ms: number) => ({ N: String(ms / 1000) });

  it('items go within a minute of their date, with a REMOVE record that says so', async () => {
    const { call, engine, scheduler } = fixture();
    const start = scheduler.now();
    await call('PutItem', { ...T, Item: { ...key('p', 'soon'), ttl: seconds(start + 90_000) } });
    await call('PutItem', { ...T, Item: { ...key('p', 'later'), ttl: seconds(start + 600_000) } });
    await call('PutItem', { ...T, Item: { ...key('p', 'never'), ttl: { S: 'soon' } } });
    await scheduler.run(start + 89_000);
    expect(await call('Scan', { ...T, Select: 'COUNT' })).toMatchObject({ Count: 3 });
    await scheduler.run(start + 150_000);
    expect(await call('GetItem', { ...T, Key: key('p', 'soon') })).toEqual({});
    expect(engine.readStream('journal', 3, 10)).toMatchObject([
      {
        eventName: 'REMOVE',
        userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
        dynamodb: { Keys: key('p', 'soon') },
      },
    ]);
    await scheduler.run();
    expect(await call('Scan', { ...T, Select: 'COUNT' })).toMatchObject({ Count: 1 });
    expect(scheduler.waiting()).toBe(0);
  });

  it('a date that was moved counts from where it was moved to', async () => {
    const { call, engine, scheduler } = fixture();
    const start = scheduler.now();
    await call('PutItem', { ...T, Item: { ...key('p', '1'), ttl: seconds(start + 60_000) } });
    await call('PutItem', { ...T, Item: { ...key('p', '1'), ttl: seconds(start + 900_000) } });
    await scheduler.run(start + 300_000);
    engine.expire();
    expect(await call('GetItem', { ...T, Key: key('p', '1') })).toHaveProperty('Item');
    await scheduler.run(start + 960_000);
    expect(await call('GetItem', { ...T, Key: key('p', '1') })).toEqual({});
  });

  it('goes on after a restart, and a date over five years past is left alone', async () => {
    const before = fixture();
    const start = before.scheduler.now();
    await before.call('PutItem', { ...T, Item: { ...key('p', '1'), ttl: seconds(start + 60_000) } });
    await before.call('PutItem', { ...T, Item: { ...key('p', 'old'), ttl: { N: '1000' } } });
    const after = fixture();
    for (const record of before.records) after.engine.replay(record);
    expect(after.scheduler.waiting()).toBe(0);
    after.engine.resume();
    await after.scheduler.run();
    expect(await after.call('Scan', T)).toMatchObject({ Items: [key('p', 'old')] });
  });
});
