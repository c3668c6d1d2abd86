import { isStatement } from '../../../shared/contracts/event.ts';
import type { Incident } from '../../../shared/contracts/incident.ts';
import { timeRefusal } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { DeadLetter, DeadLettersStore } from '../../../shared/stores/dead-letters.ts';
import type { EventsStore } from '../../../shared/stores/events.ts';
import type { IncidentsStore } from '../../../shared/stores/incidents.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { ApiBus } from '../bus.ts';
import type { ReadDay } from '../days.ts';
import type { Perform } from '../operation.ts';
import { byDay, filtered } from '../pages.ts';
import { accepted, forbidden, invalidFields, ok, type Reply, unavailable } from '../reply.ts';
import { sayingsOfDay } from '../sayings.ts';

interface Deps {
  events: EventsStore;
  incidents: IncidentsStore;
  journal: JournalStore;
  deadLetters: DeadLettersStore;
  put: ApiBus;
  clock: Clock;
}

/** Members named in a list; an incident says itself how many it has. */
const MEMBERS_SHOWN = 100;

/** What only a subsystem may say: a person's word on it would be a claim, and a claim is never a fact. */
const notForPeople = (type: string): Reply | undefined => {
  if (/^action\./.test(type))
    return forbidden(`${type} is the answer of the subsystem that was asked; only that subsystem puts it on the bus`);
  if (!isStatement(type)) return undefined;
  return forbidden(
    `${type} states what is, and is taken only from the source that knows it: units and subsystems speak for themselves, facts come from their authority, each over the bus under its own credentials`,
  );
};

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

/** What the journal says was fused, event by event: the lists of events are read from it. */
const fused = (journal: JournalStore) => sayingsOfDay(journal, ['event.fused']);

export const eventHistory =
  ({ events, journal, clock }: Deps): Perform<'eventHistory'> =>
  async ({ query }) => {
    const list = await byDay(query, clock.now(), fused(journal));
    if (!list.ok) return list.reply;
    return ok({ ...list.page, items: await events.many(list.page.items.map(({ data }) => String(data['eventKey']))) });
  };

/** Incidents by the event that opened them, without those that were merged away since. */
const incidentsOfDay =
  ({ journal, incidents }: Deps): ReadDay<Incident> =>
  async (day, page) => {
    const { items, next } = await fused(journal)(day, page);
    const opened = items.filter(({ data }) => data['opened'] === true).map(({ incidentId }) => String(incidentId));
    // What was merged away stands under another name, which is listed where that one was opened.
    const standing = await Promise.all(opened.map(incidents.standing));
    return { items: standing.flatMap((found, nth) => (found && found.incident.id === opened[nth] ? [found.incident] : [])), next };
  };

export const fusedEvents =
  (deps: Deps): Perform<'fusedEvents'> =>
  async ({ query }) => {
    const { incidents, clock } = deps;
    const list = await byDay(query, clock.now(), (day, page) =>
      filtered(
        (part) => incidentsOfDay(deps)(day, part),
        () => true,
      )(page),
    );
    if (!list.ok) return list.reply;
    const withMembers = async (incident: Incident) => {
      const keys = incident.events === 1 ? [incident.eventKey] : await incidents.members(incident.id);
      return { ...incident, members: keys.slice(0, MEMBERS_SHOWN) };
    };
    return ok({ ...list.page, items: await Promise.all(list.page.items.map(withMembers)) });
  };

/** Nobody has vetted what a refused body holds, so whoever only looks sees the reason without it. */
const without = ({ body: _, ...letter }: DeadLetter): Omit<DeadLetter, 'body'> => letter;

export const deadLetters =
  ({ deadLetters: store, clock }: Deps): Perform<'deadLetters'> =>
  async ({ query, caller }) => {
    const list = await byDay(query, clock.now(), store.ofDay);
    if (!list.ok) return list.reply;
    const mayRead = caller.roles.some((role) => role !== 'viewer');
    return ok(mayRead ? list.page : { ...list.page, items: list.page.items.map(without) });
  };
