import type { Resource } from '../../contracts/resource.ts';
import type { JointStore } from '../../stores/joint.ts';
import type { ResourcesStore } from '../../stores/resources.ts';
import type { Write } from '../../stores/table.ts';
import type { Parties } from './in-force.ts';
import { createScopes, type Scope, type ScopeDeps } from './scope.ts';

type Owned = Pick<Resource, 'id' | 'agency' | 'lent'>;

/** Whether a unit is another agency's: it was brought by one, or is said to be of one. Pure. */
export const isForeign = ({ agency, lent }: Owned, { ours, partners }: Parties): boolean =>
  lent === true || (!ours.includes(agency) && partners.some(({ id }) => id === agency));

/** The operation under which another agency's unit may be sent to an incident; undefined where there is none. Pure. */
export const lentUnder = (scopes: readonly Scope[], { id, agency }: Owned, incidentId: string | undefined): Scope | undefined =>
  scopes.find(
    ({ operation, agencies, incidents }) =>
      incidentId !== undefined &&
      incidents.has(incidentId) &&
      agencies.includes(agency) &&
      operation.units.some((unit) => unit.id === id && unit.agency === agency),
  );

/**
 * Whose units may be sent where: ours anywhere, another agency's to the incidents of an operation in force to which it has committed them.
 * Nothing is read while nobody else's unit is in question.
 */
export const createLending = (deps: ScopeDeps & { joint: Pick<JointStore, 'standing' | 'stands'> }) => {
  const scopes = createScopes(deps);
  const foreign = (units: readonly Resource[]): Resource[] => units.filter((unit) => isForeign(unit, deps.parties));

  const among = async (units: Resource[], incidentId: string | undefined): Promise<Resource[]> => {
    if (foreign(units).length === 0) return units;
    // Without agreements nobody lends anything, and the operations are not this room's to read.
    const now = incidentId === undefined || deps.parties.partners.length === 0 ? [] : await scopes();
    return units.filter((unit) => !isForeign(unit, deps.parties) || lentUnder(now, unit, incidentId));
  };

  return {
    /** The fleet without whatever may not be sent to this incident; for no incident, without everybody else's. */
    fleet: <F extends Pick<ResourcesStore, 'free'>>(resources: F, incidentId?: string): F => {
      const { free, busy } = resources as F & Partial<Pick<ResourcesStore, 'busy'>>;
      const seen: typeof free = async (type, span) => among(await free(type, span), incidentId);
      if (!busy) return { ...resources, free: seen };
      const held: typeof busy = async (type, span, limit) => among(await busy(type, span, limit), incidentId);
      return { ...resources, free: seen, busy: held };
    },

    /** What must hold while these units are claimed, an operation of another agency's unit once; undefined where one of them may not be sent any more. */
    holds: async (units: readonly Resource[], incidentId: string): Promise<Write[] | undefined> => {
      const theirs = foreign(units);
      if (theirs.length === 0) return [];
      const now = await scopes();
      const under = theirs.flatMap((unit) => lentUnder(now, unit, incidentId)?.operation ?? []);
      if (under.length < theirs.length) return undefined;
      return [...new Map(under.map((operation) => [operation.id, operation])).values()].map(deps.joint.stands);
    },
  };
};

export type Lending = ReturnType<typeof createLending>;
