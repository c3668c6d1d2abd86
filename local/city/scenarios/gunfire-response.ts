import type { Scenario } from './scenario.ts';
import { documented } from './usual.ts';

export const gunfire: Scenario = {
  workflow: 'gunfire-response',
  title: 'A sensor hears shots near 19th Street, and a reviewer confirms them',
  spot: { name: '19th Street', lat: 26.7751, lon: -80.0607 },
  events: [
    { source: 'cad_system', type: 'call.weapon', data: { priority: 'HIGH', summary: 'Caller saw a man with a gun' } },
    {
      source: 'gunshot_detection',
      type: 'gunshot.detected',
      data: { confidence: 0.93, reviewed: true, summary: 'Three shots were heard and reviewed' },
    },
  ],
  // The shots themselves attest the exigency that a drone needs.
  facts: ({ incident }) => [documented(incident, 'shots heard', 'scene secured')],
  people: ['watch_commander'],
};
