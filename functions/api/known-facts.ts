import * as z from 'zod';
import type { FactStanding, FactView } from '../../shared/contracts/fact.ts';
import type { Fact } from '../../shared/contracts/policy.ts';
import { countsAs, newestFirst } from '../../shared/policy/live-facts.ts';
import { standing } from '../../shared/policy/override.ts';
import type { FactsStore, Stated } from '../../shared/stores/facts.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';

export interface KnownDeps {
  readonly facts: Pick<FactsStore, 'stated' | 'ofDay'>;
  readonly incidents: Pick<IncidentsStore, 'standing'>;
}

/** What tells one fact from every other. */
const Place = z.tuple([z.string(), z.string(), z.string()]);

/** A fact's id: its subject, kind and event, as a text that a path may hold. */
export const factId = ({ subject, kind, eventKey }: Pick<Fact, 'subject' | 'kind' | 'eventKey'>): string =>
  Buffer.from(JSON.stringify([subject, kind, eventKey])).toString('base64url');

/** The subject in a fact's id; undefined where it is none of ours. */
export const subjectIn = (id: string): string | undefined => {
  try {
    return Place.parse(JSON.parse(Buffer.from(id, 'base64url').toString('utf8')))[0];
  } catch {
    return undefined;
  }
};

const INCIDENT = 'incident/';

/** The incident that a subject names; undefined for any other subject. */
export const incidentIn = (subject: string): string | undefined =>
  subject.startsWith(INCIDENT) ? subject.slice(INCIDENT.length) : undefined;

/** A subject with every other name it has had: an incident's facts stand under those that were merged into it as well. */
export const namesOf = async ({ incidents }: Pick<KnownDeps, 'incidents'>, subject: string): Promise<string[]> => {
  const incidentId = incidentIn(subject);
  const found = incidentId === undefined ? undefined : await incidents.standing(incidentId);
  return found ? [...new Set([subject, ...[found.incident.id, ...found.absorbed].map((id) => `${INCIDENT}${id}`)])] : [subject];
};

const standingOf = (said: Fact, stands: Fact, newest: Fact | undefined, now: number): FactStanding => {
  if (Date.parse(said.expiresAt) <= now) return 'expired';
  if (Date.parse(stands.expiresAt) <= now) return 'withdrawn';
  return newest && newest !== said ? 'superseded' : 'live';
};

/** What is known of one subject under all its names, as it stands at `now` (ms), in the order in which it was stated. */
export const viewsOf = ({ facts, overrides }: Stated, now: number): FactView[] => {
  const newest = (kind: string): Fact | undefined =>
    countsAs(kind) === 'latest' ? facts.filter((fact) => fact.kind === kind).sort(newestFirst)[0] : undefined;
  return standing(facts, overrides, now).map((stands, index) => {
    const said = facts[index] ?? stands;
    return { ...stands, expiresAt: said.expiresAt, id: factId(said), standing: standingOf(said, stands, newest(said.kind), now) };
  });
};

/** Facts newest first: by when they came, then by id. */
export const byTime = (a: FactView, b: FactView): number =>
  a.recordedAt === b.recordedAt ? (a.id < b.id ? 1 : -1) : a.recordedAt < b.recordedAt ? 1 : -1;
