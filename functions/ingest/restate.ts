import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Incident } from '../../shared/contracts/incident.ts';
import { isRetracted } from '../../shared/domain/correction.ts';
import { openedBy } from '../../shared/domain/opened.ts';
import { nodeOf } from '../../shared/lambda/ids.ts';
import type { EventsStore } from '../../shared/stores/events.ts';
import type { Head, IncidentsStore } from '../../shared/stores/incidents.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import { age, combine } from './fuse.ts';

export interface RestateDeps {
  events: EventsStore;
  incidents: IncidentsStore;
  journal: JournalStore;
}

const ATTEMPTS = 20;

/** What an event makes of the incident it opens: a false alarm is a member still, and bears nothing out. */
const opened = (node: string, key: string, event: NormalizedEvent): Incident => {
  const own = openedBy(node, key, event);
  return isRetracted(event) ? { ...own, sources: [], confidence: 0, priority: 'INFO' } : own;
};

/** An incident as its members make it now. Pure; `reasons` are kept as they are. */
export const asMembersMakeIt = (
  { incident }: Head,
  members: readonly { node: string; key: string; event: NormalizedEvent }[],
): Incident => {
  const [oldest, ...others] = members.map(({ node, key, event }) => opened(node, key, event)).sort((a, b) => (age(a) < age(b) ? -1 : 1));
  if (!oldest) return incident;
  const whole = others.reduce((older, younger) => combine(older, younger), oldest);
  return { ...whole, id: incident.id, eventKey: incident.eventKey, openedAt: incident.openedAt, joined: incident.joined };
};

/** Makes an incident's head anew of its members, one of which is not what it was. An incident of one event has no head to be made. */
export const restate =
  ({ events, incidents, journal }: RestateDeps) =>
  async (id: string): Promise<Incident> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const head = await incidents.root(id);
      const keys = await incidents.members(head.incident.id);
      const now = asMembersMakeIt(head, await events.among(keys.map(nodeOf)));
      if (head.version === 0) return now;
      const done = await journal.commit(id, [], [incidents.write(now, head)]);
      if (done.ok) return now;
    }
    throw new Error(`Incident ${id} changed ${ATTEMPTS} times while an event of it was corrected; the message will be delivered again`);
  };
