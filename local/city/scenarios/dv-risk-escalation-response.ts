import type { Scenario } from './scenario.ts';
import { documented, exigent, offence } from './usual.ts';

export const dvRiskEscalation: Scenario = {
  workflow: 'dv-risk-escalation-response',
  title: 'Neighbours hear a couple fight in 13th Street, and a caller says it is not the first time',
  spot: { name: '13th Street', lat: 26.7703, lon: -80.0634 },
  events: [
    { source: 'cad_system', type: 'call.disturbance', data: { summary: 'Caller hears shouting next door' } },
    { source: 'dispatch', type: 'call.domestic-violence', data: { weapon: false, summary: 'Caller says that a neighbour is being hit' } },
  ],
  facts: ({ incident }) => [
    exigent(incident, 'imminent danger to life'),
    offence(incident, 3, 'domestic battery'),
    documented(incident, 'domestic violence', 'report written, referral offered'),
  ],
  people: ['supervisor'],
};
