import { authorised } from './authority.ts';
import type { Scenario } from './scenario.ts';
import { documented, exigent } from './usual.ts';

export const missingPerson: Scenario = {
  workflow: 'missing-person-response',
  title: 'A child has not come home from the marina, and CAD takes the report',
  spot: { name: 'the marina', lat: 26.7748, lon: -80.0506 },
  events: [
    { source: 'cad_system', type: 'call.received', data: { summary: 'A parent calls' } },
    {
      source: 'cad_system',
      type: 'missing-person.reported',
      data: { child: true, atRisk: false, summary: 'A report of a missing child is accepted' },
      entities: [{ kind: 'plate', id: 'RBM-2207' }],
    },
  ],
  facts: ({ incident }) => [
    exigent(incident, 'search for a missing person'),
    authorised(incident, 12),
    documented(incident, 'missing child', 'child found and with the parents'),
  ],
  people: ['supervisor', 'watch_commander'],
};
