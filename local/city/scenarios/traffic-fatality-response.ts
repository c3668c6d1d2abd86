import type { Scenario } from './scenario.ts';
import { documented, offence } from './usual.ts';

export const trafficFatality: Scenario = {
  workflow: 'traffic-fatality-response',
  title: 'Somebody died in a crash at Blue Heron and Australian',
  spot: { name: 'Blue Heron and Australian', lat: 26.7824, lon: -80.0669 },
  events: [
    { source: 'cad_system', type: 'crash.reported', data: { priority: 'HIGH', summary: 'Two vehicles crashed' } },
    { source: 'cad_system', type: 'crash.fatal', data: { deathConfirmed: true, summary: 'A death is confirmed on scene' } },
  ],
  facts: ({ incident }) => [
    offence(incident, 2, 'crash with a death'),
    documented(incident, 'fatal crash', 'scene measured and road open'),
  ],
  people: ['supervisor'],
};
