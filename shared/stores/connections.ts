import { DeleteCommand, type DynamoDBDocumentClient, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Filter } from '../contracts/filter.ts';
import { Channel, Role } from '../contracts/vocabulary.ts';
import { canonical, sha256 } from '../lambda/ids.ts';
import { table, ttl, type Write } from './table.ts';

/** A ticket lives this long: enough to open one WebSocket. */
export const TICKET_MS = 30_000;

/** API Gateway ends a WebSocket after two hours, whatever it does. */
export const LONGEST_MS = 2 * 3_600_000;
/** And after ten minutes in which nothing was said on it. */
const IDLE_MS = 10 * 60_000;

/** Who is behind a token, a ticket or a connection. `issuedAt` and `expiresAt` are when the token they showed was given and ends (ms since the epoch); `tokenId` is its id. */
export const Person = z.object({
  sub: z.string(),
  roles: z.array(Role),
  agency: z.string(),
  expiresAt: z.number(),
  tokenId: z.string().optional(),
  issuedAt: z.number().optional(),
});
export type Person = z.infer<typeof Person>;

/** `connectedAt` is ms since the epoch. Without a filter, everything is wanted that may be seen. */
export const Connection = Person.extend({ id: z.string(), channel: Channel, connectedAt: z.number(), filter: Filter.optional() });
export type Connection = z.infer<typeof Connection>;

const Ticket = Person.extend({ channel: Channel, usableUntil: z.number() });

const channelPk = (channel: Channel): string => `CHANNEL#${channel}`;
const connectionPk = (id: string): string => `CONN#${id}`;
const ticketKey = (ticket: string) => ({ pk: `TICKET#${sha256(ticket)}`, sk: 'TICKET' });

/** Who listens to which channel, and the tickets that let a browser in. */
export const connectionsStore = (client: DynamoDBDocumentClient, name: string) => {
  const connections = table(client, name);
  const commit = async (writes: Write[]): Promise<void> => {
    const token = sha256(canonical(writes)).slice(0, 36);
    await client.send(new TransactWriteCommand({ TransactItems: writes, ClientRequestToken: token }));
  };

  return {
    /** Both rows go by themselves some time after the token or the connection must have ended: until then a push finds the socket and ends it. */
    add: ({ id, channel, ...person }: Connection): Promise<void> => {
      const until = ttl(Math.min(person.expiresAt, person.connectedAt + LONGEST_MS) + IDLE_MS);
      return commit([
        connections.put({ pk: channelPk(channel), sk: id, ...person, ttl: until }),
        connections.put({ pk: connectionPk(id), sk: 'HEAD', channel, ttl: until }),
      ]);
    },

    /** Forgets a connection; forgetting it twice is the same. */
    remove: (channel: Channel, id: string): Promise<void> =>
      commit([connections.remove(channelPk(channel), id), connections.remove(connectionPk(id), 'HEAD')]),

    get: async (channel: Channel, id: string): Promise<Connection | undefined> => {
      const item = await connections.get(channelPk(channel), id);
      return item && Connection.parse({ ...item, id, channel });
    },

    /** From now on this is what the connection wants; undefined: everything. */
    want: async ({ channel, id }: Pick<Connection, 'channel' | 'id'>, filter: Filter | undefined): Promise<void> => {
      // No transaction: its token would take the third of three changes of mind, A, B and A, for the first once more.
      const { Update } = connections.change(channelPk(channel), id, { filter }, {});
      if (Update) await client.send(new UpdateCommand(Update));
    },

    /** Everyone on a channel, expired tokens included: time to live is late everywhere. */
    on: async (channel: Channel): Promise<Connection[]> =>
      (await connections.under(channelPk(channel))).map((item) => Connection.parse({ ...item, id: item['sk'], channel })),

    /** Only the ticket's hash is stored, so reading the table lets nobody in. */
    issue: (ticket: string, channel: Channel, person: Person, now: number): Promise<void> =>
      commit([connections.putNew({ ...ticketKey(ticket), ...person, channel, usableUntil: now + TICKET_MS, ttl: ttl(now + TICKET_MS) })]),

    /** Takes a ticket away; whoever gets it back is the only one. Undefined where it was used, is too old or is for another channel. */
    redeem: async (ticket: string, channel: string, now: number): Promise<Person | undefined> => {
      const { Attributes } = await client.send(new DeleteCommand({ TableName: name, Key: ticketKey(ticket), ReturnValues: 'ALL_OLD' }));
      const found = Ticket.safeParse(Attributes);
      return found.success && found.data.channel === channel && found.data.usableUntil > now ? Person.parse(found.data) : undefined;
    },
  };
};

export type ConnectionsStore = ReturnType<typeof connectionsStore>;
