import * as z from 'zod';
import type { JournalEntry } from '../../../shared/contracts/journal.ts';
import type { PolicyCompliance } from '../../../shared/contracts/policy-requests.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { Perform } from '../operation.ts';
import { byDay } from '../pages.ts';
import { ok } from '../reply.ts';

interface Deps {
  journal: JournalStore;
  clock: Clock;
}

const HOUR_MS = 3600 * 1000;
/** A page of the summary reads so many entries of the journal at most. */
const AT_ONCE = 200;
const READS = 25;

/** A decision as it stands in the journal, as far as it is counted. */
const Decided = z.looseObject({ verdict: z.string(), clauses: z.array(z.looseObject({ id: z.string() })).default([]) });

type Counts = Record<string, number>;
type Summary = Pick<PolicyCompliance, 'decisions' | 'verdicts' | 'clauses'>;

const add = (counts: Counts, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

const count = (summary: Summary, { kind, data }: JournalEntry): void => {
  const decided = kind === 'guardrail.decided' ? Decided.safeParse(data) : undefined;
  if (!decided?.success) return;
  const { verdict, clauses } = decided.data;
  summary.decisions += 1;
  add(summary.verdicts, verdict);
  for (const { id } of clauses) {
    summary.clauses[id] ??= { objections: 0, verdicts: {} };
    summary.clauses[id].objections += 1;
    add(summary.clauses[id].verdicts, verdict);
  }
};

/** Decisions of a window, newest first, as far as one page reads. */
export const policyCompliance =
  ({ journal, clock }: Deps): Perform<'policyCompliance'> =>
  async ({ query }) => {
    const to = query.to ?? iso(clock.now());
    const from = iso(Date.parse(to) - query.hours * HOUR_MS);
    const summary: Summary = { decisions: 0, verdicts: {}, clauses: {} };
    let cursor = query.cursor;
    for (let reads = 0; reads < READS; reads += 1) {
      const list = await byDay({ limit: AT_ONCE, cursor }, Date.parse(to), journal.ofDay, query.hours / 24 + 1);
      if (!list.ok) return list.reply;
      const { items } = list.page;
      for (const entry of items.filter(({ at }) => at > from && at <= to)) count(summary, entry);
      cursor = items.some(({ at }) => at <= from) ? undefined : list.page.next;
      if (!cursor) break;
    }
    return ok({ from, to, ...summary, ...(cursor ? { next: cursor } : {}) } satisfies PolicyCompliance);
  };
