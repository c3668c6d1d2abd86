import type { JointOperation } from '../../contracts/joint.ts';
import type { Clock } from '../../lambda/runtime.ts';
import type { IncidentsStore } from '../../stores/incidents.ts';
import type { JointStore } from '../../stores/joint.ts';
import { type Parties, participants } from './in-force.ts';

/** What one operation in force opens: whose people are let in, and to which incidents, under every id that these go by. */
export interface Scope {
  readonly operation: JointOperation;
  readonly agencies: readonly string[];
  readonly incidents: ReadonlySet<string>;
}

export interface ScopeDeps {
  readonly joint: Pick<JointStore, 'standing'>;
  readonly incidents: Pick<IncidentsStore, 'standing'>;
  readonly parties: Parties;
  readonly clock: Clock;
}

/** Agencies whose people see what belongs to an incident. Pure. */
export const seeing = (scopes: readonly Scope[], incidentId: string | undefined): string[] =>
  incidentId === undefined ? [] : [...new Set(scopes.flatMap(({ agencies, incidents }) => (incidents.has(incidentId) ? agencies : [])))];

/** Agencies that take part in anything. Pure. */
export const takingPart = (scopes: readonly Scope[]): string[] => [...new Set(scopes.flatMap(({ agencies }) => agencies))].sort();

/** So long (ms) an instance believes what an incident is called: a merge that is newer opens its other names that much later, and nothing else waits for it. */
const BELIEVED_MS = 5_000;

/** Reads what is in force now. Who takes part is read anew each time; only the names of incidents are remembered for a moment. */
export const createScopes = ({ joint, incidents, parties, clock }: ScopeDeps) => {
  const known = new Map<string, { at: number; names: readonly string[] }>();

  const namesOf = async (id: string): Promise<readonly string[]> => {
    const before = known.get(id);
    if (before && clock.now() - before.at < BELIEVED_MS) return before.names;
    const found = await incidents.standing(id);
    const names = found ? [id, found.incident.id, ...found.absorbed] : [id];
    known.set(id, { at: clock.now(), names });
    return names;
  };

  return async (): Promise<Scope[]> => {
    const now = clock.now();
    const inForce = (await joint.standing())
      .map((operation) => ({ operation, agencies: participants(operation, parties, now) }))
      .filter(({ agencies }) => agencies.length > 0);
    const ids = new Set(inForce.flatMap(({ operation }) => operation.incidents));
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    return Promise.all(
      inForce.map(async (one) => ({ ...one, incidents: new Set((await Promise.all(one.operation.incidents.map(namesOf))).flat()) })),
    );
  };
};

export type Scopes = ReturnType<typeof createScopes>;
