import type { Scenario } from './scenario.ts';
import { documented, offence } from './usual.ts';

export const pursuit: Scenario = {
  workflow: 'pursuit-coordination',
  title: 'A robbery suspect drives away on Australian Avenue, and the officer declares a pursuit',
  spot: { name: 'Australian Avenue', lat: 26.7746, lon: -80.0669 },
  events: [
    { source: 'cad_system', type: 'call.robbery', data: { priority: 'HIGH', summary: 'Armed robbery, the suspect drove off' } },
    {
      source: 'dispatch',
      type: 'pursuit.declared',
      data: { reason: 'violent-crime', summary: 'A unit declares a pursuit' },
      entities: [{ kind: 'plate', id: 'RBD-1401' }],
    },
  ],
  facts: ({ incident }) => [offence(incident, 4, 'armed robbery'), documented(incident, 'pursuit', 'vehicle stopped')],
  people: ['supervisor'],
};
