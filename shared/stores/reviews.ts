import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Known } from '../audit/weeks.ts';
import { Review } from '../contracts/review.ts';
import { type Item, table, type Write } from './table.ts';

const AUDIT = 'AUDIT';
const SINCE = 'SINCE';
const SIGNED = 'SIGNED#';
const UNSIGNED = 'UNSIGNED#';

/** Weekly reviews of the audit, in the kernel's table: since when there are any, what was signed, and which weeks it was said of that nobody had. */
export const reviewsStore = (client: DynamoDBDocumentClient, name: string) => {
  const reviews = table(client, name);
  return {
    /** All that is known of weeks from `oldest` on, and which were told of as unsigned. */
    known: async (oldest: string): Promise<Known & { told: ReadonlySet<string> }> => {
      // What was signed, then since when, then what was not: in the order of their keys.
      const items = await reviews.between(AUDIT, `${SIGNED}${oldest}`, `${UNSIGNED}~`);
      const under = (key: string): Item[] => items.filter(({ sk }) => String(sk).startsWith(key));
      const [since] = under(SINCE);
      return {
        since: since && String(since['at']),
        reviews: under(SIGNED).map(({ review }) => Review.parse(review)),
        told: new Set(under(UNSIGNED).map(({ week }) => String(week))),
      };
    },

    /** From this moment on weeks are reviewed. */
    begin: (at: string): Write => reviews.putNew({ pk: AUDIT, sk: SINCE, at }),

    /** Of two who sign a week the first did. */
    sign: (review: Review): Write => reviews.putNew({ pk: AUDIT, sk: `${SIGNED}${review.week}`, review }),

    /** That it was said of a week, once. */
    tell: (week: string, at: string): Write => reviews.putNew({ pk: AUDIT, sk: `${UNSIGNED}${week}`, week, at }),
  };
};

export type ReviewsStore = ReturnType<typeof reviewsStore>;
