import type { ReviewReport } from '../../../shared/contracts/review.ts';
import { IN_WORDS, verdictInWords } from '../words.ts';
import type { ReviewOf } from './make.ts';

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** A heading with how many there are, and each below. */
const list = (heading: string, lines: readonly string[]): string[] => [`${heading}: ${lines.length || 'none'}`, ...indented(lines)];

const counts = (heading: string, of: Readonly<Record<string, number>>): string[] => {
  const names = Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = names.reduce((total, [, count]) => total + count, 0);
  return [`${heading}: ${sum || 'none'}`, ...indented(names.map(([name, count]) => `${count} ${name}`))];
};

const overrides = ({ overrides: all }: ReviewReport): string[] => {
  const unreviewed = all.filter(({ review }) => !review).length;
  return list(
    `Life-safety overrides${unreviewed > 0 ? `, ${unreviewed} not reviewed within 24 h` : ''}`,
    all.map(({ at, executionId, step, review }) =>
      review
        ? `${at} ${executionId} ${step}: ${review.answer} by ${review.by} at ${review.at}, “${review.reason}”`
        : `${at} ${executionId} ${step}: NOT REVIEWED within 24 h`,
    ),
  );
};

const objectOf = (object: Readonly<Record<string, string>>): string => Object.values(object).join(' ');

const reported = (report: ReviewReport): string[] => [
  ...counts('Log-ons', report.logons),
  ...list(
    'Permissions changed',
    report.permissionChanges.map(({ at, by, what, about }) => `${at} ${by} ${what} ${about}`),
  ),
  ...list(
    'Privileged actions',
    report.privileged.map(({ at, by, what, object, outcome }) => `${at} ${by} ${[what, objectOf(object)].join(' ').trim()}: ${outcome}`),
  ),
  ...overrides(report),
  ...list(
    'Facts withdrawn or replaced by hand',
    report.facts.map(
      ({ at, by, confirmedBy, what, factKind, subject, eventKey, until = 'for good', reason }) =>
        `${at} ${by} with ${confirmedBy} ${what} ${factKind} of ${subject} (${eventKey}), until ${until}: “${reason}”`,
    ),
  ),
  ...counts('Refused by guardrails', report.refusals),
  ...counts('The log was read', report.log.reads),
  ...counts('Attempts on the log that were forbidden', report.log.attempts),
  ...counts('Other calls that were forbidden', report.forbidden),
  ...list(
    'Breaches of a chain',
    report.breaches.map(({ at, stream, seq, why }) => `${at} ${stream} ${seq}: ${IN_WORDS[why]}`),
  ),
  ...list(
    'Done while the journal could not be written',
    report.spooled.map(({ at, since, executionId }) => `${since} ${executionId}, written ${at}`),
  ),
  ...counts('Dead letters', report.deadLetters.buried),
  `Dead letters sent again: ${report.deadLetters.redriven}, given up: ${report.deadLetters.discarded}`,
];

const signature = ({ week, signed }: ReviewOf): string[] => {
  if (week === undefined) return ['A span that is no week is not signed.'];
  if (!signed) return ['Nobody has signed it.'];
  const { by, at, found, note, same, own } = signed;
  return [
    `Signed by ${by} at ${at}: ${found}, “${note}”`,
    ...(same ? [] : ['  IT IS ANOTHER REPORT THAT WAS SIGNED: the journal tells something else by now.']),
    ...(own ? ['  THEY SIGNED WHAT THEY DID THEMSELVES.'] : []),
  ];
};

/** A review as an auditor reads it. */
export const reviewInWords = (review: ReviewOf): string => {
  const { week, report, hash, complete, verdict } = review;
  return [
    `The audit ${week ? `in ${week}, ` : ''}from ${report.from} to ${report.to}: ${report.entries} entries to review`,
    '',
    ...reported(report),
    '',
    `SHA-256 of this report: ${hash}${week ? ` (final from ${complete} on)` : ''}`,
    ...signature(review),
    '',
    verdictInWords(verdict),
  ].join('\n');
};
