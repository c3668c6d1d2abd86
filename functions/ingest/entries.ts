import type { Correction } from '../../shared/contracts/correction.ts';
import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { Fact } from '../../shared/contracts/policy.ts';
import type { Source } from '../../shared/contracts/vocabulary.ts';
import { hourOf } from '../../shared/domain/figures.ts';
import { independentSources } from '../../shared/domain/independent.ts';

const ACTOR = 'system/ingest';

/** In which hours these came, by which the ledger counts them: said once where it is one. An end may be written down in a later hour. */
export const inHours = <T extends object>(items: readonly T[], came: readonly { readonly event: NormalizedEvent }[]) => {
  const hours = came.map(({ event }) => hourOf(event.receivedAt));
  if (new Set(hours).size === 1) return { hour: hours[0], items };
  return { items: items.map((item, index) => ({ ...item, hour: hours[index] })) };
};

interface Came {
  readonly key: string;
  readonly event: NormalizedEvent;
  readonly busId: string;
}

/** That these deliveries were taken in, one entry for all. `incidentId`: of an event that is alone, or was known before. */
export const acceptedEntry = (came: readonly Came[]): Entry => ({
  kind: 'event.accepted',
  actor: ACTOR,
  data: inHours(
    came.map(({ key, event: { type, occurredAt, flags, incidentId }, busId }) => ({
      eventKey: key,
      type,
      occurredAt,
      busId,
      flags,
      incidentId,
    })),
    came,
  ),
});

interface Fused {
  readonly key: string;
  readonly node: string;
  readonly event: NormalizedEvent;
  /** Of the incident as the event is told with it; absent for an event that is alone. */
  readonly sources?: readonly Source[];
}

/** `independent`: how many independent sources its incident had when the event was told, by which it started something or did not. */
const fusedItem = ({ key, node, event: { type, category, priority, source, agency, incidentId }, sources = [source] }: Fused) =>
  incidentId === undefined
    ? { eventKey: key, into: 'statement' }
    : {
        eventKey: key,
        incidentId,
        type,
        category,
        priority,
        source,
        agency,
        opened: incidentId === node,
        independent: independentSources(sources),
      };

/** That these events have their incident (`event.incidentId`), or are statements and need none. */
export const fusedEntry = (fused: readonly Fused[]): Entry => ({
  kind: 'event.fused',
  actor: ACTOR,
  data: inHours(fused.map(fusedItem), fused),
});

/** That a correction was taken in: it joins no incident, it changes an event of one. */
export const correctionEntry = (
  { key, event: { incidentId } }: Fused,
  { of, retracts }: Correction,
  changed: readonly string[],
): Entry => ({
  kind: 'event.fused',
  actor: ACTOR,
  data: { items: [{ eventKey: key, incidentId, into: 'correction', of, retracts, changed }] },
});

export const factEntry = (fact: Fact, incidentId?: string): Entry => ({
  kind: 'fact.recorded',
  actor: `source/${fact.source}`,
  incidentId,
  data: { subject: fact.subject, kind: fact.kind, eventKey: fact.eventKey, expiresAt: fact.expiresAt },
});

/** Members of incidents that outgrew their span are in others now, one entry for all: a late event may move many cuts. */
export const splitEntry = (splits: readonly { from: string; into: string; members: readonly string[] }[]): Entry => ({
  kind: 'incident.split',
  actor: ACTOR,
  incidentId: splits[0]?.from,
  data: { items: splits.map((split) => ({ incidentId: split.into, ...split })) },
});

export const mergedEntry = (told: boolean, into: string, data: Record<string, unknown>): Entry => ({
  kind: told ? 'incident.merged' : 'incident.updated',
  actor: ACTOR,
  incidentId: into,
  data,
});
