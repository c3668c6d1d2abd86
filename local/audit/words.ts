import type { Breach } from '../../shared/contracts/checkpoint.ts';

/** What is wrong with an entry, for people. */
export const IN_WORDS: Readonly<Record<Breach['why'], string>> = {
  altered: 'the entry is not what its hash says',
  unlinked: 'the entry does not hold the hash of the one before',
  missing: 'another entry stands in this place, or none',
  misfiled: 'the entry is kept in another place than its own',
  replaced: 'another entry stands here than was signed',
  cut: 'what was signed is not there any more',
};
