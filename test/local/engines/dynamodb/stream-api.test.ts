import { describe, expect, it } from 'vitest';
import { type Fixture, fixture, key } from './support/fixture.ts';

const T = { TableName: 'journal' };

interface Page {
  readonly Records: readonly { readonly eventName: string; readonly dynamodb: Record<string, unknown> }[];
  readonly NextShardIterator: string;
}

const streaming = (running: Fixture) => {
  const { engine } = running;
  const call = (operation: string, input: Record<string, unknown>) => engine.streams(operation, input);
  const StreamArn = engine.streamArn('journal');
  const iterator = async (ShardIteratorType: string, SequenceNumber?: string): Promise<string> => {
    const { StreamDescription } = (await call('DescribeStream', { StreamArn })) as {
      StreamDescription: { Shards: { ShardId: string }[] };
    };
    const ShardId = StreamDescription.Shards[0]?.ShardId;
    return (await call('GetShardIterator', { StreamArn, ShardId, ShardIteratorType, SequenceNumber }))['ShardIterator'] as string;
  };
  const records = async (ShardIterator: string, Limit?: number) => (await call('GetRecords', { ShardIterator, Limit })) as unknown as Page;
  const put = (sk: string, more: object = {}) => running.call('PutItem', { ...T, Item: { ...key('p', sk), ...more } });
  const keysIn = ({ Records }: Page) => Records.map(({ dynamodb }) => (dynamodb['Keys'] as ReturnType<typeof key>).sk.S);
  return { call, StreamArn, iterator, records, put, keysIn };
};

describe('DynamoDB Streams', () => {
  it('lists and describes the streams of tables that have one', async () => {
    const { call, StreamArn } = streaming(fixture());
    const listed = { StreamArn, TableName: 'journal', StreamLabel: StreamArn.slice(StreamArn.lastIndexOf('/') + 1) };
    expect(await call('ListStreams', {})).toEqual({ Streams: [listed] });
    expect(await call('ListStreams', { TableName: 'units' })).toEqual({ Streams: [] });
    expect(await call('DescribeStream', { StreamArn })).toMatchObject({
      StreamDescription: { StreamStatus: 'ENABLED', StreamViewType: 'NEW_AND_OLD_IMAGES', Shards: [{}] },
    });
  });

  it('reads from the trim horizon on, page by page, and waits at the end', async () => {
    const { iterator, records, put, keysIn } = streaming(fixture());
    for (const sk of ['1', '2', '3']) await put(sk);
    const first = await records(await iterator('TRIM_HORIZON'), 2);
    const second = await records(first.NextShardIterator);
    expect([keysIn(first), keysIn(second)]).toEqual([['1', '2'], ['3']]);
    const end = await records(second.NextShardIterator);
    await put('4');
    expect(keysIn(await records(end.NextShardIterator))).toEqual(['4']);
  });

  it('reads from LATEST only what comes after', async () => {
    const { iterator, records, put, keysIn } = streaming(fixture());
    await put('1');
    const latest = await iterator('LATEST');
    await put('2');
    expect(keysIn(await records(latest))).toEqual(['2']);
  });

  it('reads at and after a sequence number', async () => {
    const { iterator, records, put, keysIn } = streaming(fixture());
    for (const sk of ['1', '2', '3']) await put(sk);
    const { Records } = await records(await iterator('TRIM_HORIZON'));
    const second = String(Records[1]?.dynamodb['SequenceNumber']);
    expect(keysIn(await records(await iterator('AT_SEQUENCE_NUMBER', second)))).toEqual(['2', '3']);
    expect(keysIn(await records(await iterator('AFTER_SEQUENCE_NUMBER', second)))).toEqual(['3']);
  });

  it('gives binary as bytes, and no ARN: that is what Lambda adds', async () => {
    const { iterator, records, put } = streaming(fixture());
    await put('1', { b: { B: 'AQ==' } });
    const { Records } = await records(await iterator('TRIM_HORIZON'));
    const b = (Records[0]?.dynamodb['NewImage'] as { b: { B: unknown } } | undefined)?.b;
    expect([b?.B instanceof Uint8Array, JSON.stringify(b)]).toEqual([true, '{"B":"AQ=="}']);
    expect(Records[0]).not.toHaveProperty('eventSourceARN');
  });

  it('refuses what was trimmed, an iterator of a quarter of an hour ago, and one of nobody', async () => {
    const running = fixture();
    const { iterator, records, put } = streaming(running);
    const early = await iterator('TRIM_HORIZON');
    await put('1');
    running.engine.trimStream('journal', 1);
    await expect(records(early)).rejects.toMatchObject({ name: 'TrimmedDataAccessException' });
    const old = await iterator('LATEST');
    await running.scheduler.run(running.scheduler.now() + 16 * 60_000);
    await expect(records(old)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
    await expect(records('junk')).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('does not answer for DynamoDB itself', async () => {
    await expect(fixture().engine.streams('GetItem', {})).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });
});
