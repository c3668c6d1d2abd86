import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Fact } from '../contracts/policy.ts';
import { table, ttl, type Write } from './table.ts';

/** Facts by subject. They are written with the event that states them, so nobody can act on the event before its facts are there. */
export const factsStore = (client: DynamoDBDocumentClient, name: string) => {
  const facts = table(client, name);
  return {
    record: (fact: Fact): Write =>
      facts.put({ pk: `FACT#${fact.subject}`, sk: `${fact.kind}#${fact.eventKey}`, ...fact, ttl: ttl(Date.parse(fact.expiresAt)) }),

    /** Every stored fact about the subjects, expired ones included: time to live is late everywhere, so the policy engine looks at `expiresAt`. */
    about: async (subjects: string[]): Promise<Fact[]> => {
      const found = await Promise.all(subjects.map((subject) => facts.under(`FACT#${subject}`)));
      return found.flat().map((item) => Fact.parse(item));
    },
  };
};

export type FactsStore = ReturnType<typeof factsStore>;
