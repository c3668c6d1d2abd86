import type { Committed, UnitOffer } from '../../../shared/contracts/joint.ts';
import type { Entry } from '../../../shared/contracts/journal.ts';
import type { Resource } from '../../../shared/contracts/resource.ts';
import { tellOfFree } from '../../../shared/domain/allocation/freed.ts';
import { unitChange } from '../../../shared/domain/allocation/unit-word.ts';
import type { OwnBus } from '../../../shared/lambda/bus.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { ResourcesStore } from '../../../shared/stores/resources.ts';
import type { Write } from '../../../shared/stores/table.ts';
import type { Caller } from '../caller.ts';
import type { Perform } from '../operation.ts';
import { conflict, invalidFields, isRefusal, type Refusal } from '../reply.ts';
import { type Beside, type JointDeps, speak } from './joint.ts';

interface Deps extends JointDeps {
  readonly resources: ResourcesStore;
  readonly bus: OwnBus;
}

const MOST_UNITS = 100;

interface Offered {
  readonly unit: Committed;
  readonly writes: readonly Write[];
  readonly entries: readonly Entry[];
}

const entryOf = (
  kind: 'resource.registered' | 'resource.updated',
  { id, type, status, location, agency }: Resource,
  sub: string,
): Entry => ({
  kind,
  actor: `person/${sub}`,
  data: { resourceId: id, type, status, location, agency },
});

/** Callsigns are each agency's own: a guest's units are known here under its name. */
const idOf = ({ parties: { ours } }: Deps, { agency }: Caller, { id }: UnitOffer): string =>
  ours.includes(agency) ? id : `${agency}.${id}`;

/** A unit that is not known here yet. */
const registered = (deps: Deps, caller: Caller, id: string, nth: number, offer: UnitOffer): Resource | Refusal => {
  const { type, name = offer.id, location, capabilities = [], certifications = [] } = offer;
  const path = type ? 'location' : 'type';
  if (!type || !location)
    return invalidFields([{ path: `commit.${nth}.${path}`, message: `${id} is not known here: say what it is and where` }]);
  const unit = { id, type, name, capabilities, certifications, status: 'AVAILABLE' };
  const at = iso(deps.clock.now());
  const change = unitChange(
    { type: 'unit.status', source: 'dispatch', occurredAt: at, agency: caller.agency, location, data: { unit } },
    undefined,
  );
  if (!change.ok) return conflict(change.reason);
  return { ...change.resource, ...(deps.parties.ours.includes(caller.agency) ? {} : { lent: true as const }) };
};

/** A unit that is known, where it is now. */
const moved = (was: Resource, { location, capabilities, certifications }: UnitOffer, now: number): Resource => ({
  ...was,
  ...(location ? { location, locatedAt: iso(now) } : {}),
  ...(capabilities ? { capabilities } : {}),
  ...(certifications ? { certifications } : {}),
});

const offered = async (deps: Deps, caller: Caller, offer: UnitOffer, nth: number): Promise<Offered | Refusal> => {
  const id = idOf(deps, caller, offer);
  const now = deps.clock.now();
  const was = await deps.resources.get(id);
  const unitOf = ({ type }: Resource): Committed => ({ id, agency: caller.agency, type, since: iso(now) });
  if (!was) {
    const unit = registered(deps, caller, id, nth, offer);
    if (!('fence' in unit)) return unit;
    return { unit: unitOf(unit), writes: deps.resources.register(unit), entries: [entryOf('resource.registered', unit, caller.sub)] };
  }
  if (was.agency !== caller.agency) return conflict(`${id} is ${was.agency}’s: an agency commits its own units`);
  if (offer.type && offer.type !== was.type) return conflict(`${id} is registered as ${was.type}`);
  const isSame = !offer.location && !offer.capabilities && !offer.certifications;
  if (isSame) return { unit: unitOf(was), writes: [], entries: [] };
  const unit = moved(was, offer, now);
  return { unit: unitOf(unit), writes: deps.resources.update(was, unit), entries: [entryOf('resource.updated', unit, caller.sub)] };
};

/** A unit is committed to one operation at a time. */
const elsewhere = async ({ joint }: Deps, id: string, units: readonly Committed[]): Promise<string | undefined> => {
  const others = (await joint.standing()).filter((one) => one.id !== id);
  for (const unit of units) {
    const other = others.find((one) => one.units.some((committed) => committed.id === unit.id));
    if (other) return `${unit.id} is committed to ${other.name} (${other.id}): withdraw it there`;
  }
  return undefined;
};

const isOffered = (one: Offered | Refusal): one is Offered => 'unit' in one;

/** Who gives units says what they are where they are not known; whoever waits for such units hears of them. */
export const assignJointUnits =
  (deps: Deps): Perform<'assignJointUnits'> =>
  async (ask) => {
    const { body, caller } = ask;
    const names = body.commit.map(({ id }) => id);
    if (new Set(names).size < names.length) return invalidFields([{ path: 'commit', message: 'names a unit twice' }]);
    if (names.length + body.withdraw.length === 0)
      return invalidFields([{ path: 'commit', message: 'Say which units, or which in withdraw' }]);
    const reply = await speak(deps, ask, async (was): Promise<Beside | Refusal> => {
      const offers = await Promise.all(body.commit.map((offer, nth) => offered(deps, caller, offer, nth)));
      const refusal = offers.find((one) => !isOffered(one));
      if (refusal && !isOffered(refusal)) return refusal;
      const given = offers.filter(isOffered);
      const commit = given.map(({ unit }) => unit);
      const other = await elsewhere(deps, was.id, commit);
      if (other) return conflict(other);
      if (was.units.length + commit.length > MOST_UNITS) return conflict(`One operation holds ${MOST_UNITS} units at most`);
      return {
        word: { do: 'assign', commit, withdraw: body.withdraw },
        writes: given.flatMap(({ writes }) => writes),
        entries: given.flatMap(({ entries }) => entries),
      };
    });
    if (!isRefusal(reply)) await tellOfFree(deps)([...new Set(reply.body.units.map(({ type }) => type))]);
    return reply;
  };
