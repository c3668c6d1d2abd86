import type { Operation } from '../contracts/endpoints.ts';
import { type Entry, JournalKind } from '../contracts/journal.ts';

/** What takes more than everybody's rights: the engine itself, runs taken out of the machine's hands, letters sent again or given up, facts that are no more to count, what is opened to another agency, what is sealed opened, held or erased, and the second person's word on such things. */
export const PRIVILEGED: ReadonlySet<string> = new Set<Operation>([
  'startKernel',
  'stopKernel',
  'pauseKernel',
  'resumeKernel',
  'pauseExecution',
  'resumeExecution',
  'cancelExecution',
  'redriveExecution',
  'redriveDeadLetter',
  'discardDeadLetter',
  'overrideFact',
  'answerAsk',
  'declareJointOperation',
  'acceptJointOperation',
  'commandJointOperation',
  'openSealed',
  'findSubject',
  'holdSubject',
  'releaseSubject',
  'eraseSubject',
]);

/** What reads the log, or has a word on it. */
export const ON_THE_LOG: ReadonlySet<string> = new Set<Operation>(['audit', 'auditPolicy', 'listReviews', 'getReview', 'signReview']);

const under = (...words: string[]): readonly JournalKind[] =>
  JournalKind.options.filter((kind) => words.includes(kind.split('.')[0] ?? ''));

/** Who came in, and who tried to. */
export const LOGONS = under('logon');
/** Who may do what was changed. */
export const PERMISSIONS = under('person', 'token');

/** Always of interest. */
const KINDS: ReadonlySet<JournalKind> = new Set<JournalKind>([
  ...LOGONS,
  ...PERMISSIONS,
  'access.refused',
  'audit.read',
  'audit.broken',
  'audit.spooled',
  'event.dead-lettered',
  'event.redriven',
  'event.discarded',
  'fact.withdrawn',
  'fact.overridden',
  ...under('sealed', 'subject'),
]);

type Said = Pick<Entry, 'kind' | 'data' | 'via'>;

const ofOneKind: Partial<Record<JournalKind, (entry: Said) => boolean>> = {
  'access.granted': ({ via }) => PRIVILEGED.has(String(via?.to)),
  'guardrail.decided': ({ data }) => data['verdict'] === 'refuse',
  // A question of this kind asks whether a life-safety override was justified.
  'approval.requested': ({ data }) => data['kind'] === 'review',
  'approval.answered': ({ data }) => data['kind'] === 'review',
};

/** Whether an auditor's week tells of this entry. They are few among many, and kept in an index by week. Pure. */
export const isForReview = (entry: Said): boolean => KINDS.has(entry.kind) || (ofOneKind[entry.kind]?.(entry) ?? false);
