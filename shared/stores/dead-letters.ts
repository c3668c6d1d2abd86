import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DeadLetter, type LetterEnd } from '../contracts/dead-letter.ts';
import { MAX_EVENT_BYTES } from '../contracts/event.ts';
import { type Item, type Paged, table, ttl, type Write } from './table.ts';

const KEEP_MS = 90 * 24 * 3600 * 1000;
/** Characters of a body that a list shows. */
const SHOWN = 1000;
/** Characters that are kept of what is larger than an event may be: enough to see what it was. */
const KEPT_OF_LARGE = 16 * 1024;

/** What could not be taken in. `at` is when it was refused; `body` is the whole detail as JSON. */
export type Burial = Pick<DeadLetter, 'busId' | 'at' | 'sentAt' | 'source' | 'detailType' | 'reason' | 'path' | 'restricted'> & {
  readonly body: string;
  /** The length of what came, where `body` is not that. */
  readonly bytes?: number;
};

/** Who is closing a letter, and until when (ms) nobody else may. */
export interface Claim {
  readonly token: string;
  readonly by: string;
  readonly until: number;
}

/** What is kept of a body: all of it, unless it is larger than an event may be. */
export const keptBody = (body: string): string => (Buffer.byteLength(body) > MAX_EVENT_BYTES ? body.slice(0, KEPT_OF_LARGE) : body);

const pk = (busId: string): string => `LETTER#${busId}`;
const toLetter = (item: Item): DeadLetter => DeadLetter.parse(item);

/** Refused events. A letter is its head, which lists show, and, where that holds only the beginning, its body beside it. */
export const deadLettersStore = (client: DynamoDBDocumentClient, name: string) => {
  const letters = table(client, name);
  return {
    /** Kept once per delivery of the bus, however often the queue delivers it. */
    bury: ({ body, bytes = Buffer.byteLength(body), ...letter }: Burial): Write[] => {
      const cut = bytes > MAX_EVENT_BYTES;
      const expires = ttl(Date.parse(letter.at) + KEEP_MS);
      const head = letters.putNew({
        pk: pk(letter.busId),
        sk: 'HEAD',
        ...letter,
        bytes,
        cut: cut || undefined,
        body: body.slice(0, SHOWN),
        state: 'open',
        day: letter.at.slice(0, 10),
        order: `${letter.at}#${letter.busId}`,
        ttl: expires,
      });
      if (body.length <= SHOWN) return [head];
      return [head, letters.put({ pk: pk(letter.busId), sk: 'BODY', body: keptBody(body), ttl: expires })];
    },

    /** One letter with all of its body that was kept. */
    get: async (busId: string): Promise<DeadLetter | undefined> => {
      const items = await letters.between(pk(busId), 'BODY', 'HEAD');
      const head = items.at(-1);
      return head && toLetter({ ...head, body: items[0]?.['body'] });
    },

    ofDay: async (day: string, page: { limit: number; cursor?: string }): Promise<Paged<DeadLetter>> => {
      const { items, next } = await letters.page(day, { index: { name: 'byDay', pk: 'day' }, ...page });
      return { items: items.map(toLetter), next };
    },

    /** Takes an open letter in hand; fails where somebody else has it, so that two people cannot send it at once. `now` in ms. */
    claim: (busId: string, claim: Claim, now: number): Write[] => [
      {
        Put: {
          TableName: name,
          Item: { pk: pk(busId), sk: 'TAKEN', ...claim, ttl: ttl(claim.until) },
          ConditionExpression: 'attribute_not_exists(pk) OR #until < :now',
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':now': now },
        },
      },
      letters.check(pk(busId), 'HEAD', { state: ['open'] }),
    ],

    /** Lets a letter go that could not be sent. */
    release: (busId: string, { token }: Claim): Write => letters.removeAs(pk(busId), 'TAKEN', { token: [token] }),

    /** open → redriven or discarded, by whoever has it in hand. */
    close: (busId: string, { token }: Claim, state: 'redriven' | 'discarded', end: LetterEnd): Write[] => [
      letters.change(pk(busId), 'HEAD', { state, end }, { state: ['open'] }),
      letters.removeAs(pk(busId), 'TAKEN', { token: [token] }),
    ],
  };
};

export type DeadLettersStore = ReturnType<typeof deadLettersStore>;
