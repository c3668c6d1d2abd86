import type { FusedQuery } from '../../../shared/contracts/event-queries.ts';
import type { FusedIncident } from '../../../shared/contracts/event-replies.ts';
import type { Incident } from '../../../shared/contracts/incident.ts';
import { iso, nodeOf } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { EventsStore } from '../../../shared/stores/events.ts';
import type { IncidentsStore } from '../../../shared/stores/incidents.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { ReadDay } from '../days.ts';
import { fusedOf } from '../fused.ts';
import type { Perform } from '../operation.ts';
import { byDay, filtered } from '../pages.ts';
import { ok } from '../reply.ts';
import { before, sayingsOfDay } from '../sayings.ts';
import { type Span, spanOf } from '../span.ts';

interface Deps {
  events: EventsStore;
  incidents: IncidentsStore;
  journal: JournalStore;
  clock: Clock;
}

/** What its head alone says of an incident. */
const fits =
  ({ category, priority, source, state, minEvents }: FusedQuery) =>
  (incident: Incident): boolean =>
    !incident.parent &&
    (!category || incident.category === category) &&
    (!priority || incident.priority === priority) &&
    (!state || incident.state === state) &&
    (!source || incident.sources.includes(source)) &&
    (!minEvents || incident.events >= minEvents);

/** Incidents by the event that they are named after: it opened them, or is the oldest of a part that was split off. Without those that were merged away since. */
const ofDay =
  (deps: Deps, query: FusedQuery, { holds }: Span): ReadDay<FusedIncident> =>
  async (day, page) => {
    const { journal, incidents } = deps;
    const cursor = page.cursor ?? (query.to ? before(iso(Date.parse(query.to))) : undefined);
    const { items, next } = await sayingsOfDay(journal, ['event.fused'])(day, { ...page, cursor });
    const names = items
      .filter(({ at, incidentId }) => incidentId !== undefined && holds(at))
      .map(({ data }) => nodeOf(String(data['eventKey'])));
    const standing = await Promise.all(names.map(incidents.standing));
    const own = standing.flatMap((found, nth) => (found?.incident.id === names[nth] ? [found?.incident] : []));
    const meant = own.flatMap((incident) => (incident && fits(query)(incident) ? [incident] : []));
    return { items: (await Promise.all(meant.map(fusedOf(deps)))).flatMap((fused) => fused ?? []), next };
  };

export const fusedEvents =
  (deps: Deps): Perform<'fusedEvents'> =>
  async ({ query }) => {
    const asked = spanOf(query, deps.clock.now());
    if (!asked.ok) return asked.reply;
    const { newest, back } = asked.span;
    const read: ReadDay<FusedIncident> = (day, page) =>
      filtered(
        (part) => ofDay(deps, query, asked.span)(day, part),
        () => true,
      )(page);
    const list = await byDay(query, newest, read, back);
    return list.ok ? ok(list.page) : list.reply;
  };
