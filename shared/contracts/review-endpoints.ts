import type { Endpoint } from './endpoint.ts';
import { Review, ReviewList, ReviewRequest, ReviewShown, ReviewsQuery } from './review.ts';
import type { Role } from './vocabulary.ts';

/** Who answers for it that weeks are reviewed, beside the auditor who does it. */
const WATCH: readonly Role[] = ['admin', 'watch_commander', 'chief', 'auditor'];

/** The weekly review of the audit. */
export const reviewEndpoints = [
  {
    operation: 'listReviews',
    method: 'GET',
    path: '/audit/reviews',
    roles: WATCH,
    query: ReviewsQuery,
    reply: ReviewList,
    summary: 'Weeks of the audit, newest first: signed by whom, or not yet',
  },
  {
    operation: 'getReview',
    method: 'GET',
    path: '/audit/reviews/{week}',
    roles: WATCH,
    reply: ReviewShown,
    summary: 'The report of one week, with the hash that is signed',
  },
  {
    operation: 'signReview',
    method: 'POST',
    path: '/audit/reviews',
    roles: ['auditor'],
    body: ReviewRequest,
    reply: Review,
    status: 201,
    refuses: ['conflict', 'not-found'],
    summary: 'Sign a week’s report',
  },
] as const satisfies readonly Endpoint[];
