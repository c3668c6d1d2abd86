import type { Scenario } from './scenario.ts';
import { documented, offence } from './usual.ts';

export const activeShooter: Scenario = {
  workflow: 'active-shooter-response',
  title: 'A panic button is pressed at the Ocean Mall after a caller heard shots',
  spot: { name: 'Ocean Mall', lat: 26.7858, lon: -80.0341 },
  events: [
    // Too unsure to start anything by itself; with the button there are two independent sources.
    { source: 'cad_system', type: 'call.shots-fired', data: { confidence: 0.5, summary: 'Caller may have heard shots' } },
    {
      source: 'sensor_grid',
      type: 'panic.active-shooter',
      data: { site: 'SITE-OCEAN-MALL', confidence: 0.95, summary: 'Panic button pressed' },
      entities: [{ kind: 'site', id: 'SITE-OCEAN-MALL' }],
    },
  ],
  facts: ({ incident }) => [
    offence(incident, 4, 'shooting at people'),
    {
      source: 'emergency_mgmt',
      kind: 'broadcast-authority',
      subject: incident,
      value: { system: 'IPAWS', by: 'county warning point' },
      hours: 8,
    },
    documented(incident, 'active shooter', 'threat ended'),
  ],
  people: ['incident_commander', 'watch_commander'],
};
