import type { Incident, IncidentGroup, JoinReason } from '../../shared/contracts/incident.ts';
import { isCorrected } from '../../shared/domain/correction.ts';
import { type Group, known, observe, partsOf, summarise } from '../../shared/domain/fusion/index.ts';
import { ageOf, REASONS_KEPT } from '../../shared/domain/head.ts';
import { openedBy } from '../../shared/domain/opened.ts';
import type { StoredEvent } from '../../shared/stores/events.ts';

/** `from` is no incident of its own any more: it is part of `into`. */
export interface Merge {
  readonly into: string;
  readonly from: string;
}

/** These members (event keys) stood in `from`, which goes on without them: they are in `into`. */
export interface Split extends Merge {
  readonly members: readonly string[];
}

/** What an incident that outgrew its span is, and what is to be told of it. */
export interface Cut {
  readonly groups: IncidentGroup[];
  readonly merges: Merge[];
  readonly splits: Split[];
}

type Stored = ReadonlyMap<string, StoredEvent>;

const isTold = ({ incident, known: ids }: IncidentGroup): boolean => ids.includes(incident.id);

/** The incident of a part: named after its oldest member, and knowing what all of them say. */
const incidentOf = ({ id, members }: Group, stored: Stored, reasons: readonly JoinReason[]): Incident => {
  const founder = stored.get(id);
  if (!founder) throw new Error(`Event ${id} is not stored; the message will be delivered again`);
  const keys = new Set(members.map(({ eventKey }) => eventKey));
  const joined = reasons.filter((reason) => keys.has(reason.with)).slice(-REASONS_KEPT);
  return { ...openedBy(id, founder.key, founder.event), ...known(summarise(members)), joined };
};

/**
 * Members that people would look for elsewhere: their group goes on without them, or the name under which they were filed, which the group
 * knew, is a part of its own again.
 */
const movedIn = (before: readonly IncidentGroup[], stored: Stored, partOf: ReadonlyMap<string, string>): Split[] => {
  const moves = new Map<string, { from: string; into: string; members: string[] }>();
  for (const group of before) {
    const heir = isTold(group) ? partOf.get(group.incident.id) : undefined;
    for (const node of group.members) {
      const [into, one] = [partOf.get(node), stored.get(node)];
      const filed = one?.event.incidentId;
      const name = heir !== into ? heir : filed !== undefined && group.known.includes(filed) ? partOf.get(filed) : undefined;
      if (!one || !into || !name || name === into) continue;
      const move = moves.get(`${name} ${into}`) ?? { from: name, into, members: [] };
      move.members.push(one.key);
      moves.set(`${name} ${into}`, move);
    }
  }
  return [...moves.values()];
};

/**
 * The parts of what was several incidents until now and is one component of the relation, with what people who know the old ones must hear:
 * which of them are part of another now, and which lost members. Pure; `stored` are all members' events.
 */
export const cut = (before: readonly IncidentGroup[], stored: readonly StoredEvent[], reason?: JoinReason): Cut => {
  const byNode = new Map(stored.map((one) => [one.node, one]));
  const parts = partsOf(
    stored.map(({ node, key, event }) => observe(node, key, event)),
    stored.some(({ event }) => isCorrected(event)),
  );
  const partOf = new Map(parts.flatMap(({ id, members }) => members.map(({ node }) => [node, id] as const)));
  const splits = movedIn(before, byNode, partOf);
  const reasons = [...before.flatMap(({ incident }) => incident.joined), ...(reason ? [reason] : [])];
  const names = [...new Set(before.flatMap((group) => group.known))];
  const groups = parts.map((part): IncidentGroup => {
    const heirs = before.filter((group) => isTold(group) && partOf.get(group.incident.id) === part.id);
    const gone = splits.filter(({ from }) => from === part.id).map(({ into }) => into);
    return {
      incident: incidentOf(part, byNode, reasons),
      members: part.members.map(({ node }) => node),
      known: [...new Set([part.id, ...names.filter((id) => partOf.get(id) === part.id)])].sort(),
      lost: [...new Set([...heirs.flatMap(({ lost }) => lost), ...gone])].filter((id) => id !== part.id).sort(),
    };
  });
  const merges = before.filter(isTold).flatMap(({ incident: { id } }): Merge[] => {
    const into = partOf.get(id);
    return into && into !== id ? [{ into, from: id }] : [];
  });
  return { groups: groups.sort((a, b) => (ageOf(a.incident) < ageOf(b.incident) ? -1 : 1)), merges, splits };
};
