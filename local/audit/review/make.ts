import { actedIn, hashOfReport, REVIEWED_WITHIN_MS, reportOf } from '../../../shared/audit/report.ts';
import { JournalEntry } from '../../../shared/contracts/journal.ts';
import { type ReviewReport, ReviewRequest } from '../../../shared/contracts/review.ts';
import type { Kept } from '../../../shared/stores/journal.ts';
import type { AuditRecord } from '../record.ts';
import { type Verdict, verifyAudit } from '../verify.ts';
import type { Asked } from './asked.ts';

/** What an auditor said of the week. */
export interface Signed {
  readonly by: string;
  readonly at: string;
  readonly hash: string;
  readonly found: string;
  readonly note: string;
  /** Whether it is this report that was signed. */
  readonly same: boolean;
  /** Whether they signed what they did themselves. */
  readonly own: boolean;
}

export interface ReviewOf extends Pick<Asked, 'week'> {
  readonly report: ReviewReport;
  readonly hash: string;
  /** From then on a week's report changes no more. */
  readonly complete: string;
  readonly signed: Signed | undefined;
  /** The audit as it is now, whole. */
  readonly verdict: Verdict;
}

/** What is read by the way: entries of the span, and words on reviews. What is no entry is for the verdict to tell. */
const collecting = (record: AuditRecord, { from, to }: Asked) => {
  const found: JournalEntry[] = [];
  const signs: JournalEntry[] = [];
  async function* entries(): AsyncGenerator<Kept> {
    for await (const kept of record.entries()) {
      const at = Date.parse(String(kept.entry['at']));
      const isIn = at >= from && at <= to + REVIEWED_WITHIN_MS;
      const entry = isIn || kept.entry['kind'] === 'audit.reviewed' ? JournalEntry.safeParse(kept.entry).data : undefined;
      if (entry && isIn) found.push(entry);
      if (entry?.kind === 'audit.reviewed') signs.push(entry);
      yield kept;
    }
  }
  return { found, signs, record: { ...record, entries } };
};

const signedOf = (signs: readonly JournalEntry[], report: ReviewReport, { week }: Asked): Signed | undefined => {
  const [sign] = signs.filter(({ data }) => week !== undefined && data['week'] === week);
  const said = ReviewRequest.safeParse(sign?.data).data;
  if (!sign || !said) return undefined;
  const { actor: by, at } = sign;
  const { hash, found, note } = said;
  return { by, at, hash, found, note, same: hash === hashOfReport(report), own: actedIn(report, by) };
};

/** The report over a span, made of every entry as it is kept and not of an index, with the verdict on the audit that it was read from. */
export const makeReview = async (of: AuditRecord, asked: Asked): Promise<ReviewOf> => {
  const { found, signs, record } = collecting(of, asked);
  const verdict = await verifyAudit(record);
  const report = reportOf(found, asked);
  return {
    ...(asked.week ? { week: asked.week } : {}),
    report,
    hash: hashOfReport(report),
    complete: new Date(asked.to + REVIEWED_WITHIN_MS).toISOString(),
    signed: signedOf(signs, report, asked),
    verdict,
  };
};
