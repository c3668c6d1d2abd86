import { isStatement } from '../../../shared/contracts/event.ts';
import { lookupsOf, observe } from '../../../shared/domain/fusion/index.ts';
import { iso, nodeOf } from '../../../shared/lambda/ids.ts';
import type { EventsStore, StoredEvent } from '../../../shared/stores/events.ts';
import type { IncidentsStore } from '../../../shared/stores/incidents.ts';
import type { Perform } from '../operation.ts';
import { byNearness, chainOf, type Link, type Pair, type Placed, pairOf } from '../pairs.ts';
import { conflict, invalidFields, notFound, ok } from '../reply.ts';

interface Deps {
  events: EventsStore;
  incidents: IncidentsStore;
}

/** Pairs shown of an incident's members, and of those that nearly joined; of a large incident so many members are looked at. */
const MEMBERS_SHOWN = 50;
const MISSES_SHOWN = 10;
const MEMBERS_READ = 500;
/** Neighbours that are looked at for near misses. */
const NEIGHBOURS_READ = 200;

const placedIn =
  ({ incidents }: Deps) =>
  async (stored: StoredEvent): Promise<Placed> => ({
    seen: observe(stored.node, stored.key, stored.event),
    incidentId: (await incidents.root(stored.node)).incident.id,
  });

const happened = ({ event, fused }: StoredEvent): boolean => fused !== undefined && !isStatement(event.type);

/** Members of an incident, as many as are read, as they were seen. */
const membersOf = async ({ events, incidents }: Deps, incidentId: string): Promise<Placed[]> => {
  const keys = (await incidents.members(incidentId)).slice(0, MEMBERS_READ);
  const stored = await events.among(keys.map(nodeOf));
  return stored.map(({ node, key, event }) => ({ seen: observe(node, key, event), incidentId }));
};

/** Whoever is near in place and time, or shares an entity, and joined another incident: three times as far as the rules look in time. */
const neighboursOf = async (deps: Deps, one: Placed): Promise<Placed[]> => {
  const { incidents, events } = deps;
  const rows = await Promise.all(
    lookupsOf(one.seen).map(({ partition, from, to }) => {
      const reach = Date.parse(to) - Date.parse(from);
      return incidents.seen(partition, iso(Math.max(0, Date.parse(from) - reach)), iso(Date.parse(to) + reach));
    }),
  );
  const nodes = [...new Set(rows.flat().map(({ node }) => node))].filter((node) => node !== one.seen.node).slice(0, NEIGHBOURS_READ);
  const placed = await Promise.all((await events.among(nodes)).filter(happened).map(placedIn(deps)));
  return placed.filter(({ incidentId }) => incidentId !== one.incidentId);
};

const pairs = (one: Placed, others: readonly Placed[]): Pair[] =>
  others
    .filter(({ seen }) => seen.node !== one.seen.node)
    .map((other) => pairOf(one, other))
    .sort(byNearness(one));

/** What an event is told beside its own incident. */
interface Beside {
  members: Pair[];
  misses: Pair[];
  with?: Pair;
  chain?: Link[];
}

/** An event with another: by which rules, or, in one incident without one, by whom in between. */
const withEvent = async (deps: Deps, one: Placed, other: Placed): Promise<Beside> => {
  const pair = pairOf(one, other);
  const chained = pair.together && !pair.related;
  const members = chained ? (await membersOf(deps, one.incidentId)).map(({ seen }) => seen) : [];
  return { members: [], misses: [], with: pair, ...(chained ? { chain: chainOf(members, one.seen, other.seen) ?? [] } : {}) };
};

/** What an event is explained against: another event, the members of an incident, or, where nothing is named, its own incident and what nearly joined. Undefined for what there is not. */
const against = async (deps: Deps, one: Placed, named: string | undefined): Promise<Beside | undefined> => {
  const { events, incidents } = deps;
  if (named === undefined) {
    const [members, misses] = await Promise.all([membersOf(deps, one.incidentId), neighboursOf(deps, one)]);
    return { members: pairs(one, members).slice(0, MEMBERS_SHOWN), misses: pairs(one, misses).slice(0, MISSES_SHOWN) };
  }
  const other = await events.get(named);
  if (other && happened(other)) return withEvent(deps, one, await placedIn(deps)(other));
  const standing = await incidents.standing(named);
  if (!standing) return undefined;
  const shown = pairs(one, await membersOf(deps, standing.incident.id)).slice(0, MEMBERS_SHOWN);
  return { members: shown.filter(({ together }) => together), misses: shown.filter(({ together }) => !together) };
};

/** Why an event is in its incident, and why not in another: every rule with what it found and what it asked for. `key` may be the event's node. */
export const explainEvent =
  (deps: Deps): Perform<'explainEvent'> =>
  async ({ params: { key = '' }, query }) => {
    const stored = (await deps.events.get(key)) ?? (await deps.events.at(key));
    if (!stored)
      return notFound(`There is no event ${key.slice(0, 100)}: send its key, source#id, URL-encoded; GET /events/history lists them`);
    if (!happened(stored)) return conflict(`${stored.key} states what is, or is not filed yet: it is in no incident`);
    const one = await placedIn(deps)(stored);
    const told = await against(deps, one, query.with);
    if (!told) return invalidFields([{ path: 'with', message: 'There is no event of that key, and no incident of that id' }]);
    return ok({ eventKey: stored.key, incidentId: one.incidentId, ...told });
  };
