import { eventKey, type NormalizedEvent } from '../../../shared/contracts/event.ts';
import type { EventHistoryQuery } from '../../../shared/contracts/event-queries.ts';
import type { FiledEvent } from '../../../shared/contracts/event-replies.ts';
import type { JournalEntry } from '../../../shared/contracts/journal.ts';
import { iso, nodeOf } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { EventsStore } from '../../../shared/stores/events.ts';
import type { IncidentsStore } from '../../../shared/stores/incidents.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { Paged } from '../../../shared/stores/table.ts';
import type { ReadDay } from '../days.ts';
import type { Perform } from '../operation.ts';
import { byDay, byKey, filtered } from '../pages.ts';
import { ok } from '../reply.ts';
import { before, pageOf, sayingsOf, sayingsOfDay } from '../sayings.ts';
import { type Span, spanOf } from '../span.ts';

interface Deps {
  events: EventsStore;
  incidents: IncidentsStore;
  journal: JournalStore;
  clock: Clock;
}

const NAMES = ['category', 'priority', 'source', 'type'] as const;

/** Whether what was said of an event leaves it possible that it is meant: a statement's saying holds its key alone. */
const mayFit =
  (query: EventHistoryQuery, { holds }: Span) =>
  ({ at, data }: JournalEntry): boolean =>
    holds(at) && NAMES.every((name) => query[name] === undefined || data[name] === undefined || data[name] === query[name]);

const fits =
  (query: EventHistoryQuery) =>
  (event: NormalizedEvent): boolean =>
    NAMES.every((name) => query[name] === undefined || event[name] === query[name]);

/** The events that are spoken of, in the order of the sayings, as far as they are meant. */
const filed = async ({ events }: Deps, query: EventHistoryQuery, span: Span, sayings: readonly JournalEntry[]): Promise<FiledEvent[]> => {
  const at = new Map(sayings.filter(mayFit(query, span)).map((said) => [String(said.data['eventKey']), said.at]));
  const found = (await events.many([...at.keys()])).filter(fits(query));
  return found.map((event) => ({ ...event, fusedAt: at.get(eventKey(event)) ?? '' }));
};

const ofDay =
  (deps: Deps, query: EventHistoryQuery, span: Span): ReadDay<FiledEvent> =>
  async (day, page) => {
    const cursor = page.cursor ?? (query.to ? before(iso(Date.parse(query.to))) : undefined);
    const { items, next } = await sayingsOfDay(deps.journal, ['event.fused'])(day, { ...page, cursor });
    return { items: await filed(deps, query, span, items), next };
  };

/** The members that an incident has now, or what it was merged into has. */
const ofIncident = async (
  deps: Deps,
  query: EventHistoryQuery,
  span: Span,
  incidentId: string,
  page: Pick<EventHistoryQuery, 'limit' | 'cursor'>,
): Promise<Paged<FiledEvent>> => {
  const { journal, incidents } = deps;
  const standing = await incidents.standing(incidentId);
  if (!standing) return { items: [] };
  const members = await deps.events.among((await incidents.members(standing.incident.id)).map(nodeOf));
  const keys = new Set<unknown>(members.map(({ key }) => key));
  const entries = await journal.at(members.flatMap(({ fused }) => fused ?? []));
  const said = entries.flatMap(sayingsOf).filter(({ said: { data } }) => keys.has(data['eventKey']));
  const { items, next } = pageOf(said, page);
  const events = await filed(deps, query, span, items);
  return { items: events.map((event) => ({ ...event, incidentId: standing.incident.id })), next };
};

/** Events as they were filed, newest first. Of an incident: those that are its members now. */
export const eventHistory =
  (deps: Deps): Perform<'eventHistory'> =>
  async ({ query }) => {
    const asked = spanOf(query, deps.clock.now());
    if (!asked.ok) return asked.reply;
    const { span } = asked;
    const { incidentId } = query;
    const list = incidentId
      ? await byKey(query, (page) => ofIncident(deps, query, span, incidentId, page))
      : await byDay(
          query,
          span.newest,
          (day, page) =>
            filtered(
              (part) => ofDay(deps, query, span)(day, part),
              () => true,
            )(page),
          span.back,
        );
    return list.ok ? ok(list.page) : list.reply;
  };
