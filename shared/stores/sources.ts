import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Source } from '../contracts/vocabulary.ts';
import { expression } from './expression.ts';
import { type Charge, updateFor } from './source-charge.ts';
import { numberIn, type SourceState, stateOf } from './source-state.ts';
import { type Item, table, ttl, type Write } from './table.ts';

/** Longer than a message can lie in a queue. */
const KEEP_DROPPED_MS = 5 * 24 * 3600_000;
const KEEP_SIGHTING_MS = 3600_000;

const pkOf = (source: Source): string => `SOURCE#${source}`;
const STATE = 'STATE';
const droppedPk = (busId: string): string => `DROPPED#${busId}`;
const sightingPk = (sighting: string): string => `SIGHTING#${sighting}`;

/** What a condition that did not hold found; the document client leaves an error's item as it came. */
const foundIn = (error: unknown): Item => {
  if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
  const { Item: item } = error as { Item?: Parameters<typeof unmarshall>[0] };
  return item ? unmarshall(item) : {};
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
    release: (sighting: string): Write => ({
      Update: {
        TableName: name,
        Key: { pk: sightingPk(sighting), sk: 'FIRST' },
        UpdateExpression: 'SET #until = :over',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':over': 0 },
      },
    }),

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
