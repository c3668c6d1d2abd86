import { ulid } from 'ulid';
import { endReservation as end, type ReserveDeps, type Reserved, reserve } from '../../../shared/domain/allocation/reserve.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import type { Perform } from '../operation.ts';
import { conflict, created, invalidFields, notFound, ok, type Reply, short } from '../reply.ts';
import { holderOf } from './resource-claims.ts';

interface Deps extends ReserveDeps {
  runtime: Pick<Runtime, 'random'>;
}

export const listReservations =
  ({ resources }: Deps): Perform<'listReservations'> =>
  async () =>
    ok({ items: await resources.reservations() });

const refused = ({ conflicts, short: lacking = {}, passed = [] }: Extract<Reserved, { ok: false }>): Reply =>
  conflicts.length > 0
    ? conflict(`Nothing is reserved: ${conflicts.map(({ unit, because }) => `${unit} is ${because}`).join('; ')}`)
    : short('Nothing is reserved: too few units are free now that will be fit then', lacking, passed);

export const reserveResources =
  (deps: Deps): Perform<'reserveResources'> =>
  async ({ body, caller }) => {
    const now = deps.clock.now();
    if (Date.parse(body.from) <= now) return invalidFields([{ path: 'from', message: 'A reservation is for a time to come' }]);
    const id = ulid(now, deps.runtime.random);
    const reserved = await reserve(deps)({ request: body, id, by: caller.sub, forWhom: holderOf(body) });
    return reserved.ok ? created(reserved.reservation) : refused(reserved);
  };

export const endReservation =
  (deps: Deps): Perform<'endReservation'> =>
  async ({ params: { id = '' }, body: { reason }, caller }) => {
    const gone = notFound(`There is no reservation ${id.slice(0, 40)}; GET /resources/reservations lists them all`);
    const found = (await deps.resources.reservations()).find((one) => one.id === id);
    return found && (await end(deps)(found, `person/${caller.sub}`, reason)) ? ok(found) : gone;
  };
