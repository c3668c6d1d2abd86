import { authorised } from './authority.ts';
import type { Scenario } from './scenario.ts';
import { documented } from './usual.ts';

export const naturalDisaster: Scenario = {
  workflow: 'natural-disaster-response',
  title: 'A hurricane warning stands for Singer Island, and the emergency is declared',
  spot: { name: 'Singer Island', lat: 26.7863, lon: -80.0342 },
  events: [
    { source: 'weather_service', type: 'weather.watch', data: { status: 'Actual', severity: 'Severe', summary: 'Hurricane watch' } },
    {
      source: 'weather_service',
      type: 'weather.alert',
      data: { status: 'Actual', msgType: 'Alert', severity: 'Extreme', urgency: 'Expected', summary: 'Hurricane warning' },
    },
  ],
  facts: ({ incident }) => [
    {
      source: 'emergency_mgmt',
      kind: 'declared-emergency',
      subject: incident,
      value: { by: 'county commission', number: '2026-07' },
      hours: 168,
    },
    authorised(incident, 24),
    documented(incident, 'hurricane', 'warning ended, damage surveyed'),
  ],
  people: ['em_director', 'watch_commander'],
};
