import { nexus } from './authority.ts';
import type { Scenario } from './scenario.ts';
import { documented, offence } from './usual.ts';

export const drugOperation: Scenario = {
  workflow: 'drug-operation-response',
  title: 'A case agent’s approved plan for a warehouse near Garden Road',
  spot: { name: 'Garden Road', lat: 26.7874, lon: -80.0936 },
  events: [
    { source: 'investigations', type: 'operation.drafted', data: { summary: 'A plan is being written' } },
    { source: 'investigations', type: 'operation.planned', data: { case: 'RB-2026-004417', summary: 'The plan is approved' } },
  ],
  facts: ({ incident }) => [
    {
      source: 'investigations',
      kind: 'warrant',
      subject: incident,
      value: {
        scope: 'search of the warehouse; cameras on the public ground around it',
        number: '50-2026-SW-0117',
        target: 'warehouse, Garden Road',
        means: 'cameras',
        served: false,
      },
      hours: 72,
    },
    { source: 'investigations', kind: 'case', subject: incident, value: { number: 'RB-2026-004417', agent: 'case agent 12' }, hours: 72 },
    {
      source: 'fusion_cloud',
      kind: 'deconfliction',
      subject: incident,
      value: { clear: true, reference: 'DC-2026-0093' },
      hours: 24,
    },
    nexus(incident, 'controlled purchases under the case'),
    offence(incident, 3, 'trafficking'),
    documented(incident, 'planned operation', 'warrant served by officers'),
  ],
  people: ['supervisor', 'intelligence_officer'],
};
