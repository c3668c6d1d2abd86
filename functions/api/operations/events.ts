import type { Incident } from '../../../shared/contracts/incident.ts';
import { timeRefusal } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { EventsStore } from '../../../shared/stores/events.ts';
import type { IncidentsStore } from '../../../shared/stores/incidents.ts';
import type { ApiBus } from '../bus.ts';
import { notForPeople } from '../claims.ts';
import type { Perform } from '../operation.ts';
import { byDay } from '../pages.ts';
import { accepted, invalidFields, ok, unavailable } from '../reply.ts';

interface Deps {
  events: EventsStore;
  incidents: IncidentsStore;
  put: ApiBus;
  clock: Clock;
}

/** Members named in a list; an incident says itself how many it has. */
const MEMBERS_SHOWN = 100;

export const ingestEvent =
  ({ put, clock }: Deps): Perform<'ingestEvent'> =>
  async ({ body, raw }) => {
    const refused = notForPeople(body.type);
    if (refused) return refused;
    const late = body.time ? timeRefusal(Date.parse(body.time), clock.now()) : undefined;
    if (late) return invalidFields([{ path: 'time', message: late }]);
    const busId = await put({ source: body.source, type: body.type, detail: raw });
    if (!busId) return unavailable('The bus did not take the event: send it again with the same id, it counts once');
    return accepted({ id: body.id, source: body.source, busId });
  };

export const eventHistory =
  ({ events, clock }: Deps): Perform<'eventHistory'> =>
  async ({ query }) => {
    const list = await byDay(query, clock.now(), events.ofDay);
    return list.ok ? ok(list.page) : list.reply;
  };

export const fusedEvents =
  ({ incidents, clock }: Deps): Perform<'fusedEvents'> =>
  async ({ query }) => {
    const list = await byDay(query, clock.now(), incidents.ofDay);
    if (!list.ok) return list.reply;
    const withMembers = async (incident: Incident) => {
      const keys = incident.events === 1 ? [incident.eventKey] : await incidents.members(incident.id);
      return { ...incident, members: keys.slice(0, MEMBERS_SHOWN) };
    };
    return ok({ ...list.page, items: await Promise.all(list.page.items.map(withMembers)) });
  };
