import { isStatement } from '../../../shared/contracts/event.ts';
import { observe, relate, type Observation as Seen } from '../../../shared/domain/fusion/index.ts';
import type { Observation } from '../observe.ts';

const seenOf = ({ node, key, event }: Observation['events'][number]): Seen[] =>
  isStatement(event.type) ? [] : [observe(node, key, event)];

/** The sets of nodes that the relation connects, whatever order the events came in: each node with the first of its set. */
const components = (all: readonly Seen[]): Map<string, string> => {
  const root = new Map(all.map(({ node }) => [node, node]));
  const age = new Map(all.map(({ node, openedAt }) => [node, `${openedAt} ${node}`]));
  const older = (a: string, b: string): number => (String(age.get(a)) < String(age.get(b)) ? -1 : 1);
  const find = (node: string): string => {
    const up = root.get(node) ?? node;
    return up === node ? node : find(up);
  };
  all.forEach((a, index) => {
    for (const b of all.slice(index + 1)) {
      if (!relate(a, b)) continue;
      const [one, other] = [find(a.node), find(b.node)].sort(older) as [string, string];
      root.set(other, one);
    }
  });
  return new Map([...root.keys()].map((node) => [node, find(node)]));
};

/** What an incident's head counts; one that has no head of its own is its event alone. */
const counts = (incidents: Observation['incidents'], nodes: Iterable<string>): Map<string, number> =>
  new Map([...[...nodes].map((node): [string, number] => [node, 1]), ...incidents.map(({ id, events }): [string, number] => [id, events])]);

/** An incident is what the relation connects: no more, no less, under the oldest member's name, and its head knows how many there are. */
export const incidentsAreTheRelation = ({ events, awaited, incidents }: Observation): string[] => {
  const parents = new Map(incidents.map(({ id, parent }) => [id, parent]));
  const rootOf = (id: string): string => {
    const parent = parents.get(id);
    return parent ? rootOf(parent) : id;
  };
  const expected = components(events.flatMap(seenOf));
  const counted = counts(incidents, expected.keys());
  const sizes = new Map<string, number>();
  for (const root of expected.values()) sizes.set(root, (sizes.get(root) ?? 0) + 1);
  return [
    ...[...expected].flatMap(([node, root]) =>
      rootOf(node) === root ? [] : [`${node} belongs to ${root} and stands under ${rootOf(node)}`],
    ),
    ...[...counted].flatMap(([id, count]) =>
      !parents.get(id) && count !== (sizes.get(id) ?? 0) ? [`incident ${id} counts ${count} events of ${sizes.get(id) ?? 0}`] : [],
    ),
    ...events.flatMap(({ key, isFused }) => (isFused ? [] : [`event ${key} is still not fused`])),
    ...awaited.map((node) => `${node} was met and its event is not there`),
  ];
};

/** Whoever is in an incident was fused into it, or into one that it is known to have absorbed: facts are looked for under those names. */
export const fusedWhereItIsFound = ({ events, incidents, absorbed }: Observation): string[] => {
  const parents = new Map(incidents.map(({ id, parent }) => [id, parent]));
  const found = (id: string, root: string): boolean => {
    if (id === root) return true;
    const parent = parents.get(id);
    return parent !== undefined && absorbed.has(`${parent} ${id}`) && found(parent, root);
  };
  const rootOf = (id: string): string => {
    const parent = parents.get(id);
    return parent ? rootOf(parent) : id;
  };
  return events.flatMap(({ key, node, incidentId }) =>
    incidentId && !found(incidentId, rootOf(node)) ? [`${key} was fused into ${incidentId}, which ${rootOf(node)} does not know`] : [],
  );
};

/** How long giving way may take (ms): where something went wrong, a message or two may have to come again. */
const GIVING_WAY = { calm: 60_000, troubled: 15 * 60_000 };

/** Where incidents became one, one run of a workflow goes on; the others give way in reasonable time. */
export const oneRunAnIncident = ({ executions, incidents, journal, calm }: Observation): string[] => {
  const parents = new Map(incidents.map(({ id, parent }) => [id, parent]));
  const above = (id: string): string[] => {
    const parent = parents.get(id);
    return parent ? [id, ...above(parent)] : [id];
  };
  const mergedAt = new Map(
    journal.filter(({ kind }) => kind === 'incident.merged').map(({ data, at }) => [String(data['from']), Date.parse(at)]),
  );
  return executions.flatMap((one, index) =>
    executions.slice(index + 1).flatMap((other) => {
      const [a, b] = [above(one.incidentId), above(other.incidentId)];
      if (one.workflow !== other.workflow || a.at(-1) !== b.at(-1)) return [];
      const merged = Math.max(...[...a, ...b].map((id) => mergedAt.get(id) ?? 0), Date.parse(one.createdAt), Date.parse(other.createdAt));
      const both = Math.min(Date.parse(one.endedAt ?? '9999'), Date.parse(other.endedAt ?? '9999'));
      return both > merged + (calm ? GIVING_WAY.calm : GIVING_WAY.troubled)
        ? [`${one.id} and ${other.id} both went on after their incidents were one`]
        : [];
    }),
  );
};
