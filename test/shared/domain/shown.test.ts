import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Incident } from '../../../shared/contracts/incident.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import { Priority } from '../../../shared/contracts/vocabulary.ts';
import { type Sight, shown } from '../../../shared/domain/shown.ts';
import { createPolicyEngine } from '../../../shared/policy/index.ts';
import { gunfireResponse } from '../../../workflows/gunfire-response.ts';
import { execution, exigency, incident, PLACE } from '../../support/scene.ts';

const NOW = Date.parse('2026-11-22T17:00:00.000Z');
const deps = { policy: createPolicyEngine(), clock: { now: () => NOW } };
const releases = [{ step: 'sendDrone', action: 'DRONE_DISPATCH', with: { purpose: 'scene-overview' } }];

const sight = (more: Partial<Incident> = {}, aliases: string[] = [], facts: Fact[] = []): Sight => ({
  execution: execution('I1'),
  situation: { incident: incident('I1', more), aliases, facts },
  workflow: gunfireResponse,
});
const first = shown(deps)(sight(), { releases, about: { summary: 'Shots' } });
const again = (now: Sight) => shown(deps)(now, { releases, about: first.facts, before: first.facts });

const north = (metres: number) => ({ ...PLACE, lat: PLACE.lat + metres / 111_195 });

test('the same situation, looked at again, is the same hash', () => {
  expect(again(sight())).toEqual(first);
});

test('a better fix on the same place is no change; fifty metres are', () => {
  fc.assert(
    fc.property(fc.double({ min: -45, max: 45, noNaN: true }), (metres) => {
      expect(again(sight({ location: north(metres) })).factsHash).toBe(first.factsHash);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: 60, max: 5000, noNaN: true }), (metres) => {
      expect(again(sight({ location: north(metres) })).factsHash).not.toBe(first.factsHash);
    }),
  );
});

test('a place that wanders in small steps is another place in the end', () => {
  let before = first;
  const seen = [];
  for (let metres = 0; metres <= 120; metres += 20) {
    before = shown(deps)(sight({ location: north(metres) }), { releases, about: before.facts, before: before.facts });
    seen.push(before.factsHash === first.factsHash);
  }
  expect(seen).toEqual([true, true, true, false, false, false, false]);
});

test('a fact that guardrails on the released action read, a merge, a split and another priority always change the hash', () => {
  const merged = fc.array(fc.constantFrom('I2', 'I3', 'I4'), { minLength: 1, maxLength: 3 }).map((ids) => sight({}, [...new Set(ids)]));
  const graver = fc.constantFrom(...Priority.options.filter((one) => one !== 'CRITICAL')).map((priority) => sight({ priority }));
  const attested = fc
    .record({ key: fc.string({ minLength: 1 }), minutes: fc.integer({ min: 1, max: 600 }), kind: fc.constantFrom('exigency', 'warrant') })
    .map(({ key, minutes, kind }) => {
      const expiresAt = new Date(NOW + minutes * 60_000).toISOString();
      const source = kind === 'exigency' ? ('dispatch' as const) : ('investigations' as const);
      return sight({}, [], [{ ...exigency('I1'), kind, source, eventKey: `${source}#${key}`, expiresAt }]);
    });
  fc.assert(
    fc.property(fc.oneof(merged, graver, attested), (now) => {
      const changed = again(now);
      expect(changed.factsHash).not.toBe(first.factsHash);
      // And back: what was merged in and split off again, or attested and run out, is a change as well.
      expect(shown(deps)(sight(), { releases, about: changed.facts, before: changed.facts }).factsHash).not.toBe(changed.factsHash);
    }),
  );
});

test('a split is a change for who must decide, and each further one is another', () => {
  const after = (...lost: string[]) => {
    const now = sight();
    return again({ ...now, situation: { ...now.situation, lost } });
  };
  expect(after().factsHash).toBe(first.factsHash);
  expect(after('I7')).toMatchObject({ facts: { lost: ['I7'] } });
  expect(new Set([first, after('I7'), after('I7', 'I8')].map(({ factsHash }) => factsHash)).size).toBe(3);
  expect(after('I8', 'I7')).toEqual(after('I7', 'I8'));
});

test('the next shot attests the same danger and voids nothing; another basis for it does', () => {
  const once = shown(deps)(sight({}, [], [exigency('I1')]), { releases, about: {} });
  const again = { ...exigency('I1'), eventKey: 'gunshot_detection#shot-2', expiresAt: '2026-11-22T17:44:00.000Z' };
  const later = { ...again, value: { ...again.value, until: '2026-11-22T17:44:00.000Z' } };
  expect(shown(deps)(sight({}, [], [exigency('I1'), later]), { releases, about: {} }).factsHash).toBe(once.factsHash);
  const other = { ...later, value: { ...later.value, basis: 'imminent destruction of evidence' } };
  expect(shown(deps)(sight({}, [], [exigency('I1'), other]), { releases, about: {} }).factsHash).not.toBe(once.factsHash);
});

test('facts that no guardrail on the released action reads, that ran out, or that nobody may state, are not among what is shown', () => {
  const facts: Fact[] = [
    { ...exigency('I1'), expiresAt: '2026-11-22T16:59:59.000Z', eventKey: 'dispatch#late' },
    { ...exigency('I1'), source: 'ai_sentinel', eventKey: 'ai_sentinel#guess' },
    { ...exigency('I9'), eventKey: 'dispatch#elsewhere' },
    { ...exigency('I1'), kind: 'documentation', source: 'cad_system', eventKey: 'cad_system#closing' },
  ];
  expect(shown(deps)(sight({}, [], facts), { releases, about: {} }).facts['facts']).toEqual([]);
  expect(shown(deps)(sight({}, [], [...facts, exigency('I1')]), { releases, about: {} }).facts['facts']).toHaveLength(1);
});
