import type { Fact } from '../../contracts/policy.ts';
import { hasAuthority } from '../kinds.ts';
import { newestFirst } from '../live-facts.ts';
import type { Duty } from './access.ts';

/** Whether a person is on duty at `now` (ms), from the facts about them: the newest word counts, and one that has run out says nothing. */
export const dutyOf = (facts: readonly Fact[], now: number): Duty => {
  const [newest] = facts.filter((fact) => fact.kind === 'duty' && hasAuthority(fact)).sort(newestFirst);
  if (!newest) return 'unknown';
  const { value, expiresAt } = newest;
  const { status } = value;
  return Date.parse(expiresAt) > now && (status === 'on' || status === 'off') ? status : 'unknown';
};
