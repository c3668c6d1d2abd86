import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Priority, Source } from '../contracts/vocabulary.ts';
import { type Item, table, ttl, type Write } from './table.ts';

const MINUTE_MS = 60_000;
/** Longer than a message can lie in a queue. */
const KEEP_DROPPED_MS = 5 * 24 * 3600_000;
const KEEP_SIGHTING_MS = 3600_000;

/** What happened to events of a source, by the priority they were taken for. */
export const FATES = ['delayed', 'shed', 'repeats'] as const;
export type Fate = (typeof FATES)[number];
export type ByPriority = Partial<Record<Priority, number>>;
export type Fates = Record<Fate, ByPriority>;

/**
 * A source as it is known: its next turn (`next`, microseconds since the epoch), and what it did since it was first heard.
 * Times in ms since the epoch. `inMinute` events came in the minute `minute`, `before` in the one before it that had any, `minuteBefore`.
 */
export interface SourceState {
  readonly source: Source;
  readonly next?: number | undefined;
  readonly received: number;
  readonly fates: Fates;
  readonly errors: number;
  readonly lastSeenAt?: number | undefined;
  readonly lastEventAt?: string | undefined;
  readonly lastShedAt?: number | undefined;
  readonly lastErrorAt?: number | undefined;
  readonly minute?: number | undefined;
  readonly inMinute: number;
  readonly minuteBefore?: number | undefined;
  readonly before: number;
}

/** One batch of one source. `floor`, `above` and `upTo` in the units of `next`; `take` is how far `next` moves. */
export interface Charge {
  readonly source: Source;
  /** Ms since the epoch. */
  readonly now: number;
  /** The source is taken to have been idle: `next` starts at `floor`. */
  readonly idle: boolean;
  readonly floor: number;
  /** The charge stands for `above` < next ≤ `upTo`. */
  readonly above: number;
  readonly upTo: number;
  readonly take: number;
  /** The minute that is going on was counted before. */
  readonly sameMinute: boolean;
  readonly received: number;
  readonly lastEventAt: string;
  readonly fates: Fates;
}

export const minuteOf = (now: number): number => Math.floor(now / MINUTE_MS);

/** Events a minute over the last sixty seconds: what this minute has, and of the minute before the part that is not over yet. */
export const perMinute = ({ minute, inMinute, minuteBefore, before }: SourceState, now: number): number => {
  const passed = (now % MINUTE_MS) / MINUTE_MS;
  if (minute === undefined || minute < minuteOf(now) - 1) return 0;
  if (minute === minuteOf(now) - 1) return Math.round(inMinute * (1 - passed));
  return Math.round(inMinute + (minuteBefore === minute - 1 ? before * (1 - passed) : 0));
};

const pkOf = (source: Source): string => `SOURCE#${source}`;
const STATE = 'STATE';
const droppedPk = (busId: string): string => `DROPPED#${busId}`;
const sightingPk = (sighting: string): string => `SIGHTING#${sighting}`;

const numberIn = (item: Item, name: string): number | undefined => (item[name] === undefined ? undefined : Number(item[name]));

const fatesIn = (item: Item): Fates => {
  const of = (fate: Fate): ByPriority =>
    Object.fromEntries(
      Object.entries(item).flatMap(([name, n]) => (name.startsWith(`${fate}_`) ? [[name.slice(fate.length + 1), Number(n)]] : [])),
    );
  return { delayed: of('delayed'), shed: of('shed'), repeats: of('repeats') };
};

const stateOf = (source: Source, item: Item = {}): SourceState => ({
  source,
  next: numberIn(item, 'tat'),
  received: numberIn(item, 'received') ?? 0,
  fates: fatesIn(item),
  errors: numberIn(item, 'errors') ?? 0,
  lastSeenAt: numberIn(item, 'lastSeenAt'),
  lastEventAt: item['lastEventAt'] as string | undefined,
  lastShedAt: numberIn(item, 'lastShedAt'),
  lastErrorAt: numberIn(item, 'lastErrorAt'),
  minute: numberIn(item, 'minute'),
  inMinute: numberIn(item, 'inMinute') ?? 0,
  minuteBefore: numberIn(item, 'minuteBefore'),
  before: numberIn(item, 'before') ?? 0,
});

/** What a condition that did not hold found; the document client leaves an error's item as it came. */
const foundIn = (error: unknown): Item => {
  if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
  const { Item: item } = error as { Item?: Parameters<typeof unmarshall>[0] };
  return item ? unmarshall(item) : {};
};

/** An update expression in the making: its clauses, and the names and values that they speak of. */
const expression = () => {
  const names: Record<string, string> = {};
  const values: Item = {};
  const clauses = { SET: [] as string[], ADD: [] as string[] };
  const conditions: string[] = [];
  const value = (of: string, is: unknown): string => {
    values[`:${of}`] = is;
    return `:${of}`;
  };
  const attribute = (of: string): string => {
    names[`#${of}`] = of;
    return `#${of}`;
  };
  return {
    value,
    attribute,
    set: (of: string, to: string): number => clauses.SET.push(`${attribute(of)} = ${to}`),
    add: (of: string, n: number): number => (n === 0 ? 0 : clauses.ADD.push(`${attribute(of)} ${value(`n_${of}`, n)}`)),
    must: (condition: string): number => conditions.push(condition),
    update: () => ({
      UpdateExpression: Object.entries(clauses)
        .flatMap(([verb, list]) => (list.length > 0 ? [`${verb} ${list.join(', ')}`] : []))
        .join(' '),
      ...(conditions.length > 0 ? { ConditionExpression: conditions.join(' AND ') } : {}),
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    }),
  };
};

type Expression = ReturnType<typeof expression>;

const takeTurns = ({ value, attribute, set, must }: Expression, { idle, floor, above, upTo, take }: Charge): void => {
  const tat = attribute('tat');
  if (idle) {
    must(`(attribute_not_exists(${tat}) OR ${tat} <= ${value('floor', floor)})`);
    set('tat', value('next', floor + take));
    return;
  }
  must(`${tat} > ${value('above', Math.max(floor, above))}`);
  if (Number.isFinite(upTo)) must(`${tat} <= ${value('upTo', upTo)}`);
  if (take > 0) set('tat', `${tat} + ${value('take', take)}`);
};

const countMinute = ({ value, attribute, set, add, must }: Expression, { now, sameMinute, received }: Charge): void => {
  const [minute, current] = [attribute('minute'), value('minute', minuteOf(now))];
  if (sameMinute) {
    must(`${minute} >= ${current}`);
    add('inMinute', received);
    return;
  }
  must(`(attribute_not_exists(${minute}) OR ${minute} < ${current})`);
  set('before', `if_not_exists(${attribute('inMinute')}, ${value('zero', 0)})`);
  set('minuteBefore', `if_not_exists(${minute}, ${current})`);
  set('minute', current);
  set('inMinute', value('received', received));
};

const updateFor = (charge: Charge) => {
  const { now, received, lastEventAt, fates } = charge;
  const made = expression();
  takeTurns(made, charge);
  countMinute(made, charge);
  made.add('received', received);
  made.set('lastSeenAt', made.value('now', now));
  made.set('lastEventAt', made.value('lastEventAt', lastEventAt));
  for (const fate of FATES) for (const [priority, n] of Object.entries(fates[fate])) made.add(`${fate}_${priority}`, n);
  if (Object.keys(fates.shed).length > 0) made.set('lastShedAt', made.value('now', now));
  return made.update();
};

/** Sources as they are heard: their turns and counts, what they said more than once, and what was not taken in. */
export const sourcesStore = (client: DynamoDBDocumentClient, name: string) => {
  const rows = table(client, name);

  return {
    /** Takes turns and counts in one atomic update; where its conditions do not hold, nothing, and `state` says how the source stands. */
    charge: async (charge: Charge): Promise<{ ok: boolean; state: SourceState }> => {
      const update = {
        TableName: name,
        Key: { pk: pkOf(charge.source), sk: STATE },
        ...updateFor(charge),
        ReturnValues: 'ALL_NEW' as const,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      };
      try {
        const { Attributes } = await client.send(new UpdateCommand(update));
        return { ok: true, state: stateOf(charge.source, Attributes) };
      } catch (error) {
        return { ok: false, state: stateOf(charge.source, foundIn(error)) };
      }
    },

    /** Counts `n` refused events against a source. Health, not ledger: a function that dies in between leaves them uncounted. */
    refused: async (source: Source, n: number, now: number): Promise<void> => {
      const made = expression();
      made.add('errors', n);
      for (const time of ['lastErrorAt', 'lastSeenAt']) made.set(time, made.value('now', now));
      await client.send(new UpdateCommand({ TableName: name, Key: { pk: pkOf(source), sk: STATE }, ...made.update() }));
    },

    /** All 25 in the order of the vocabulary; one that was never heard has counted nothing. */
    health: async (): Promise<SourceState[]> => {
      const items = await rows.batchGet(Source.options.map((source) => ({ pk: pkOf(source), sk: STATE })));
      const byPk = new Map(items.map((item) => [item['pk'], item]));
      return Source.options.map((source) => stateOf(source, byPk.get(pkOf(source))));
    },

    /**
     * Claims a sighting until `until` (ms). Answers the key of the event that holds it: the caller's own, or that of the first one.
     * A claim that is over is taken over; time to live only tidies up.
     */
    claim: async (sighting: string, key: string, now: number, until: number): Promise<string> => {
      const row = { pk: sightingPk(sighting), sk: 'FIRST', of: key, until, repeats: 0, ttl: ttl(until + KEEP_SIGHTING_MS) };
      try {
        await client.send(
          new PutCommand({
            TableName: name,
            Item: row,
            ConditionExpression: 'attribute_not_exists(#until) OR #until <= :now',
            ExpressionAttributeNames: { '#until': 'until' },
            ExpressionAttributeValues: { ':now': now },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return key;
      } catch (error) {
        return String(foundIn(error)['of']);
      }
    },

    /** How often what `sighting` names was seen again while it was claimed; undefined where nobody holds it. */
    repeatsOf: async (sighting: string): Promise<number | undefined> => {
      const row = await rows.get(sightingPk(sighting), 'FIRST');
      return row && numberIn(row, 'repeats');
    },

    /** Counts `n` repeats on the first one's row. */
    repeated: (sighting: string, n: number): Write => ({
      Update: {
        TableName: name,
        Key: { pk: sightingPk(sighting), sk: 'FIRST' },
        UpdateExpression: 'ADD #repeats :n',
        ExpressionAttributeNames: { '#repeats': 'repeats' },
        ExpressionAttributeValues: { ':n': n },
      },
    }),

    /** The one that claimed it is not taken in after all, so the next sight of it is the first. */
    release: (sighting: string): Write => rows.remove(sightingPk(sighting), 'FIRST'),

    /** A delivery of the bus that was dropped, once; its condition fails where it was before. */
    dropped: (busId: string, key: string, reason: string, now: number): Write =>
      rows.putNew({ pk: droppedPk(busId), sk: 'DROPPED', key, reason, ttl: ttl(now + KEEP_DROPPED_MS) }),

    /** Which of these deliveries were dropped. */
    droppedAmong: async (busIds: string[]): Promise<Set<string>> => {
      const found = await rows.batchGet([...new Set(busIds)].map((busId) => ({ pk: droppedPk(busId), sk: 'DROPPED' })));
      return new Set(found.map((item) => String(item['pk']).slice(droppedPk('').length)));
    },
  };
};

export type SourcesStore = ReturnType<typeof sourcesStore>;
