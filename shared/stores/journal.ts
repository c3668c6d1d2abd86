import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { isForReview } from '../audit/for-review.ts';
import { weekOf } from '../audit/week.ts';
import { type Entry, JournalEntry, type JournalKind } from '../contracts/journal.ts';
import { canonical, iso, sha256 } from '../lambda/ids.ts';
import type { Runtime } from '../lambda/runtime.ts';
import { type Paged, reasonsOf, table, type Write } from './table.ts';

/** How many chains the journal has. Everything about one incident is in one of them, in order. */
export const STREAMS = 32;
/** What stands for the hash before the first. */
export const GENESIS = '0'.repeat(64);
const ATTEMPTS = 25;

/** A page of a list that is newest first; `upTo`: none whose `orderOf` is greater. */
export interface JournalPage {
  limit: number;
  cursor?: string | undefined;
  upTo?: string | undefined;
  kinds?: readonly JournalKind[];
}

/** Either all of it happened, or nothing did: `failed` are the indexes of the writes whose condition did not hold. */
export type Committed = { ok: true; entries: JournalEntry[] } | { ok: false; failed: number[] };

/** Writes that stand beside the entries; as a function, where they name the places that the entries get. */
export type Writes = Write[] | ((placed: readonly JournalEntry[]) => Write[]);

/** Where an entry stands: its chain, and its number in it. */
export type Place = Pick<JournalEntry, 'stream' | 'seq'>;
/** The place alone; nowhere, where there is no such entry. */
export const placeOf = (entry: Place | undefined): Place => ({ stream: entry?.stream ?? '', seq: entry?.seq ?? 0 });

type Pacing = Pick<Runtime, 'clock' | 'random' | 'pause'>;

interface Head {
  seq: number;
  hash: string;
}

/** How long an instance believes that nobody else wrote to a chain after it did (ms): a failed transaction costs more than a read. */
const BELIEVED_MS = 100;

/** Rivals for the same place in a chain part: from the second failure on each waits a random part of a doubling time (ms). */
const FIRST_WAIT_MS = 4;
const LONGEST_WAIT_MS = 500;
const waitAfter = (tries: number): number => Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);

const streamAt = (place: number): string => `journal-${String(place).padStart(2, '0')}`;
export const streams: readonly string[] = Array.from({ length: STREAMS }, (_, place) => streamAt(place));

export const streamOf = (subject: string): string => streamAt(Number.parseInt(sha256(subject).slice(0, 8), 16) % STREAMS);

/** SHA-256 over the canonical JSON of the entry without its own hash. */
export const hashOf = ({ hash: _, ...entry }: JournalEntry): string => sha256(canonical(entry));

const sortKey = (seq: number): string => String(seq).padStart(12, '0');

/** What lists of entries sort by: when, and then where, an entry was written. */
export const orderOf = ({ at, stream, seq }: Pick<JournalEntry, 'at' | 'stream' | 'seq'>): string => `${at}#${stream}#${sortKey(seq)}`;

/** An entry as somebody kept it: nothing in it need be true. `misfiled`: its keys in the table are not its own. */
export interface Kept {
  readonly entry: Readonly<Record<string, unknown>>;
  readonly misfiled: boolean;
}

/** An item of the table for whoever doubts it. An entry from before there was an index by week has no week. */
export const keptOf = ({ pk, sk, day, order, week, ...entry }: Record<string, unknown>): Kept => {
  const { stream, seq, at } = entry as Partial<JournalEntry>;
  const own = [
    stream,
    sortKey(Number(seq)),
    String(at).slice(0, 10),
    orderOf({ at: String(at), stream: String(stream), seq: Number(seq) }),
  ];
  const inNoWeek = week !== undefined && week !== weekOf(Date.parse(String(at)));
  return { entry, misfiled: inNoWeek || [pk, sk, day, order].some((value, index) => value !== own[index]) };
};

const toEntry = ({ pk: _pk, sk: _sk, day: _day, order: _order, week: _week, ...rest }: Record<string, unknown>): JournalEntry =>
  JournalEntry.parse(rest);

/**
 * The journal: a state change and its entries share one transaction, and the next place in the chain is taken with
 * attribute_not_exists, so a chain has no forks and no gaps. Each entry holds the hash of the one before.
 */
export const journalStore = ({ client, name, runtime }: { client: DynamoDBDocumentClient; name: string; runtime: Pacing }) => {
  const { clock, random, pause } = runtime;
  const journal = table(client, name);
  const heads = new Map<string, Head & { at: number }>();

  const remembered = (stream: string): Head | undefined => {
    const head = heads.get(stream);
    return head && clock.now() - head.at < BELIEVED_MS ? head : undefined;
  };
  const turns = new Map<string, Promise<unknown>>();

  const readHead = async (stream: string): Promise<Head> => {
    const [last] = await journal.query({
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': stream },
      ScanIndexForward: false,
      Limit: 1,
    });
    return last ? { seq: Number(last['seq']), hash: String(last['hash']) } : { seq: 0, hash: GENESIS };
  };

  const chain = (stream: string, head: Head, entries: Entry[], at: string): JournalEntry[] => {
    let { seq, hash: prev } = head;
    return entries.map((entry) => {
      seq += 1;
      const placed: JournalEntry = { ...JSON.parse(JSON.stringify(entry)), stream, seq, at, prev, hash: '' };
      placed.hash = hashOf(placed);
      prev = placed.hash;
      return placed;
    });
  };

  const asWrite = (entry: JournalEntry): Write =>
    journal.putNew({
      pk: entry.stream,
      sk: sortKey(entry.seq),
      ...entry,
      day: entry.at.slice(0, 10),
      order: orderOf(entry),
      ...(isForReview(entry) ? { week: weekOf(Date.parse(entry.at)) } : {}),
    });

  const attempt = async (stream: string, entries: Entry[], asked: Writes): Promise<Committed | 'again'> => {
    const head = remembered(stream) ?? (await readHead(stream));
    const placed = chain(stream, head, entries, iso(clock.now()));
    const writes = typeof asked === 'function' ? asked(placed) : asked;
    const last = placed.at(-1);
    try {
      await client.send(
        new TransactWriteCommand({
          TransactItems: [...writes, ...placed.map(asWrite)],
          // Of this attempt alone: the same writes asked for once more, after others came in between, are no repetition.
          ClientRequestToken: (last?.hash ?? sha256(`${random()} ${canonical(writes)}`)).slice(0, 36),
        }),
      );
    } catch (error) {
      heads.delete(stream);
      const reasons = reasonsOf(error);
      if (!reasons) throw error;
      const failed = writes.flatMap((_, index) => (reasons[index] === 'ConditionalCheckFailed' ? [index] : []));
      return failed.length > 0 ? { ok: false, failed } : 'again';
    }
    if (last) heads.set(stream, { seq: last.seq, hash: last.hash, at: clock.now() });
    return { ok: true, entries: placed };
  };

  const commitNow = async (stream: string, entries: Entry[], writes: Writes): Promise<Committed> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const outcome = await attempt(stream, entries, writes);
      if (outcome !== 'again') return outcome;
      if (tries > 0) await pause(random() * waitAfter(tries));
    }
    throw new Error(`The journal stream ${stream} was contended ${ATTEMPTS} times in a row; the message will be delivered again`);
  };

  /** At most `limit` items of one chain from place `seq` on, oldest first. */
  const from = (stream: string, seq: number, limit: number): Promise<Record<string, unknown>[]> =>
    journal.query({
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk >= :seq',
      ExpressionAttributeValues: { ':pk': stream, ':seq': sortKey(seq) },
      Limit: limit,
    });

  return {
    /** Writes `writes` and `entries` together. `subject` (an incident, else a source or unit) picks the chain. One chain's commits queue up within an instance. */
    commit: (subject: string, entries: Entry[], writes: Writes = []): Promise<Committed> => {
      const stream = streamOf(subject);
      const turn = (turns.get(stream) ?? Promise.resolve()).then(
        () => commitNow(stream, entries, writes),
        () => commitNow(stream, entries, writes),
      );
      turns.set(stream, turn);
      return turn;
    },

    /** Entries of one UTC day (`2026-11-22`), newest first; where kinds are named only those, though others were read. */
    ofDay: async (day: string, { kinds, ...page }: JournalPage): Promise<Paged<JournalEntry>> => {
      const { items, next } = await journal.page(day, { index: { name: 'byDay', pk: 'day', sk: 'order' }, ...page });
      return { items: items.map(toEntry).filter(({ kind }) => kinds?.includes(kind) ?? true), next };
    },

    /** A page of what an auditor's week (`2026-W48`) tells of, newest first. */
    ofWeek: async (week: string, page: Omit<JournalPage, 'kinds'>): Promise<Paged<JournalEntry>> => {
      const { items, next } = await journal.page(week, { index: { name: 'byWeek', pk: 'week', sk: 'order' }, ...page });
      return { items: items.map(toEntry), next };
    },

    /** Entries about one incident alone, newest first. What a batch's entries say of its events is not among them: `at` reads those. */
    ofIncident: async (incidentId: string, page: Omit<JournalPage, 'kinds'>): Promise<Paged<JournalEntry>> => {
      const { items, next } = await journal.page(incidentId, { index: { name: 'byIncident', pk: 'incidentId', sk: 'order' }, ...page });
      return { items: items.map(toEntry), next };
    },

    /** The entries at these places, in their order, each once. */
    at: async (places: readonly Place[]): Promise<JournalEntry[]> => {
      const keys = new Map(places.map(({ stream, seq }) => [`${stream}#${seq}`, { pk: stream, sk: sortKey(seq) }]));
      return (await journal.batchGet([...keys.values()])).map(toEntry);
    },

    /** Entries `from` to `to` of one chain, both included, oldest first. */
    between: async (stream: string, from: number, to: number): Promise<JournalEntry[]> =>
      (await journal.between(stream, sortKey(from), sortKey(to))).map(toEntry),

    /** The place of a chain's newest entry, 0 where it has none. */
    head: async (stream: string): Promise<number> => (await readHead(stream)).seq,

    /** At most `limit` entries of one chain after place `seq`, oldest first. */
    after: async (stream: string, seq: number, limit: number): Promise<JournalEntry[]> => (await from(stream, seq + 1, limit)).map(toEntry),

    /** At most `limit` entries of one chain from place `seq` on, as they are kept, whatever they say; oldest first. */
    kept: async (stream: string, seq: number, limit: number): Promise<Kept[]> => (await from(stream, seq, limit)).map(keptOf),

    /** One whole chain, oldest first. */
    stream: async (stream: string): Promise<JournalEntry[]> => (await journal.under(stream)).map(toEntry),
  };
};

export type JournalStore = ReturnType<typeof journalStore>;
