import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { FactOverride } from '../contracts/fact.ts';
import { Fact } from '../contracts/policy.ts';
import type { Clock } from '../lambda/runtime.ts';
import { standing } from '../policy/override.ts';
import { type Item, type Paged, table, ttl, type Write } from './table.ts';

const OVERRIDE = 'OVERRIDE#';
/** An override that has ended is kept so long, for whoever asks what stood. One that stands for good is kept for good: a late word must meet it (ms). */
const KEEP_MS = 400 * 24 * 3600 * 1000;

const keyOf = ({ subject, kind, eventKey }: Pick<Fact, 'subject' | 'kind' | 'eventKey'>) => ({
  pk: `FACT#${subject}`,
  sk: `${kind}#${eventKey}`,
});

/** What sources said, and what two persons said of it. */
export interface Stated {
  readonly facts: readonly Fact[];
  readonly overrides: readonly FactOverride[];
}

const itemOf = (said: FactOverride) => ({
  pk: `FACT#${said.subject}`,
  sk: `${OVERRIDE}${said.id}`,
  ...said,
  ...(said.until === undefined ? {} : { ttl: ttl(Date.parse(said.until) + KEEP_MS) }),
});

const isOverride = ({ sk }: Item): boolean => String(sk).startsWith(OVERRIDE);

/**
 * Facts by subject. They are written with the event that states them, so nobody can act on the event before its facts are there. What two persons
 * said of them stands beside them and is read with them, so that nobody can act on a fact without it.
 */
export const factsStore = (client: DynamoDBDocumentClient, name: string, clock: Clock) => {
  const facts = table(client, name);
  const stated = async (subjects: readonly string[]): Promise<Stated> => {
    const found = (await Promise.all(subjects.map((subject) => facts.under(`FACT#${subject}`)))).flat();
    return {
      facts: found.filter((item) => !isOverride(item)).map((item) => Fact.parse(item)),
      overrides: found.filter(isOverride).map((item) => FactOverride.parse(item)),
    };
  };
  return {
    record: (fact: Fact): Write =>
      facts.put({
        ...keyOf(fact),
        ...fact,
        day: fact.recordedAt.slice(0, 10),
        order: `${fact.recordedAt}#${fact.eventKey}#${fact.kind}`,
        ttl: ttl(Date.parse(fact.expiresAt)),
      }),

    /** Every stored fact about the subjects as it stands, expired ones included: time to live is late everywhere, so the policy engine looks at `expiresAt`. */
    about: async (subjects: readonly string[]): Promise<Fact[]> => {
      const { facts: all, overrides } = await stated(subjects);
      return standing(all, overrides, clock.now());
    },

    /** The same, as it was said. */
    stated,

    overridesOf: async (subject: string): Promise<FactOverride[]> =>
      (await facts.under(`FACT#${subject}`, OVERRIDE)).map((item) => FactOverride.parse(item)),

    override: (said: FactOverride): Write => facts.putNew(itemOf(said)),

    /** The same word on the same fact, which is in another incident now. May be written any number of times. */
    carried: (said: FactOverride): Write => facts.put(itemOf(said)),

    /** Holds a transaction to it that a fact is there as it was read. */
    unchanged: (fact: Fact): Write => {
      const { pk, sk } = keyOf(fact);
      return facts.check(pk, sk, { recordedAt: [fact.recordedAt], expiresAt: [fact.expiresAt] });
    },

    /** Facts that came on one UTC day (`2026-11-22`), as they were said, newest first. */
    ofDay: async (day: string, page: { limit: number; cursor?: string }): Promise<Paged<Fact>> => {
      const { items, next } = await facts.page(day, { index: { name: 'byDay', pk: 'day' }, ...page });
      return { items: items.map((item) => Fact.parse(item)), next };
    },
  };
};

export type FactsStore = ReturnType<typeof factsStore>;
