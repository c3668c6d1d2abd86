import type { JoinReason } from '../../shared/contracts/incident.ts';
import { explainPair, type Observation, type PairExplained, relate } from '../../shared/domain/fusion/index.ts';

/** One event beside another: what every rule says of the pair, and whether they are one incident, which others may have made them. */
export interface Pair extends PairExplained {
  readonly eventKey: string;
  readonly type: string;
  readonly at: string;
  readonly incidentId: string;
  readonly together: boolean;
}

/** An event and the incident that it is in now. */
export interface Placed {
  readonly seen: Observation;
  readonly incidentId: string;
}

export const pairOf = (one: Placed, other: Placed): Pair => ({
  eventKey: other.seen.eventKey,
  type: other.seen.type,
  at: other.seen.at,
  incidentId: other.incidentId,
  together: one.incidentId === other.incidentId,
  ...explainPair(one.seen, other.seen),
});

/** How near a pair comes to being related: the greatest part of a rule's conditions that hold before the first that does not. 1 where one holds. */
export const nearness = ({ rules }: PairExplained): number =>
  Math.max(
    0,
    ...rules.map(({ conditions, holds }) => {
      const failed = conditions.findIndex((condition) => !condition.holds);
      return holds ? 1 : failed / Math.max(1, conditions.length);
    }),
  );

const apartMs = (one: Observation, { at }: Pair): number => Math.abs(Date.parse(one.at) - Date.parse(at));

/** The most telling first: what is related, then what nearly is, then what is near in time. */
export const byNearness =
  ({ seen }: Placed) =>
  (a: Pair, b: Pair): number =>
    nearness(b) - nearness(a) || apartMs(seen, a) - apartMs(seen, b) || (a.eventKey < b.eventKey ? -1 : 1);

/** One step of a chain: `from` is related to `reason.with`. */
export interface Link {
  readonly from: string;
  readonly reason: JoinReason;
}

/** The shortest way from one member of an incident to another by pairs that are related; undefined where there is none any more. */
export const chainOf = (members: readonly Observation[], from: Observation, to: Observation): Link[] | undefined => {
  const ways = new Map<string, Link[]>([[from.node, []]]);
  const left = new Set(members.filter(({ node }) => node !== from.node));
  for (const open = [from]; open[0]; open.shift()) {
    const one = open[0];
    for (const other of left) {
      const reason = relate(one, other);
      if (!reason) continue;
      left.delete(other);
      const way = [...(ways.get(one.node) ?? []), { from: one.eventKey, reason }];
      if (other.node === to.node) return way;
      ways.set(other.node, way);
      open.push(other);
    }
  }
  return undefined;
};
