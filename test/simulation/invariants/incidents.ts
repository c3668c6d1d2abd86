import { isStatement } from '../../../shared/contracts/event.ts';
import { apart } from '../../../shared/domain/apart.ts';
import { observe, partition, relate, type Observation as Seen } from '../../../shared/domain/fusion/index.ts';
import { components } from '../../support/components.ts';
import type { Observation } from '../observe.ts';

const seenOf = ({ node, key, event }: Observation['events'][number]): Seen[] =>
  isStatement(event.type) ? [] : [observe(node, key, event)];

/** The sets of observations that the relation connects, whatever order the events came in. */
const setsOf = (all: readonly Seen[]): Seen[][] => {
  const names = components(all, (a, b) => relate(a, b) !== undefined);
  const sets = new Map<string | undefined, Seen[]>();
  for (const seen of all) sets.set(names.get(seen.node), [...(sets.get(names.get(seen.node)) ?? []), seen]);
  return [...sets.values()];
};

/** Each node with the incident that it belongs to: the relation's sets, cut where they outgrow their span. */
const expectedIn = (events: Observation['events']): Map<string, string> =>
  new Map(
    setsOf(events.flatMap(seenOf))
      .flatMap((set) => partition(set))
      .flatMap(({ id, members }) => members.map(({ node }): [string, string] => [node, id])),
  );

/** Incidents as they are stored: what a node stands in, with how many events and under which other names. */
const standingIn = ({ incidents, absorbed }: Pick<Observation, 'incidents' | 'absorbed'>) => {
  const heads = new Map(incidents.map((head) => [head.id, head]));
  const rootOf = (id: string): string => {
    const parent = heads.get(id)?.parent;
    return parent ? rootOf(parent) : id;
  };
  const knows = (id: string, root: string): boolean => {
    const parent = heads.get(id)?.parent;
    return id === root || (parent !== undefined && absorbed.has(`${parent} ${id}`) && knows(parent, root));
  };
  return (node: string): { id: string; events: number; knows: (id: string) => boolean } => {
    const root = rootOf(node);
    const groups = heads.get(root)?.groups;
    const group = groups?.find(({ members }) => members.includes(node));
    if (group) return { id: group.incident.id, events: group.incident.events, knows: (id) => group.known.includes(id) };
    return { id: groups ? `no group of ${root}` : root, events: heads.get(root)?.events ?? 1, knows: (id) => knows(id, root) };
  };
};

/** An incident is what the relation connects, cut where it outgrows its span: no more, no less, under the oldest member's name, and it knows how many there are. */
export const incidentsAreTheRelation = ({ events, awaited, incidents, absorbed }: Observation): string[] => {
  const standing = standingIn({ incidents, absorbed });
  const expected = expectedIn(events);
  const sizes = new Map<string, number>();
  for (const id of expected.values()) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  return [
    ...[...expected].flatMap(([node, id]) => {
      const found = standing(node);
      if (found.id !== id) return [`${node} belongs to ${id} and stands under ${found.id}`];
      return found.events === sizes.get(id) ? [] : [`incident ${id} counts ${found.events} events of ${sizes.get(id)}`];
    }),
    ...events.flatMap(({ key, isFused }) => (isFused ? [] : [`event ${key} is still not fused`])),
    ...awaited.map((node) => `${node} was met and its event is not there`),
  ];
};

/** Who was moved by a split: `into key`. */
const movedIn = (journal: Observation['journal']): Set<string> =>
  new Set(
    journal
      .filter(({ kind }) => kind === 'incident.split')
      .flatMap(apart)
      .flatMap(({ data }) => (data['members'] as string[]).map((key) => `${data['into']} ${key}`)),
  );

/**
 * Whoever is in an incident was fused into it, or into one that it is known to have absorbed, or was moved there, and that was said: facts are
 * looked for under those names.
 */
export const fusedWhereItIsFound = ({ events, incidents, absorbed, journal }: Observation): string[] => {
  const standing = standingIn({ incidents, absorbed });
  const moved = movedIn(journal);
  return events.flatMap(({ key, node, incidentId }) => {
    if (!incidentId) return [];
    const { id, knows } = standing(node);
    const known = knows(incidentId) || [...moved].some((move) => move.endsWith(` ${key}`) && knows(move.slice(0, -key.length - 1)));
    return known ? [] : [`${key} was fused into ${incidentId}, which ${id} does not know`];
  });
};

/** How long giving way may take (ms): where something went wrong, a message or two may have to come again. */
const GIVING_WAY = { calm: 60_000, troubled: 15 * 60_000 };

/** Where incidents became one, one run of a workflow goes on; the others give way in reasonable time. Where they were split since, each keeps its own. */
export const oneRunAnIncident = ({ executions, incidents, absorbed, journal, calm }: Observation): string[] => {
  const standing = standingIn({ incidents, absorbed });
  const mergedAt = new Map(
    journal
      .filter(({ kind }) => kind === 'incident.merged')
      .map(({ data, at }): [string, number] => [String(data['from']), Date.parse(at)])
      .sort(([, a], [, b]) => a - b),
  );
  return executions.flatMap((one, index) =>
    executions.slice(index + 1).flatMap((other) => {
      if (one.workflow !== other.workflow || standing(one.incidentId).id !== standing(other.incidentId).id) return [];
      const { knows } = standing(one.incidentId);
      const merges = [...mergedAt].filter(([from]) => knows(from)).map(([, at]) => at);
      const merged = Math.max(...merges, Date.parse(one.createdAt), Date.parse(other.createdAt));
      const both = Math.min(Date.parse(one.endedAt ?? '9999'), Date.parse(other.endedAt ?? '9999'));
      return both > merged + (calm ? GIVING_WAY.calm : GIVING_WAY.troubled)
        ? [`${one.id} and ${other.id} both went on after their incidents were one`]
        : [];
    }),
  );
};
