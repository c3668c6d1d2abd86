import type { BusEntry } from '../../client/bus.ts';
import { documentation, factAsserted, onDuty, STANDING, type Stated } from '../../local/city/facts.ts';
import { verdict } from '../../local/city/verdicts.ts';
import type { Role } from '../../shared/contracts/vocabulary.ts';

const YEAR = 365 * 24;

/** Who is on duty where a test names nobody else: one person for each role that answers. */
const ROLES: readonly Role[] = ['supervisor', 'watch_commander', 'incident_commander', 'remote_pilot', 'chief', 'em_director'];
const PEOPLE: readonly (readonly [person: string, role: Role])[] = ROLES.map((role) => [`local-${role}`, role]);

const put = (stated: Stated, at: number): BusEntry => factAsserted({ ...stated, hours: YEAR }, `${stated.kind}/${stated.subject}`, at);

/** What a city has stated in which gunfire is answered without further questions: authorisations, verdicts, and who is on duty. */
export const standing = (at: number, people = PEOPLE): BusEntry[] =>
  [
    ...STANDING,
    verdict({ subsystem: 'moral_compass', workflow: 'gunfire-response' }),
    verdict({ subsystem: 'public_guardian', workflow: 'gunfire-response' }),
    ...people.map(([person, role]) => onDuty(person, role)),
  ].map((stated) => put(stated, at));

/** The paperwork of an incident, without which its record is not closed. */
export const paperwork = (incidentId: string, at: number): BusEntry => put(documentation(incidentId), at);
