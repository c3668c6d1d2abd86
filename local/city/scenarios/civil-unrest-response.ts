import { nexus } from './authority.ts';
import type { Scenario } from './scenario.ts';
import { documented, offence } from './usual.ts';

export const civilUnrest: Scenario = {
  workflow: 'civil-unrest-response',
  title: 'In a crowd at Blue Heron and Broadway some break windows and hurt a passer-by',
  spot: { name: 'Blue Heron and Broadway', lat: 26.7825, lon: -80.0517 },
  events: [
    { source: 'cad_system', type: 'call.crowd', data: { summary: 'Caller reports that a road is blocked' } },
    { source: 'officer_safety', type: 'unrest.violence', data: { people: 120, summary: 'Officer sees windows broken and a person hurt' } },
  ],
  facts: ({ incident }) => [
    nexus(incident, 'assault and criminal mischief seen by an officer'),
    offence(incident, 3, 'assault, criminal mischief'),
    {
      source: 'public_guardian',
      kind: 'crowd-authorisation',
      subject: incident,
      value: { by: 'chief of police', people: 120, policy: 'drones over crowds, general order 41' },
      hours: 8,
    },
    documented(incident, 'violence in a crowd', 'dispersed peaceably'),
  ],
  people: ['incident_commander'],
};
