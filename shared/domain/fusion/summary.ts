import type { IncidentSummary } from '../../contracts/incident.ts';
import { priorityRank, type Source } from '../../contracts/vocabulary.ts';
import { extentOf, joined as joinedExtent } from './extent.ts';
import type { Observation } from './observation.ts';
import { cadWordsOf, joined as joinedWords, later } from './state.ts';

export type Summary = IncidentSummary;

/** Categories whose events speak about an incident after the fact: they do not reopen it. */
const ABOUT = new Set(['INVESTIGATION', 'COMPLIANCE', 'GOVERNANCE', 'SYSTEM']);

/** What is left of a false alarm: where and when it was said to be. */
const NOTHING = { stirredAt: '', priority: 'INFO', threatLevel: 0, heard: {}, cad: {} } as const;

export const summaryOf = (seen: Observation): Summary => ({
  events: 1,
  firstAt: seen.at,
  lastAt: seen.at,
  stirredAt: ABOUT.has(seen.category) ? '' : seen.at,
  priority: seen.priority,
  threatLevel: seen.threatLevel,
  heard: { [seen.source]: seen.confidence },
  families: [seen.family],
  ...extentOf(seen),
  cad: cadWordsOf(seen),
  ...(seen.retracted ? NOTHING : {}),
});

const best = (a: Summary['heard'], b: Summary['heard']): Summary['heard'] => {
  const sources = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort() as Source[];
  return Object.fromEntries(sources.map((source) => [source, Math.max(a[source] ?? 0, b[source] ?? 0)]));
};

/** Two disjoint sets of members as one. */
export const combine = (a: Summary, b: Summary): Summary => ({
  events: a.events + b.events,
  firstAt: a.firstAt < b.firstAt ? a.firstAt : b.firstAt,
  lastAt: later(a.lastAt, b.lastAt),
  stirredAt: later(a.stirredAt, b.stirredAt),
  priority: priorityRank(a.priority) <= priorityRank(b.priority) ? a.priority : b.priority,
  threatLevel: Math.max(a.threatLevel, b.threatLevel),
  heard: best(a.heard, b.heard),
  families: [...new Set([...a.families, ...b.families])].sort(),
  ...joinedExtent(a.extent, b.extent),
  cad: joinedWords(a.cad, b.cad),
});

/** Members, each counted once however often it is given. At least one. */
export const summarise = (members: readonly Observation[]): Summary => {
  const [first, ...others] = [...new Map(members.map((seen) => [seen.node, seen])).values()];
  if (!first) throw new Error('An incident has at least one member');
  return others.reduce((summary, seen) => combine(summary, summaryOf(seen)), summaryOf(first));
};
