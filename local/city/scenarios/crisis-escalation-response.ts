import type { Scenario } from './scenario.ts';
import { documented } from './usual.ts';

export const crisisEscalation: Scenario = {
  workflow: 'crisis-escalation-response',
  title: 'A person’s crisis grows worse on 28th Street, and there is word of a knife',
  spot: { name: '28th Street', lat: 26.7812, lon: -80.0594 },
  events: [
    { source: 'cad_system', type: 'call.welfare-check', data: { summary: 'A neighbour asks that somebody looks' } },
    { source: 'dispatch', type: 'crisis.escalated', data: { weapon: true, summary: 'The call-taker hears it get worse' } },
  ],
  facts: ({ incident }) => [documented(incident, 'person in crisis', 'person talked to and followed up')],
  people: ['supervisor'],
};
