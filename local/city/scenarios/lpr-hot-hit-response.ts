import type { Scenario } from './scenario.ts';
import { active, documented, offence } from './usual.ts';

export const lprHotHit: Scenario = {
  workflow: 'lpr-hot-hit-response',
  title: 'The reader on the Blue Heron bridge hits a wanted plate',
  spot: { name: 'Blue Heron bridge', lat: 26.7828, lon: -80.0473 },
  events: [
    // The first read has no image to compare, so it starts nothing.
    {
      source: 'lpr_network',
      type: 'plate.hit',
      data: { image: false, partial: false, summary: 'A reader hit a wanted plate; no image yet' },
      entities: [{ kind: 'plate', id: 'RBL-5521' }],
    },
    {
      source: 'lpr_network',
      type: 'plate.hit',
      data: { image: true, partial: false, case: 'RB-2026-000417', summary: 'A reader hit a wanted plate, with an image' },
      entities: [{ kind: 'plate', id: 'RBL-5521' }],
    },
  ],
  facts: ({ incident }) => [
    {
      source: 'dispatch',
      kind: 'plate-verified',
      subject: incident,
      value: { by: 'dispatcher on duty', plate: 'as read', state: 'FL', vehicle: 'as recorded' },
      hours: 2,
    },
    offence(incident, 3, 'vehicle used in a felony'),
    documented(incident, 'wanted plate', 'vehicle found'),
  ],
  meanwhile: ({ incident }) => [active(incident)],
  people: ['dispatcher', 'supervisor'],
};
