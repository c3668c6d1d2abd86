import type { Scenario } from './scenario.ts';
import { documented, exigent } from './usual.ts';

export const mentalHealthCrisis: Scenario = {
  workflow: 'mental-health-crisis-response',
  title: 'The 988 line hands over a person in crisis near Avenue E, and nobody speaks of a weapon',
  spot: { name: 'Avenue E', lat: 26.7771, lon: -80.0538 },
  events: [
    { source: 'cad_system', type: 'call.welfare-check', data: { summary: 'Family asks somebody to look in' } },
    { source: 'dispatch', type: 'line-988.handover', data: { weapon: false, summary: 'Person in crisis asks for help' } },
  ],
  facts: ({ incident }) => [
    exigent(incident, 'imminent danger to life'),
    documented(incident, 'mental health crisis', 'went to the facility of their own will'),
  ],
  people: ['clinician', 'supervisor'],
};
