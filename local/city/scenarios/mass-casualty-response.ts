import { authorised } from './authority.ts';
import type { Scenario } from './scenario.ts';
import { documented, offence } from './usual.ts';

export const massCasualty: Scenario = {
  workflow: 'mass-casualty-response',
  title: 'A party boat burns at the marina, and the incident commander declares a mass casualty',
  spot: { name: 'the marina', lat: 26.7748, lon: -80.0499 },
  events: [
    { source: 'cad_system', type: 'call.boat-fire', data: { priority: 'HIGH', summary: 'Caller sees a boat on fire' } },
    { source: 'emergency_mgmt', type: 'mass-casualty.declared', data: { patients: 14, summary: 'Mass casualty declared, 14 patients' } },
  ],
  // The declaration itself attests the exigency that a drone needs.
  facts: ({ incident }) => [
    offence(incident, 4, 'people hurt in a fire'),
    authorised(incident, 12),
    documented(incident, 'mass casualty', 'all patients taken to hospitals'),
  ],
  people: ['incident_commander', 'em_director'],
};
