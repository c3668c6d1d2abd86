import { AwsError } from '../../../kernel/aws-error.ts';
import type { Context } from '../context.ts';
import { constraint, invalid } from '../faults.ts';
import { type Input, integer, type Output, text } from '../input.ts';
import type { Stream, StreamRecord } from '../tables/stream.ts';
import type { Table } from '../tables/table.ts';
import { itemWithBytes } from '../values/binary.ts';
import { hasBinary } from '../values/size.ts';

/** A stream here is one shard that never ends. */
const SHARD = 'shardId-00000001767225600000-00000001';
const MOST_STREAMS = 100;
const MOST_RECORDS = 1000;
const ITERATOR_LIVES_MS = 15 * 60_000;

interface Streamed {
  readonly table: Table;
  readonly stream: Stream;
}

const streams = ({ store }: Context): Streamed[] =>
  [...store.catalogue.all()].flatMap((table) => (table.stream ? [{ table, stream: table.stream }] : []));

const byArn = (context: Context, arn: string): Streamed => {
  const found = streams(context).find(({ stream }) => stream.arn === arn);
  if (!found) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
  return found;
};

const limitIn = (input: Input, most: number): number => {
  const limit = integer(input, 'Limit') ?? most;
  if (limit < 1) throw constraint(limit, 'limit', 'Member must have value greater than or equal to 1');
  if (limit > most) throw constraint(limit, 'limit', `Member must have value less than or equal to ${most}`);
  return limit;
};

export const listStreams = (context: Context, input: Input): Output => {
  const wanted = text(input, 'TableName');
  const after = text(input, 'ExclusiveStartStreamArn');
  const all = streams(context)
    .filter(({ table }) => wanted === undefined || table.name === wanted)
    .sort((a, b) => (a.stream.arn < b.stream.arn ? -1 : 1))
    .filter(({ stream }) => after === undefined || stream.arn > after);
  const page = all.slice(0, limitIn(input, MOST_STREAMS));
  return {
    Streams: page.map(({ table, stream }) => ({ StreamArn: stream.arn, TableName: table.name, StreamLabel: stream.label })),
    ...(page.length < all.length ? { LastEvaluatedStreamArn: page.at(-1)?.stream.arn } : {}),
  };
};

export const describeStream = (context: Context, input: Input): Output => {
  limitIn(input, MOST_STREAMS);
  const { table, stream } = byArn(context, text(input, 'StreamArn') ?? '');
  const shard = { ShardId: SHARD, SequenceNumberRange: { StartingSequenceNumber: stream.numberOf(1) } };
  return {
    StreamDescription: {
      StreamArn: stream.arn,
      StreamLabel: stream.label,
      StreamStatus: 'ENABLED',
      StreamViewType: stream.view,
      CreationRequestDateTime: (table.birth.streamedAt ?? table.birth.createdAt) / 1000,
      TableName: table.name,
      KeySchema: table.definition.KeySchema,
      Shards: text(input, 'ExclusiveStartShardId') === SHARD ? [] : [shard],
    },
  };
};

const trimmedAway = () =>
  new AwsError(
    'TrimmedDataAccessException',
    'The operation attempted to read past the oldest stream record in a shard: it was consumed, or is older than a day',
  );

/** The sequence number behind which reading begins. */
const positionOf = ({ stream }: Streamed, input: Input): number => {
  const type = text(input, 'ShardIteratorType');
  if (type === 'TRIM_HORIZON') return stream.trimmed;
  if (type === 'LATEST') return stream.last;
  const sequence = text(input, 'SequenceNumber');
  if (sequence === undefined) throw invalid(`SequenceNumber must be specified when ShardIteratorType is ${type}`);
  if (!/^\d{21,40}$/.test(sequence)) throw invalid(`Invalid SequenceNumber: ${sequence}`);
  const position = Number(sequence) - (type === 'AT_SEQUENCE_NUMBER' ? 1 : 0);
  if (position < stream.trimmed) throw trimmedAway();
  return position;
};

const iteratorOf = (arn: string, position: number, now: number): string =>
  `${arn}|1|${Buffer.from(JSON.stringify([position, now])).toString('base64')}`;

export const getShardIterator = (context: Context, input: Input): Output => {
  const streamed = byArn(context, text(input, 'StreamArn') ?? '');
  const shard = text(input, 'ShardId') ?? '';
  if (shard !== SHARD) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Shard does not exist: ${shard}`);
  return { ShardIterator: iteratorOf(streamed.stream.arn, positionOf(streamed, input), context.store.now()) };
};

const readIterator = (iterator: string): readonly [arn: string, position: number, since: number] => {
  const [arn = '', version, state = ''] = iterator.split('|');
  try {
    if (version !== '1') throw invalid('version');
    const [position, since] = JSON.parse(Buffer.from(state, 'base64').toString()) as [number, number];
    return [arn, position, since];
  } catch {
    throw invalid('Invalid ShardIterator');
  }
};

/** A record as the API gives it: without the ARN that Lambda adds, binary as bytes. */
const outward = ({ eventSourceARN: _, dynamodb, ...record }: StreamRecord): Output => {
  const bytes = Object.entries(dynamodb).map(([name, value]) => [
    name,
    typeof value === 'object' && hasBinary(value) ? itemWithBytes(value) : value,
  ]);
  return { ...record, dynamodb: Object.fromEntries(bytes) };
};

export const getRecords = (context: Context, input: Input): Output => {
  const [arn, position, since] = readIterator(text(input, 'ShardIterator') ?? '');
  const { stream } = byArn(context, arn);
  const now = context.store.now();
  if (now - since > ITERATOR_LIVES_MS) throw new AwsError('ExpiredIteratorException', 'Iterator expired: ask for a new one');
  if (position < stream.trimmed) throw trimmedAway();
  const records = stream.read(position, limitIn(input, MOST_RECORDS));
  return { Records: records.map(outward), NextShardIterator: iteratorOf(arn, position + records.length, now) };
};
