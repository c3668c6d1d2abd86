import { nexus } from './authority.ts';
import type { Scenario } from './scenario.ts';
import { documented, offence } from './usual.ts';

export const gangActivity: Scenario = {
  workflow: 'gang-activity-response',
  title: 'A fight near Avenue O ends in a stabbing that two documented criteria tie to a gang',
  spot: { name: 'Avenue O', lat: 26.7761, lon: -80.0642 },
  events: [
    { source: 'cad_system', type: 'call.fight', data: { summary: 'Caller sees several people fight' } },
    { source: 'investigations', type: 'gang.violence', data: { case: 'RB-2026-005120', summary: 'Stabbing with a documented nexus' } },
  ],
  facts: ({ incident }) => [
    {
      source: 'investigations',
      kind: 'gang-nexus',
      subject: incident,
      value: { criteria: 2, by: 'detective 7' },
      hours: 72,
    },
    {
      source: 'cad_system',
      kind: 'violence-observed',
      subject: incident,
      value: { what: 'a stabbing', by: 'officer on scene' },
      hours: 8,
    },
    nexus(incident, 'aggravated battery'),
    offence(incident, 4, 'aggravated battery'),
    documented(incident, 'gang violence', 'scene cleared, outreach engaged'),
  ],
  people: ['intelligence_officer'],
};
