import { isStatement, type NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Incident } from '../../shared/contracts/incident.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { Fact } from '../../shared/contracts/policy.ts';
import { detailOf, light } from '../../shared/domain/announced.ts';
import type { Announcement, OwnBus } from '../../shared/lambda/bus.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { say } from '../../shared/lambda/log.ts';
import type { Clock, LogSink } from '../../shared/lambda/runtime.ts';
import { factRefusal, factsOf } from '../../shared/policy/facts.ts';
import type { DeadLettersStore } from '../../shared/stores/dead-letters.ts';
import type { StoredEvent } from '../../shared/stores/events.ts';
import type { FactsStore } from '../../shared/stores/facts.ts';
import { type AcceptDeps, accept, acceptedEntry, known } from './accept.ts';
import { type Merge, unite } from './fuse.ts';
import { observe, relatedTo } from './neighbours.ts';
import { normalise } from './normalise.ts';

export interface IngestDeps extends AcceptDeps {
  facts: FactsStore;
  deadLetters: DeadLettersStore;
  bus: OwnBus;
  clock: Clock;
  log: LogSink;
}

const factEntry = (fact: Fact): Entry => ({
  kind: 'fact.recorded',
  actor: `source/${fact.source}`,
  data: { subject: fact.subject, kind: fact.kind, eventKey: fact.eventKey, expiresAt: fact.expiresAt },
});

/** Refused for good: kept with its reason, counted once however often it is delivered. */
const bury =
  ({ journal, deadLetters, log }: IngestDeps) =>
  async (raw: BusEvent, reason: string, path?: string): Promise<void> => {
    say(log, 'warn', 'event.refused', { busId: raw.id, reason });
    const data = { busId: raw.id, source: raw.source.slice(0, 60), reason };
    await journal.commit(
      raw.id,
      [
        { kind: 'event.accepted', actor: 'system/ingest', data: { busId: raw.id } },
        { kind: 'event.dead-lettered', actor: 'system/ingest', data },
      ],
      [
        deadLetters.bury({
          busId: raw.id,
          at: raw.time,
          source: raw.source,
          detailType: raw['detail-type'],
          reason,
          path,
          body: JSON.stringify(raw.detail) ?? '',
        }),
      ],
    );
  };

/** A statement (unit, subsystem, fact) joins no incident: it is stored with the facts it states and passed on to `register`. */
const state =
  (deps: IngestDeps) =>
  async (key: string, event: NormalizedEvent, busId: string): Promise<void> => {
    const facts = factsOf(event);
    const done = await deps.journal.commit(
      key,
      [
        acceptedEntry(key, event, busId),
        { kind: 'event.fused', actor: 'system/ingest', data: { eventKey: key, into: 'statement' } },
        ...facts.map(factEntry),
      ],
      [...deps.events.accept(key, { event, state: 'fused', busId }), ...facts.map(deps.facts.record)],
    );
    if (!done.ok && (await known(deps)(key, event, busId)).outcome === 'duplicate') return;
    await deps.bus.announce({ type: 'event.normalized', detail: light(key, event) });
  };

/** accepted → fused: the event gets its incident, its facts and its entry at once; a second delivery finds it done. */
const settle = async (deps: IngestDeps, key: string, { event, node = '' }: StoredEvent): Promise<Incident> => {
  for (;;) {
    const root = await deps.incidents.root(node);
    const { incident } = root;
    const own = incident.id === node ? root : await deps.incidents.get(node);
    if (!own) throw new Error(`Incident ${node} is not stored; its event will be delivered again`);
    const facts = factsOf({ ...event, incidentId: incident.id });
    const opened = incident.id === node;
    const done = await deps.journal.commit(
      incident.id,
      [
        ...(opened
          ? [
              {
                kind: 'incident.opened' as const,
                actor: 'system/ingest',
                incidentId: node,
                data: { eventKey: key, type: event.type, priority: event.priority },
              },
            ]
          : []),
        {
          kind: 'event.fused',
          actor: 'system/ingest',
          incidentId: incident.id,
          data: { eventKey: key, type: event.type, category: event.category, priority: event.priority, source: event.source, opened },
        },
        ...facts.map((fact) => ({ ...factEntry(fact), incidentId: incident.id })),
      ],
      [deps.events.fuse(key, incident.id), deps.incidents.announce(own), ...facts.map(deps.facts.record)],
    );
    if (done.ok || done.failed.includes(0)) return incident;
  }
};

const announcements = (key: string, event: NormalizedEvent, incident: Incident, node: string, merges: Merge[]): Announcement[] => [
  { type: 'event.normalized', detail: detailOf(key, event, incident) },
  {
    type: incident.id === node ? 'incident.opened' : 'incident.updated',
    detail: { id: incident.id, eventKey: key, events: incident.events, priority: incident.priority },
  },
  ...merges.map((merge) => ({ type: 'incident.merged', detail: merge })),
];

const fuse =
  (deps: IngestDeps) =>
  async (key: string, stored: StoredEvent): Promise<void> => {
    const { event, node = '' } = stored;
    const merges: Merge[] = [];
    for (const related of await relatedTo(deps.incidents, event, observe(node, key, event))) {
      const merge = await unite(deps)(node, related.node, related.reason);
      if (merge) merges.push(merge);
    }
    const incident = await settle(deps, key, stored);
    await deps.bus.announce(...announcements(key, event, incident, node, merges));
  };

/** One raw event of the bus: normalise → screen → fuse → announce. Every delivery may be the second one. */
export const ingest =
  (deps: IngestDeps) =>
  async (raw: BusEvent): Promise<void> => {
    const normal = normalise(raw, deps.clock.now());
    if (!normal.ok) return bury(deps)(raw, normal.reason, normal.path);
    const { key, event } = normal;
    const refusal = factRefusal(event);
    if (refusal) return bury(deps)(raw, refusal, 'data.fact');
    if (isStatement(event.type)) return state(deps)(key, event, raw.id);
    const accepted = await accept(deps)(key, event, raw.id);
    if (accepted.outcome !== 'duplicate') await fuse(deps)(key, accepted.stored);
  };
