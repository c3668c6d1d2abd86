import type { Scenario } from './scenario.ts';
import { documented, offence } from './usual.ts';

export const officerDistress: Scenario = {
  workflow: 'officer-distress-response',
  title: 'An officer at a traffic stop on 13th Street presses the panic button',
  spot: { name: '13th Street', lat: 26.7704, lon: -80.0631 },
  events: [
    { source: 'cad_system', type: 'call.traffic', data: { summary: 'Officer is out with a vehicle' } },
    {
      source: 'officer_safety',
      type: 'officer.distress',
      data: { unit: 'RB-OFFICER-05', confidence: 0.95, summary: 'Panic button of a unit' },
    },
  ],
  // The button itself attests the exigency that a drone needs.
  facts: ({ incident }) => [offence(incident, 4, 'assault on an officer'), documented(incident, 'officer in distress', 'officer safe')],
  people: ['supervisor', 'chief'],
};
