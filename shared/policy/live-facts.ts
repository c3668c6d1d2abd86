import type { Fact } from '../contracts/policy.ts';
import type { FactKind } from './kinds/kind.ts';
import { factKind, hasAuthority } from './kinds.ts';
import type { PolicyRequest } from './situation.ts';

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const place = ({ kind, subject, eventKey }: Fact): string => `${kind} ${subject} ${eventKey}`;
/** A kind that nobody declared forbids. */
export const countsAs = (kind: string): FactKind['counts'] => factKind(kind)?.counts ?? 'every';

/** Allowing facts looked at of one kind: those that live longest. */
const ENOUGH = 6;

export const byKind = (facts: readonly Fact[]): Map<string, Fact[]> => {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.kind);
    if (group) group.push(fact);
    else groups.set(fact.kind, [fact]);
  }
  return groups;
};

/** When it was observed: a word that comes late is older than one that was observed after it. */
export const observedAt = ({ observedAt: seen, recordedAt }: Fact): string => seen ?? recordedAt;

/** What a fact says, whoever says it and until when: fifty shots attest one danger. */
export const said = ({ value: { by: _by, until: _until, ...value } }: Fact): string => JSON.stringify(value, Object.keys(value).sort());

const longest = (facts: readonly Fact[]): Fact[] => {
  const sorted = [...facts].sort((a, b) => before(b.expiresAt, a.expiresAt) || before(place(a), place(b)));
  const words = new Map<string, Fact>();
  for (const fact of sorted) if (!words.has(said(fact))) words.set(said(fact), fact);
  return [...words.values()].slice(0, ENOUGH);
};

/** By when it was observed, then by when it came: the newest first. */
export const newestFirst = (a: Fact, b: Fact): number =>
  before(observedAt(b), observedAt(a)) || before(b.recordedAt, a.recordedAt) || before(place(b), place(a));

/** The newest word, expired or not: one that has run out does not bring the one before it back. */
const newest = (facts: readonly Fact[]): Fact[] => [...facts].sort(newestFirst).slice(0, 1);

const counting = (kind: string, facts: readonly Fact[], now: number): Fact[] => {
  const isLive = ({ expiresAt }: Fact): boolean => Date.parse(expiresAt) > now;
  const counts = countsAs(kind);
  if (counts === 'latest') return newest(facts).filter(isLive);
  const live = facts.filter(isLive);
  return counts === 'one' ? longest(live) : live;
};

/** Whom and what a request is about: only facts about these exist for it. */
const subjectsOf = ({ incident, workflow, answer, resources = [] }: PolicyRequest): Set<string> =>
  new Set([
    'city',
    `workflow/${workflow}`,
    ...[incident.id, ...(incident.aliases ?? [])].map((id) => `incident/${id}`),
    ...resources.map((id) => `resource/${id}`),
    ...(answer ? [`person/${answer.by}`] : []),
  ]);

/** The facts of these kinds that exist for this request, in a fixed order. */
export const liveFacts = (request: PolicyRequest, kinds: ReadonlySet<string>): Fact[] => {
  const subjects = subjectsOf(request);
  const known = request.facts.filter((fact) => kinds.has(fact.kind) && subjects.has(fact.subject) && hasAuthority(fact));
  return [...byKind(known)].flatMap(([kind, facts]) => counting(kind, facts, request.now)).sort((a, b) => before(place(a), place(b)));
};
