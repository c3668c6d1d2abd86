import { authorised } from './authority.ts';
import type { Scenario } from './scenario.ts';
import { documented, offence } from './usual.ts';

export const schoolThreat: Scenario = {
  workflow: 'school-threat-response',
  title: 'A teacher presses the panic button of a school at Congress Avenue',
  spot: { name: 'a school at Congress Avenue', lat: 26.7841, lon: -80.0869 },
  events: [
    { source: 'cad_system', type: 'call.suspicious', data: { summary: 'Caller sees somebody at a school fence' } },
    {
      source: 'sensor_grid',
      type: 'panic.school',
      data: { site: 'SITE-SCHOOL-3', confidence: 0.95, summary: 'Panic button pressed' },
      entities: [{ kind: 'site', id: 'SITE-SCHOOL-3' }],
    },
  ],
  facts: ({ incident }) => [
    { source: 'cad_system', kind: 'juvenile', subject: incident, value: { involved: true }, hours: 24 },
    { source: 'digital_twin', kind: 'sensitive-place', subject: incident, value: { kind: 'school' }, hours: 24 },
    offence(incident, 4, 'threat to life at a school'),
    authorised(incident, 8),
    documented(incident, 'school threat', 'school cleared by the incident commander'),
  ],
  people: ['school_official', 'incident_commander'],
};
