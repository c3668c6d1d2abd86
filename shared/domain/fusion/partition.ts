import { holdsFor } from './judge.ts';
import { inOrder, kindOf, type Observation, older } from './observation.ts';
import { sameEntity } from './rules/index.ts';
import { withinSpan } from './span.ts';

/** A part of an incident that outgrew its span. `id` is the node of its oldest member, under which it is known; members are in observation order. */
export interface Group {
  readonly id: string;
  readonly members: readonly Observation[];
}

/** Each member once, in observation order. */
const distinct = (members: readonly Observation[]): Observation[] =>
  [...new Map(members.map((seen) => [seen.node, seen])).values()].sort(inOrder);

/** Members that share an entity of a kind that joins by itself, in the order of the members. */
const bySharedEntity = (members: readonly Observation[]): Observation[][] => {
  const named = new Map<string, Observation[]>();
  for (const seen of members) {
    for (const entity of seen.entities) {
      if (sameEntity.kinds?.[kindOf(entity)]) named.set(entity, [...(named.get(entity) ?? []), seen]);
    }
  }
  return [...named.values()].filter(({ length }) => length > 1);
};

/** Members that an identity links, directly or through others, as clusters in the order of their first members. */
const linked = (members: readonly Observation[]): Observation[][] => {
  const up = new Map(members.map(({ node }) => [node, node]));
  const root = (node: string): string => {
    const next = up.get(node) ?? node;
    return next === node ? node : root(next);
  };
  for (const sharing of bySharedEntity(members)) {
    sharing.forEach((a, n) => {
      for (const b of sharing.slice(n + 1)) {
        const [one, other] = [root(a.node), root(b.node)];
        if (one !== other && holdsFor(sameEntity, a, b)) up.set(other, one);
      }
    });
  }
  const clusters = new Map<string, Observation[]>();
  for (const seen of members) clusters.set(root(seen.node), [...(clusters.get(root(seen.node)) ?? []), seen]);
  return [...clusters.values()];
};

/** Whether every member of a cluster lies within the span of some member of the anchor. */
const within = (cluster: readonly Observation[], anchor: readonly Observation[]): boolean =>
  cluster.every((seen) => anchor.some((other) => withinSpan(seen, other)));

/** The group that is named after the oldest of its members. */
const grouped = (members: Observation[]): Group => {
  const first = members.reduce((oldest, seen) => (older(seen, oldest) < 0 ? seen : oldest));
  return { id: first.node, members: members.sort(inOrder) };
};

/**
 * The parts of a set of related events, each within its span. Clusters that an identity links stay whole; each, in observation order, joins the
 * first anchor whose span holds all of it, or is an anchor itself. A function of the set alone: order, duplicates and how it came together
 * do not matter. An incident within its span is one group.
 */
export const partition = (members: readonly Observation[]): Group[] => {
  const parts: { anchor: readonly Observation[]; members: Observation[] }[] = [];
  for (const cluster of linked(distinct(members))) {
    const part = parts.find(({ anchor }) => within(cluster, anchor));
    if (part) part.members.push(...cluster);
    else parts.push({ anchor: cluster, members: [...cluster] });
  }
  return parts.map((part) => grouped(part.members));
};
