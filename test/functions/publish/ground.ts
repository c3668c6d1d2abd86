import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { Frame } from '../../../shared/contracts/channel.ts';
import { JournalEntry } from '../../../shared/contracts/journal.ts';
import type { Channel } from '../../../shared/contracts/vocabulary.ts';
import { dynamoDb } from '../../../shared/lambda/clients.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import { channelsStore } from '../../../shared/stores/channels.ts';
import { connectionsStore } from '../../../shared/stores/connections.ts';
import { rooms } from '../../support/rooms.ts';

export const ENDPOINT = 'https://ws.execute-api.us-east-1.amazonaws.com';

/** Rooms, and a management API of connections that remembers what each was sent. `trouble` makes one connection's calls fail with an error of that name. */
export const sockets = (chance: Parameters<typeof rooms>[0] = {}) => {
  const ground = rooms(chance);
  const sent: { id: string; channel: string; word: Frame & Record<string, unknown> }[] = [];
  const hungUp: string[] = [];
  const trouble = new Map<string, string>();
  const lines: Record<string, unknown>[] = [];
  const note = (_message: string, fields: Record<string, unknown>): void => {
    lines.push(fields);
  };
  const manage = (stage: string, operation: string, input: unknown): object => {
    const { ConnectionId: id, Data } = input as { ConnectionId: string; Data?: Uint8Array };
    const name = trouble.get(id);
    if (name) throw Object.assign(new Error('planned'), { name });
    if (operation === 'DeleteConnection') hungUp.push(id);
    else sent.push({ id, channel: stage, word: JSON.parse(Buffer.from(Data ?? []).toString('utf8')) });
    return {};
  };
  const runtime: Runtime = {
    ...ground.runtime,
    env: {
      ...ground.runtime.env,
      WEBSOCKET_ENDPOINT: ENDPOINT,
      ISSUER: 'https://issuer.test',
      AUDIENCE: 'swoe-console',
      USAGE_KEYS: 'swoe-usage',
    },
    log: { info: note, warn: note, error: note },
    aws: async (service, operation, input) => {
      const stage = service.startsWith('execute-api ') ? service.slice(`execute-api ${ENDPOINT}/`.length) : undefined;
      if (stage) return manage(stage, operation, input);
      return (await ground.runtime.aws?.(service, operation, input)) ?? {};
    },
  };
  const client = dynamoDb(runtime);
  const connections = connectionsStore(client, 'connections');
  const now = (): number => runtime.clock.now();
  return {
    ...ground,
    runtime,
    client,
    connections,
    channels: channelsStore(client, 'channels'),
    sent,
    hungUp,
    trouble,
    lines,
    now,
    framesTo: (id: string): Frame[] => sent.filter((push) => push.id === id).map(({ word }) => word),
    /** A dispatcher who has listened for a minute and whose token is good for an hour. */
    listen: (channel: Channel, id: string, more: object = {}) =>
      connections.add({
        id,
        channel,
        sub: 'ada',
        roles: ['dispatcher'],
        agency: 'rbpd',
        expiresAt: now() + 3_600_000,
        connectedAt: now() - 60_000,
        ...more,
      }),
  };
};

export const entry = (
  stream: string,
  seq: number,
  kind: JournalEntry['kind'],
  data: object = {},
  more: Partial<JournalEntry> = {},
): JournalEntry =>
  JournalEntry.parse({ stream, seq, kind, actor: 'system/test', at: '2026-11-22T17:00:00.000Z', prev: '0', hash: '1', data, ...more });

/** Entries as the journal's stream delivers them. */
export const streamed = (...entries: JournalEntry[]): DynamoDBStreamEvent => ({
  Records: entries.map((item) => ({
    eventName: 'INSERT',
    dynamodb: {
      NewImage: marshall({ ...item, pk: item.stream, sk: String(item.seq), day: '2026-11-22' }, { removeUndefinedValues: true }) as never,
    },
  })),
});
