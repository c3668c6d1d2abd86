import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Ask } from '../contracts/ask.ts';
import { Role } from '../contracts/vocabulary.ts';
import { type Item, table, ttl, type Write } from './table.ts';

const PK = 'ASKS';
/** An ended one is kept so long that whoever answers twice is told what came of it (ms). */
const KEEP_MS = 24 * 3600 * 1000;

/** An ask with what is needed to perform it later: who asked, and until when (ms) somebody has it in hand. */
const Kept = Ask.extend({ roles: z.array(Role), agency: z.string(), inHandUntil: z.number().optional() });
export type KeptAsk = z.infer<typeof Kept>;

type Change = Partial<Pick<KeptAsk, 'state' | 'answer' | 'outcome' | 'inHandUntil'>>;

/** What is sent is kept as text: DynamoDB would store an empty list or a number of its own making. */
const toItem = ({ body, ...ask }: KeptAsk): Item => ({ ...ask, body: JSON.stringify(body) ?? 'null' });
const toAsk = ({ body, outcome, ...item }: Item): KeptAsk =>
  Kept.parse({ ...item, body: JSON.parse(String(body)), ...(outcome ? { outcome: JSON.parse(String(outcome)) } : {}) });

/** What takes two persons and waits for the second. */
export const asksStore = (client: DynamoDBDocumentClient, name: string) => {
  const rows = table(client, name);
  return {
    open: (ask: KeptAsk): Write => rows.putNew({ pk: PK, sk: ask.id, ...toItem(ask), ttl: ttl(Date.parse(ask.expiresAt) + KEEP_MS) }),

    get: async (id: string): Promise<KeptAsk | undefined> => {
      const item = await rows.get(PK, id);
      return item && toAsk(item);
    },

    /** Those that nobody answered, expired ones included until somebody says so. */
    unanswered: async (): Promise<KeptAsk[]> => (await rows.under(PK)).map(toAsk).filter(({ state }) => state === 'open'),

    /** Moves an ask on, from what it was read as. */
    move: ({ id, state, inHandUntil }: KeptAsk, { outcome, ...to }: Change): Write =>
      rows.change(
        PK,
        id,
        { ...to, ...(outcome ? { outcome: JSON.stringify(outcome) } : {}) },
        { state: [state], inHandUntil: [inHandUntil], outcome: [undefined] },
      ),
  };
};

export type AsksStore = ReturnType<typeof asksStore>;
