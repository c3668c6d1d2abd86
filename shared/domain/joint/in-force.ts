import type { Partner } from '../../contracts/agency.ts';
import type { JointOperation, JointView, Participant } from '../../contracts/joint.ts';
import { partnerOf } from '../sharing/partners.ts';

/** Whose people this installation serves, and with whom it has agreements. */
export interface Parties {
  readonly ours: readonly string[];
  readonly partners: readonly Partner[];
}

/** Whether an agency may take part at `now` (ms): ours, or one whose agreement is in force. */
export const isParty = ({ ours, partners }: Parties, agency: string, now: number): boolean =>
  ours.includes(agency) || partnerOf(partners, agency, now) !== undefined;

export const stateOf = ({ agencies }: Pick<JointOperation, 'agencies'>, agency: string): Participant['state'] | undefined =>
  agencies.find((one) => one.agency === agency)?.state;

/** Agencies whose authorised people have accepted, and that have not left. */
export const acceptedBy = ({ agencies }: Pick<JointOperation, 'agencies'>): string[] =>
  agencies.filter(({ state }) => state === 'ACCEPTED').map(({ agency }) => agency);

/** Whether agencies that accepted make an operation: two at least, the lead and one of ours among them. */
export const carries = (lead: string, accepted: readonly string[], ours: readonly string[]): boolean =>
  accepted.length >= 2 && accepted.includes(lead) && accepted.some((agency) => ours.includes(agency));

/** Agencies that take part at `now` (ms): none while the operation is not in force. An agreement that has run out ends an agency's part at once. Pure. */
export const participants = (operation: JointOperation, parties: Parties, now: number): string[] => {
  const { ended, from, until, lead } = operation;
  if (ended || now < Date.parse(from) || Date.parse(until) <= now) return [];
  const accepted = acceptedBy(operation).filter((agency) => isParty(parties, agency, now));
  return carries(lead, accepted, parties.ours) ? accepted : [];
};

export const viewOfOperation = (operation: JointOperation, parties: Parties, now: number): JointView => {
  const inForce = participants(operation, parties, now).length > 0;
  return { ...operation, state: operation.ended ? 'ENDED' : inForce ? 'IN_FORCE' : 'DECLARED' };
};
