import type { Breach } from '../contracts/checkpoint.ts';
import type { JournalEntry, JournalKind } from '../contracts/journal.ts';
import type { FactWord, Override, PermissionChange, PrivilegedAct, ReviewReport } from '../contracts/review.ts';
import { canonical, iso, sha256 } from '../lambda/ids.ts';
import { orderOf } from '../stores/journal.ts';
import { isForReview, LOGONS, ON_THE_LOG, PERMISSIONS } from './for-review.ts';

/** A life-safety override is reviewed within so long (ms): SWOE's own rule. A week's report is complete so long after the week. */
export const REVIEWED_WITHIN_MS = 24 * 3_600_000;

type Counts = Record<string, number>;
type Data = Readonly<Record<string, unknown>>;

/** How often each name comes. */
const counted = (names: readonly unknown[]): Counts => {
  const counts: Counts = {};
  for (const name of names.map(String)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

const actOf = ({ at, stream, seq, actor }: JournalEntry) => ({ at, stream, seq, by: actor });

const text = (data: Data, name: string): string => String(data[name] ?? '');

/** The first word on an override, where it came in time. */
const reviewOf = (asked: JournalEntry, answers: readonly JournalEntry[]): Override['review'] => {
  const answer = answers.find(({ data }) => data['approvalId'] === asked.data['approvalId']);
  if (!answer || Date.parse(answer.at) > Date.parse(asked.at) + REVIEWED_WITHIN_MS) return undefined;
  return { at: answer.at, by: answer.actor, answer: text(answer.data, 'answer'), reason: text(answer.data, 'reason') };
};

const overrideOf = (asked: JournalEntry, answers: readonly JournalEntry[]): Override => {
  const review = reviewOf(asked, answers);
  const { at, executionId = '', data } = asked;
  return { at, executionId, step: text(data, 'step'), approvalId: text(data, 'approvalId'), ...(review ? { review } : {}) };
};

/** The clauses that forbade it. */
const blocking = ({ data }: JournalEntry): string[] =>
  ((data['clauses'] ?? []) as { id?: string; severity?: string }[]).flatMap(({ id, severity }) =>
    severity === 'BLOCKING' && id ? [id] : [],
  );

const breachOf = ({ at, data }: JournalEntry): ReviewReport['breaches'][number] => {
  const { stream, seq, why } = data as unknown as Breach;
  return { at, stream, seq, why };
};

const changeOf = (entry: JournalEntry): PermissionChange => ({ ...actOf(entry), what: entry.kind, about: text(entry.data, 'id') });

const privilegedOf = (entry: JournalEntry): PrivilegedAct => {
  const { to, object = {}, outcome } = entry.via ?? {};
  return { ...actOf(entry), what: String(to), object, outcome: String(outcome) };
};

const factWordOf = (entry: JournalEntry): FactWord => {
  const { data } = entry;
  const named = { subject: text(data, 'subject'), factKind: text(data, 'kind'), eventKey: text(data, 'eventKey') };
  const until = data['until'] === undefined ? {} : { until: text(data, 'until') };
  return {
    ...actOf(entry),
    what: entry.kind,
    confirmedBy: `person/${text(data, 'confirmedBy')}`,
    ...named,
    ...until,
    reason: text(data, 'reason'),
  };
};

const isOnTheLog = ({ via }: JournalEntry): boolean => ON_THE_LOG.has(String(via?.to));

type Chosen = (...kinds: JournalKind[]) => JournalEntry[];

/** What was done with the log itself, and what else was forbidden. */
const ofTheLog = (of: Chosen): Pick<ReviewReport, 'log' | 'forbidden'> => {
  const refused = of('access.refused');
  const attempts = counted(refused.filter(isOnTheLog).map(({ actor }) => actor));
  return {
    log: { reads: counted(of('audit.read').map(({ actor }) => actor)), attempts },
    forbidden: counted(refused.filter((entry) => !isOnTheLog(entry)).map(({ via }) => via?.to)),
  };
};

const deadLettersOf = (of: Chosen): ReviewReport['deadLetters'] => ({
  buried: counted(of('event.dead-lettered').map(({ data }) => data['source'])),
  redriven: of('event.redriven').length,
  discarded: of('event.discarded').length,
});

/**
 * What happened from `from` to before `to` (ms), of all that these entries say; those of the following day are looked at for words on overrides alone.
 * The same entries in any order give the same report. Pure.
 */
export const reportOf = (all: Iterable<JournalEntry>, { from, to }: { from: number; to: number }): ReviewReport => {
  const [start, end, late] = [iso(from), iso(to), iso(to + REVIEWED_WITHIN_MS)];
  const known = [...all].filter((entry) => entry.at >= start && entry.at <= late && isForReview(entry));
  known.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const answers = known.filter(({ kind }) => kind === 'approval.answered');
  const entries = known.filter(({ at }) => at < end);
  const of: Chosen = (...kinds) => entries.filter(({ kind }) => kinds.includes(kind));
  return {
    from: start,
    to: end,
    entries: entries.length,
    logons: counted(of(...LOGONS).map(({ kind }) => kind)),
    permissionChanges: of(...PERMISSIONS).map(changeOf),
    privileged: of('access.granted').map(privilegedOf),
    overrides: of('approval.requested').map((asked) => overrideOf(asked, answers)),
    facts: of('fact.withdrawn', 'fact.overridden').map(factWordOf),
    refusals: counted(of('guardrail.decided').flatMap(blocking)),
    ...ofTheLog(of),
    breaches: of('audit.broken').map(breachOf),
    spooled: of('audit.spooled').map(({ at, executionId = '', data }) => ({ at, since: text(data, 'since'), executionId })),
    deadLetters: deadLettersOf(of),
  };
};

/** What an auditor signs. */
export const hashOfReport = (report: ReviewReport): string => sha256(canonical(report));

/** Whether somebody did anything in a week that its auditor has to look at: they are not the one to sign it. */
export const actedIn = ({ privileged, permissionChanges, overrides, facts }: ReviewReport, person: string): boolean =>
  [...privileged, ...permissionChanges, ...facts].some(({ by }) => by === person) ||
  facts.some(({ confirmedBy }) => confirmedBy === person) ||
  overrides.some(({ review }) => review?.by === person);
