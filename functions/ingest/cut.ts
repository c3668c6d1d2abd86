import type { IncidentGroup, JoinReason } from '../../shared/contracts/incident.ts';
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

const isTold = ({ incident, known: ids }: IncidentGroup): boolean => ids.includes(incident.id);

/** What of the groups before, those that people know of, became of this part: those whose name is in it. */
const heirOf = (before: readonly IncidentGroup[], part: ReadonlySet<string>): IncidentGroup[] =>
  before.filter((group) => isTold(group) && part.has(group.incident.id));

const nodesOf = ({ members }: Group): Set<string> => new Set(members.map(({ node }) => node));

/** The incident of a part: named after its oldest member, and knowing what all of them say. */
const incidentOf = ({ id, members }: Group, stored: ReadonlyMap<string, StoredEvent>, reasons: readonly JoinReason[]) => {
  const founder = stored.get(id);
  if (!founder) throw new Error(`Event ${id} is not stored; the message will be delivered again`);
  const keys = new Set(members.map(({ eventKey }) => eventKey));
  const joined = reasons.filter((reason) => keys.has(reason.with)).slice(-REASONS_KEPT);
  return { ...openedBy(id, founder.key, founder.event), ...known(summarise(members)), joined };
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
  const sets = new Map(parts.map((part) => [part.id, nodesOf(part)]));
  const reasons = [...before.flatMap(({ incident }) => incident.joined), ...(reason ? [reason] : [])];
  const merges: Merge[] = [];
  const splits: Split[] = [];
  const groups = parts.map((part): IncidentGroup => {
    const own = sets.get(part.id) ?? new Set();
    const heirs = heirOf(before, own);
    for (const { incident } of heirs) if (incident.id !== part.id) merges.push({ into: part.id, from: incident.id });
    const gone = [...sets].flatMap(([into, others]): Split[] => {
      const left = into === part.id ? [] : heirs.flatMap(({ members }) => members.filter((node) => others.has(node)));
      return left.length > 0 ? [{ from: part.id, into, members: left.flatMap((node) => byNode.get(node)?.key ?? []) }] : [];
    });
    splits.push(...gone);
    return {
      incident: incidentOf(part, byNode, reasons),
      members: [...own],
      known: [...new Set([part.id, ...before.flatMap((group) => group.known).filter((id) => own.has(id))])].sort(),
      lost: [...new Set([...heirs.flatMap(({ lost }) => lost), ...gone.map(({ into }) => into)])].sort(),
    };
  });
  return { groups: groups.sort((a, b) => (ageOf(a.incident) < ageOf(b.incident) ? -1 : 1)), merges, splits };
};
