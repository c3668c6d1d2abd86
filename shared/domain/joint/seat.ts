import type { JointOperation } from '../../contracts/joint.ts';
import type { Role } from '../../contracts/vocabulary.ts';
import type { Scope } from './scope.ts';

/** Under which operation, and in which role, somebody answers. */
export interface Sitting {
  readonly operation: JointOperation;
  readonly role: Role;
}

/** The seat of a person in the unified command of an operation in force that covers an incident; undefined for whoever has none. Pure. */
export const sittingOf = (
  scopes: readonly Scope[],
  { agency, sub }: { readonly agency: string; readonly sub: string },
  incidentId: string,
): Sitting | undefined => {
  for (const { operation, agencies, incidents } of scopes) {
    const seat = operation.command.find((one) => one.agency === agency && one.person === sub);
    if (seat && agencies.includes(agency) && incidents.has(incidentId)) return { operation, role: seat.role };
  }
  return undefined;
};
