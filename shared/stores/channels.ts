import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { Frame } from '../contracts/channel.ts';
import type { Ledger } from '../contracts/ledger.ts';
import { Channel } from '../contracts/vocabulary.ts';
import { addFigures, noFigures } from '../domain/figures.ts';
import { canonical, sha256 } from '../lambda/ids.ts';
import { addToHour, type HourCount } from './hours.ts';
import { streams } from './journal.ts';
import { type Item, table, ttl, type Write } from './table.ts';

const KEEP_MS = 7 * 24 * 3600 * 1000;

/** The ledger of one journal stream. `failedToStart` is kept apart so that matched = started + joined + refused + queued + failedToStart can be shown. */
export interface Counts extends Ledger {
  failedToStart: number;
}

/** How far a journal stream has been published: all entries up to and including `upTo`, and what they add up to. */
export interface Published {
  stream: string;
  upTo: number;
  counts: Counts;
}

/** Where publishing stands, as it was read; the conditions of the next commit come from it. */
export interface Position {
  streams: ReadonlyMap<string, Published>;
  /** The sequence number that each channel gives next. */
  next: Readonly<Record<Channel, number>>;
}

/** One commit of `publish`: the streams that move on, what their entries add to the ledger's hours, and the frames that they become. */
export interface Publication {
  streams: Published[];
  hours: HourCount[];
  frames: Frame[];
}

export const noCounts = (): Counts => ({ ...noFigures(), failedToStart: 0, completed: 0 });

const streamKey = (stream: string) => ({ pk: `STREAM#${stream}`, sk: 'LEDGER' });
const headKey = (channel: string) => ({ pk: `CHANNEL#${channel}`, sk: 'HEAD' });
const frameKey = (channel: string, from: number) => ({ pk: `CHANNEL#${channel}`, sk: `FROM#${String(from).padStart(12, '0')}` });
const LAST_FRAME = 'FROM#~';

const toPublished = (item: Item): Published => ({
  stream: String(item['pk']).slice('STREAM#'.length),
  upTo: Number(item['upTo']),
  counts: item['counts'] as Counts,
});
/** Messages say much the same ten times over: zipped, those of a batch take one write unit and not four. */
const zipped = (messages: Frame['messages']): Uint8Array => gzipSync(JSON.stringify(messages));
const unzipped = (bytes: Uint8Array): unknown => JSON.parse(gunzipSync(bytes).toString('utf8'));

/** A frame as its item keeps it. */
export const toFrame = ({ pk, messages, ...item }: Item): Frame =>
  Frame.parse({ ...item, messages: unzipped(messages as Uint8Array), channel: String(pk).slice('CHANNEL#'.length) });

/** True where a commit lost a race and may be tried again on what is stored now. */
const isContention = (error: unknown): boolean => {
  if (!(error instanceof Error) || error.name !== 'TransactionCanceledException') return false;
  const codes = ((error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
  return codes.every((code) => ['None', 'ConditionalCheckFailed', 'TransactionConflict'].includes(code));
};

/** The channels and the ledger: projections of the journal, each entry counted and told exactly once. */
export const channelsStore = (client: DynamoDBDocumentClient, name: string) => {
  const channels = table(client, name);

  /** A counter that moves on only from where it was read. */
  const advance = (item: Item & { pk: string; sk: string }, field: 'upTo' | 'next', was: number | undefined): Write => ({
    Put: {
      TableName: name,
      Item: item,
      ...(was === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#counter = :was',
            ExpressionAttributeNames: { '#counter': field },
            ExpressionAttributeValues: { ':was': was },
          }),
    },
  });

  const keep = ({ channel, from, to, messages }: Frame, now: number): Write =>
    channels.put({ ...frameKey(channel, from), from, to, messages: zipped(messages), ttl: ttl(now + KEEP_MS) });

  const writesOf = ({ streams, hours, frames }: Publication, position: Position, now: number): Write[] => {
    const next = new Map(frames.map((frame) => [frame.channel as Channel, frame.to + 1]));
    const heads = [...next].map(([channel, to]) => {
      const was = position.next[channel];
      return advance({ ...headKey(channel), next: to }, 'next', was === 1 ? undefined : was);
    });
    const ledgers = streams.map(({ stream, upTo, counts }) =>
      advance({ ...streamKey(stream), upTo, counts }, 'upTo', position.streams.get(stream)?.upTo),
    );
    return [...ledgers, ...heads, ...hours.map((hour) => addToHour(name, hour)), ...frames.map((frame) => keep(frame, now))];
  };

  /** The items of frames back from the one at `last`, newest first. */
  const back = (channel: Channel, last: string, limit: number): Promise<Item[]> =>
    channels.query({
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: { ':pk': headKey(channel).pk, ':first': frameKey(channel, 0).sk, ':last': last },
      ScanIndexForward: false,
      Limit: limit,
    });

  /** The frame that holds sequence number `seq`, else the first one after it. */
  const startOf = async (channel: Channel, seq: number): Promise<string> => {
    const [item] = await back(channel, frameKey(channel, seq).sk, 1);
    return item && Number(item['to']) >= seq ? String(item['sk']) : frameKey(channel, seq).sk;
  };

  return {
    /** Where these streams stand, and what these channels give next; another channel's number is not known by this. */
    position: async (streams: string[], told: readonly Channel[] = Channel.options): Promise<Position> => {
      const items = await channels.batchGet([...streams.map(streamKey), ...told.map(headKey)]);
      const heads = new Map(items.filter((item) => item['sk'] === 'HEAD').map((item) => [String(item['pk']), Number(item['next'])]));
      const next = (channel: Channel): number => heads.get(headKey(channel).pk) ?? 1;
      return {
        streams: new Map(items.filter((item) => item['sk'] === 'LEDGER').map((item) => [toPublished(item).stream, toPublished(item)])),
        next: { events: next('events'), 'workflow-status': next('workflow-status'), alerts: next('alerts') },
      };
    },

    /** All of it or nothing. False where somebody else moved on first: read the position again. */
    publish: async (publication: Publication, position: Position, now: number): Promise<boolean> => {
      const writes = writesOf(publication, position, now);
      const token = sha256(canonical([publication, [...position.streams.values()], position.next, now])).slice(0, 36);
      try {
        await client.send(new TransactWriteCommand({ TransactItems: writes, ClientRequestToken: token }));
        return true;
      } catch (error) {
        if (isContention(error)) return false;
        throw error;
      }
    },

    /** The sum over all journal streams. */
    counts: async (): Promise<Counts> => {
      const items = await channels.batchGet(streams.map(streamKey));
      return items.map((item) => toPublished(item).counts).reduce(addFigures, noCounts());
    },

    next: async (channel: Channel): Promise<number> => {
      const head = headKey(channel);
      return Number((await channels.get(head.pk, head.sk))?.['next'] ?? 1);
    },

    /** The newest frames, up to `limit`, newest first. */
    newest: async (channel: Channel, limit: number): Promise<Frame[]> => (await back(channel, LAST_FRAME, limit)).map(toFrame),

    /** Up to `limit` frames, in order, from the one that holds `seq` (else the first after it). */
    framesFrom: async (channel: Channel, seq: number, limit: number): Promise<Frame[]> =>
      (await channels.between(headKey(channel).pk, await startOf(channel, seq), LAST_FRAME, limit)).map(toFrame),
  };
};

export type ChannelsStore = ReturnType<typeof channelsStore>;
