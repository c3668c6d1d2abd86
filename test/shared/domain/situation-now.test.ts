import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { NormalizedEvent } from '../../../shared/contracts/event.ts';
import { Priority } from '../../../shared/contracts/vocabulary.ts';
import { situationAfter, situationNow } from '../../../shared/domain/situation-now.ts';
import { execution } from '../../support/scene.ts';

const event = (id: string, more: Partial<NormalizedEvent> = {}): NormalizedEvent => ({
  id,
  source: 'cad_system',
  type: 'call.shots-fired',
  category: 'INCIDENT',
  priority: 'HIGH',
  occurredAt: '2026-11-22T17:01:00.000Z',
  receivedAt: '2026-11-22T17:01:00.000Z',
  entities: [],
  threatLevel: 0,
  confidence: 0.9,
  summary: `as ${id} tells it`,
  agency: 'rbpd',
  data: {},
  flags: [],
  ...more,
});

const events = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    priority: fc.constantFrom(...Priority.options),
    occurredAt: fc.integer({ min: 0, max: 4 }).map((m) => `2026-11-22T17:0${m}:00.000Z`),
    location: fc.option(fc.record({ lat: fc.integer({ min: 0, max: 9 }), lon: fc.constant(0), radiusM: fc.constant(5) }), {
      nil: undefined,
    }),
  }),
  { selector: ({ id }) => id, maxLength: 5 },
);

test.prop([events, fc.nat()])('any order of later events leaves one situation', (some, turn) => {
  const play = (order: typeof some) => {
    let run = execution('I1', { priority: 'LOW' });
    for (const { id, ...more } of order) run = { ...run, situation: situationAfter(run, event(id, more)) };
    return run;
  };
  const turned = [...some.slice(turn % (some.length + 1)), ...some.slice(0, turn % (some.length + 1))].reverse();
  expect(play(turned).situation).toEqual(play(some).situation);
});

test('the last one seen tells the story, the last one that knows a place the place, and nothing becomes less grave', () => {
  const place = { lat: 26.8, lon: -80.1, radiusM: 10 };
  const run = execution('I1', { priority: 'MEDIUM' });
  const moved = { ...run, situation: situationAfter(run, event('moved', { location: place, priority: 'CRITICAL' })) };
  const later = situationAfter(moved, event('later', { occurredAt: '2026-11-22T17:02:00.000Z', priority: 'LOW' }));
  expect(later).toMatchObject({ location: place, summary: 'as later tells it', priority: 'CRITICAL', eventKey: 'cad_system#later' });
  expect(situationNow(run)).toMatchObject({ location: run.input.location, priority: 'MEDIUM', summary: run.input.summary });
});
