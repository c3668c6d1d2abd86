import type { Incident, IncidentGroup, IncidentSummary, JoinReason } from '../contracts/incident.ts';
import { combine, known } from './fusion/index.ts';

/**
 * An incident's head with the version its next change must find; 0: it is told by its event alone, nothing of it is stored. `loose`: some of it
 * was joined by something else than an identity, so that it may outgrow its span. `split`: it did, and its groups are what people see of it.
 */
export interface Head {
  readonly incident: Incident;
  readonly summary: IncidentSummary;
  readonly version: number;
  readonly loose: boolean;
  readonly split: boolean;
}

/** How many of the reasons are kept on the head; each stands with the incident that it brought. */
export const REASONS_KEPT = 4;

/** When an incident was opened, and by its id where two were at once: the smaller is the older. */
export const ageOf = ({ openedAt, id }: Pick<Incident, 'openedAt' | 'id'>): string => `${openedAt} ${id}`;

/** Two incidents as one, under the older one's name. Pure. */
export const together = (older: Head, younger: Head, reason: JoinReason): Head => {
  const summary = combine(older.summary, younger.summary);
  return {
    incident: {
      ...older.incident,
      ...known(summary),
      joined: [...older.incident.joined, reason, ...younger.incident.joined].slice(-REASONS_KEPT),
    },
    summary,
    version: older.version + 1,
    loose: older.loose || younger.loose || reason.rule !== 'ENTITY_ID',
    split: older.split || younger.split,
  };
};

/** The group that a node is in. */
export const groupOf = (groups: readonly IncidentGroup[], node: string): IncidentGroup | undefined =>
  groups.find(({ members }) => members.includes(node));
