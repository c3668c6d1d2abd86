import type { Entry } from '../../contracts/journal.ts';
import type { Booking, Resource } from '../../contracts/resource.ts';
import type { Because } from '../../contracts/resource-allocation.ts';
import type { Reservation, ReservationRequest } from '../../contracts/resource-reservation.ts';
import type { ResourceType } from '../../contracts/vocabulary.ts';
import { iso } from '../../lambda/ids.ts';
import type { JournalStore } from '../../stores/journal.ts';
import type { ResourcesStore } from '../../stores/resources.ts';
import type { Lending } from '../joint/lending.ts';
import { type ChooseDeps, choose } from './choose.ts';
import { isInWorkshop, isPromised, overlaps } from './fit.ts';
import { because } from './why-not.ts';

export interface ReserveDeps extends ChooseDeps {
  resources: ResourcesStore;
  journal: JournalStore;
  lending: Pick<Lending, 'fleet'>;
}

/** What is asked for, by whom and for whom, under the id that it is to have. */
export interface Asking extends Pick<Reservation, 'id' | 'by' | 'forWhom'> {
  readonly request: ReservationRequest;
}

export interface Conflict {
  readonly unit: string;
  readonly because: string;
}

export type Reserved =
  | { ok: true; reservation: Reservation }
  | { ok: false; conflicts: Conflict[]; short?: Partial<Record<ResourceType, number>>; passed?: Because[] };

const ATTEMPTS = 8;
/** A unit is promised to so many at most. */
const MOST_BOOKINGS = 10;

/** Why a unit cannot be promised for a time: it is promised or held then, or in the workshop. Pure. */
export const conflictOf = (unit: Resource, { from, to, forWhom }: Pick<Booking, 'from' | 'to' | 'forWhom'>): string | undefined => {
  if (unit.lent) return `${unit.agency}’s to promise: it is lent for a joint operation alone`;
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const other = unit.bookings.find((one) => one.forWhom !== forWhom && overlaps(one, begin, end));
  if (other) return isPromised(other);
  if (unit.status === 'HELD' && unit.holder !== forWhom && Date.parse(unit.leaseUntil ?? '') > begin)
    return `held by ${unit.holder} until ${unit.leaseUntil}`;
  const shop = unit.health.maintenance.find((window) => overlaps(window, begin, end));
  if (shop) return isInWorkshop(shop);
  return unit.bookings.length >= MOST_BOOKINGS ? `promised to ${MOST_BOOKINGS} already` : undefined;
};

/** The units in question: those that were named, or the nearest that are free now and will be fit then. */
const unitsOf = async (deps: ReserveDeps, { request, forWhom }: Asking): Promise<Resource[] | Extract<Reserved, { ok: false }>> => {
  const { units, needs, location, requires, from, to, priority } = request;
  if (units || !needs || !location) {
    const found = await deps.resources.many([...new Set(units)]);
    const missing = (units ?? []).filter((id) => !found.some((unit) => unit.id === id));
    return missing.length === 0 ? found : { ok: false, conflicts: missing.map((unit) => ({ unit, because: 'there is no such unit' })) };
  }
  const leaseS = (Date.parse(to) - Date.parse(from)) / 1000;
  const own = { ...deps, resources: deps.lending.fleet(deps.resources) };
  const chosen = await choose(own)({ executionId: forWhom, needs, requires, location, priority, leaseS, earliest: from });
  if (chosen.ok) return chosen.picks.map(({ unit }) => unit);
  return { ok: false, conflicts: [], short: chosen.short, passed: chosen.passed.map(because) };
};

const entryOf = (
  kind: Entry['kind'],
  actor: string,
  { id, forWhom, units, from, to, priority }: Reservation,
  more: object = {},
): Entry => ({
  kind,
  actor,
  ...(forWhom.startsWith('incident/') ? { incidentId: forWhom.slice('incident/'.length) } : { executionId: forWhom }),
  data: { reservationId: id, forWhom, units, from, to, priority, ...more },
});

/** Promises units for a time to come, all of them or none, on the condition that each stands as it was looked at. */
export const reserve =
  (deps: ReserveDeps) =>
  async (asking: Asking): Promise<Reserved> => {
    const { request, id, by, forWhom } = asking;
    const { from, to, priority, reason } = request;
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const units = await unitsOf(deps, asking);
      if (!Array.isArray(units)) return units;
      const conflicts = units.flatMap((unit) => {
        const conflict = conflictOf(unit, { from, to, forWhom });
        return conflict ? [{ unit: unit.id, because: conflict }] : [];
      });
      if (conflicts.length > 0) return { ok: false, conflicts };
      const reservation: Reservation = { id, units: units.map((unit) => unit.id), from, to, forWhom, priority, by, reason };
      const booking: Booking = { id, from, to, forWhom, priority };
      const writes = units.flatMap((unit) => deps.resources.book(unit, [...unit.bookings, booking]));
      const entry = entryOf('resource.reserved', `person/${by}`, reservation);
      if ((await deps.journal.commit(forWhom, [entry], [...writes, deps.resources.reserve(reservation)])).ok)
        return { ok: true, reservation };
    }
    return { ok: false, conflicts: (request.units ?? []).map((unit) => ({ unit, because: 'it changes all the time: try again' })) };
  };

/** A reservation ends: its time is over, or somebody gives it back. False where it had ended. */
export const endReservation =
  ({ resources, journal }: Pick<ReserveDeps, 'resources' | 'journal'>) =>
  async (reservation: Reservation, actor: string, why: string): Promise<boolean> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const units = await resources.many(reservation.units);
      const writes = units.flatMap((unit) =>
        resources.book(
          unit,
          unit.bookings.filter(({ id }) => id !== reservation.id),
        ),
      );
      const entry = entryOf('resource.reservation-ended', actor, reservation, { why });
      const done = await journal.commit(reservation.forWhom, [entry], [resources.unreserve(reservation), ...writes]);
      if (done.ok) return true;
      if (done.failed.includes(0)) return false;
    }
    throw new Error(`Units of reservation ${reservation.id} changed ${ATTEMPTS} times while it ended; it will be tried again`);
  };

/** Reservations whose time is over are ended. Returns how many. */
export const endOverdue =
  (deps: Pick<ReserveDeps, 'resources' | 'journal' | 'clock'>) =>
  async (actor: string): Promise<number> => {
    let ended = 0;
    for (const one of await deps.resources.reservations(iso(deps.clock.now()))) {
      if (await endReservation(deps)(one, actor, 'its time is over')) ended += 1;
    }
    return ended;
  };
