import type { Fact } from '../../contracts/policy.ts';
import { hasAuthority } from '../kinds.ts';
import type { Duty } from './access.ts';

const later = (a: Fact, b: Fact): Fact =>
  b.recordedAt > a.recordedAt || (b.recordedAt === a.recordedAt && b.eventKey > a.eventKey) ? b : a;

/** Whether a person is on duty at `now` (ms), from the facts about them: the newest word counts, and one that has run out says nothing. */
export const dutyOf = (facts: readonly Fact[], now: number): Duty => {
  const words = facts.filter((fact) => fact.kind === 'duty' && hasAuthority(fact));
  const [first] = words;
  if (!first) return 'unknown';
  const { value, expiresAt } = words.reduce(later, first);
  const { status } = value;
  return Date.parse(expiresAt) > now && (status === 'on' || status === 'off') ? status : 'unknown';
};
