import { Role } from '../../shared/contracts/vocabulary.ts';
import { documentation, factAsserted, onDuty, STANDING, type Stated } from './facts.ts';
import type { Outbox } from './outbox.ts';
import { VERDICTS } from './verdicts.ts';

/** Who works in this city's control room: for each role somebody, and a second person where two must say yes. */
const PEOPLE = Role.options.flatMap((role) => [`local-${role}`, `local-${role}-2`].map((person) => onDuty(person, role)));

/** Puts the city's facts on the bus, each in the name of the authority that may state it. */
export interface Clerk {
  /** What stands when the city wakes: authorisations, who is on duty, and the two watchers' verdicts. */
  open(): void;
  /** Resolves when the bus took it. `id` makes the statement unique within this run of the city. */
  state(stated: Stated, id: string): Promise<boolean>;
  /** The paperwork of an incident, filed once, when somebody is first asked to do something about it. */
  file(incidentId: string): void;
}

/** Incidents whose paperwork is remembered as filed; filing one twice states the same fact twice. */
const REMEMBERED = 10_000;

export const createClerk = (run: string, now: () => number, post: Outbox['post']): Clerk => {
  const filed = new Set<string>();
  const state: Clerk['state'] = (stated, id) => post(factAsserted(stated, `${id}/${run}`, now()));
  return {
    open: () => {
      for (const stated of [...STANDING, ...PEOPLE, ...VERDICTS]) void state(stated, `${stated.kind}/${stated.subject}`);
    },
    state,
    file: (incidentId) => {
      if (filed.has(incidentId)) return;
      if (filed.size >= REMEMBERED) filed.clear();
      filed.add(incidentId);
      void state(documentation(incidentId), `documentation/${incidentId}`);
    },
  };
};
