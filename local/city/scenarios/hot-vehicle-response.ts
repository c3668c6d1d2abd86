import type { Scenario } from './scenario.ts';
import { active, documented, offence } from './usual.ts';

export const hotVehicle: Scenario = {
  workflow: 'hot-vehicle-response',
  title: 'A car stolen at the Ocean Mall stands in the index as wanted',
  spot: { name: 'Singer Island', lat: 26.7866, lon: -80.0352 },
  events: [
    { source: 'cad_system', type: 'call.theft', data: { summary: 'The owner reports a theft' } },
    {
      source: 'investigations',
      type: 'vehicle.wanted',
      data: { record: 'stolen', urgent: true, partial: false, summary: 'A stolen vehicle is entered' },
      entities: [{ kind: 'plate', id: 'RBH-4417' }],
    },
  ],
  facts: ({ incident }) => [offence(incident, 2, 'theft of a vehicle'), documented(incident, 'stolen vehicle', 'vehicle found')],
  meanwhile: ({ incident }) => [active(incident)],
  people: ['supervisor'],
};
