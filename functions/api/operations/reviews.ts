import { actedIn, hashOfReport, REVIEWED_WITHIN_MS, reportOf } from '../../../shared/audit/report.ts';
import { spanOfWeek, weekOf, weeksBack } from '../../../shared/audit/week.ts';
import { standing } from '../../../shared/audit/weeks.ts';
import type { JournalEntry } from '../../../shared/contracts/journal.ts';
import type { Review, ReviewReport, ReviewWeek } from '../../../shared/contracts/review.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { ReviewsStore } from '../../../shared/stores/reviews.ts';
import type { Perform } from '../operation.ts';
import { conflict, created, forbidden, notFound, ok, type Reply } from '../reply.ts';

interface Deps {
  readonly journal: Pick<JournalStore, 'ofWeek' | 'commit'>;
  readonly reviews: ReviewsStore;
  readonly clock: Clock;
}

/** Entries read at once. */
const PAGE = 500;

export const listReviews =
  ({ reviews, clock }: Deps): Perform<'listReviews'> =>
  async ({ query: { weeks } }) => {
    const now = clock.now();
    const asked = weeksBack(now, weeks);
    const known = await reviews.known(String(asked.at(-1)));
    return ok({ items: asked.flatMap((week) => standing(week, known, now) ?? []) });
  };

const entriesOf = async ({ journal }: Deps, week: string): Promise<JournalEntry[]> => {
  const entries: JournalEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await journal.ofWeek(week, { limit: PAGE, cursor });
    entries.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return entries;
};

/** A week's report, made of the journal as it is now. Words on its last overrides may stand in the week after. */
const madeOf = async (deps: Deps, week: string, span: { from: number; to: number }): Promise<ReviewReport> => {
  const weeks = [week, weekOf(span.to + REVIEWED_WITHIN_MS)];
  return reportOf((await Promise.all(weeks.map((one) => entriesOf(deps, one)))).flat(), span);
};

/** How a week stands, and its report; undefined for a week that there is not. */
const look = async (deps: Deps, week: string): Promise<{ stands: ReviewWeek; report: ReviewReport } | undefined> => {
  const span = spanOfWeek(week);
  const stands = span && standing(week, await deps.reviews.known(week), deps.clock.now());
  return span && stands ? { stands, report: await madeOf(deps, week, span) } : undefined;
};

/** A report tells what stands in the audit, so reading it is audited. */
export const getReview =
  (deps: Deps): Perform<'getReview'> =>
  async ({ params: { week = '' }, caller }) => {
    const found = await look(deps, week);
    if (!found) return notFound(`${week.slice(0, 20)} is no week: write it as 2026-W48`);
    const actor = `person/${caller.sub}`;
    const via = { ...caller.origin, to: 'getReview', object: { week }, size: 0, outcome: 'done' as const };
    await deps.journal.commit(actor, [{ kind: 'audit.read', actor, via, data: { filter: { week }, further: false, part: 'review' } }]);
    return ok({ ...found.stands, report: found.report, hash: hashOfReport(found.report) });
  };

const NOT_NOW: Readonly<Record<ReviewWeek['state'], ((stands: ReviewWeek) => Reply) | undefined>> = {
  none: ({ week }) => conflict(`${week} ended before this installation began to be reviewed: there is nothing to sign`),
  early: ({ week, from }) => conflict(`${week} can be signed from ${from} on, when its report is complete`),
  signed: ({ week, review }) => conflict(`${week} was signed by ${review?.by} at ${review?.at}`),
  open: undefined,
  overdue: undefined,
};

/** An auditor's word on a week's report as they read it: where the journal gives another report by now, they are told so and sign nothing. */
export const signReview =
  (deps: Deps): Perform<'signReview'> =>
  async ({ body, caller }) => {
    const { week, hash } = body;
    const actor = `person/${caller.sub}`;
    const found = await look(deps, week);
    if (!found) return notFound(`${week} is no week`);
    const { stands, report } = found;
    const notNow = NOT_NOW[stands.state]?.(stands);
    if (notNow) return notNow;
    if (actedIn(report, actor)) return forbidden(`What you did yourself stands in the report of ${week}: another auditor signs it`);
    if (hashOfReport(report) !== hash)
      return conflict(`The report of ${week} is another than you read: GET /audit/reviews/${week} and read it again`);
    const review: Review = { ...body, by: caller.sub, at: iso(deps.clock.now()) };
    const { by: _, at: __, ...data } = review;
    const done = await deps.journal.commit('audit', [{ kind: 'audit.reviewed', actor, data }], [deps.reviews.sign(review)]);
    return done.ok ? created(review) : conflict(`${week} was signed in this moment by another auditor`);
  };
