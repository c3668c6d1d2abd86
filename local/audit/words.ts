import type { Breach } from '../../shared/contracts/checkpoint.ts';
import type { Exported } from './export/write.ts';
import type { Verdict } from './verify.ts';

/** What is wrong with an entry, for people. */
export const IN_WORDS: Readonly<Record<Breach['why'], string>> = {
  altered: 'the entry is not what its hash says',
  unlinked: 'the entry does not hold the hash of the one before',
  missing: 'another entry stands in this place, or none',
  misfiled: 'the entry is kept in another place than its own',
  replaced: 'another entry stands here than was signed',
  cut: 'what was signed is not there any more',
};

const tail = ({ uncovered }: Verdict): string[] => {
  const count = uncovered.reduce((sum, { entries }) => sum + entries, 0);
  if (count === 0) return ['Every entry is covered by a signed checkpoint.'];
  return [
    `No checkpoint covers the newest ${count} entries yet; they are chained, but whoever can write to the table could have cut them or written them anew:`,
    ...uncovered.map(({ stream, entries, since }) => `  ${stream}: ${entries} since ${since}`),
  ];
};

/** A verdict as an auditor reads it. */
export const verdictInWords = (verdict: Verdict): string => {
  const { findings, entries, checkpoints, last } = verdict;
  const covers = last ? `the last, number ${last.counter} of ${last.at}, covers ${last.entries} entries` : 'none is sound';
  return [
    findings.length === 0 ? 'The audit holds.' : `The audit does not hold: ${findings.length} findings.`,
    ...findings.map(({ where, what }) => `  ${where}: ${what}`),
    `${entries} entries, ${checkpoints} checkpoints; ${covers}.`,
    ...tail(verdict),
    '',
  ].join('\n');
};

export const exportedInWords = (dir: string, { entries, checkpoints, part, misfiled, seal }: Exported): string =>
  [
    `${entries} entries${part ? ', a part that cannot be verified by itself' : ` and ${checkpoints} checkpoints`}, in ${dir}.`,
    ...(misfiled > 0
      ? [`${misfiled} of them are kept under keys that are not theirs, which a file cannot show: verify the table itself.`]
      : []),
    `Keep this elsewhere, for it tells whether anything in it was changed later: SHA-256 of manifest.json ${seal}`,
    '',
  ].join('\n');
