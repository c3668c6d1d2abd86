import { describe, expect, test } from 'vitest';
import { mayBeTold } from '../../../../shared/domain/sharing/agreed.ts';
import { agreement, happening } from '../../../support/agreement.ts';

const NOW = Date.parse('2026-11-22T17:00:00Z');
const told = (event: object = {}, what: object = {}, now = NOW) =>
  mayBeTold({ id: 'sheriff', agreement: agreement(what) }, { ...happening(), ...event }, now);

test('an event of what is agreed may be told', () => {
  expect(told()).toBe(true);
});

describe('told to nobody', () => {
  test.each([
    ['another category', { category: 'CITY' }],
    ['another priority', { priority: 'LOW' }],
    ['what a neighbour told us', { source: 'partner_agency' }],
    ['the state of a unit', { type: 'unit.status' }],
    ['a correction by itself', { data: { corrects: { id: 'shot-1' } } }],
    ['a false alarm', { flags: ['corrected', 'retracted'] }],
  ])('is %s', (_, event) => {
    expect(told(event)).toBe(false);
  });
});

test('an agreement may name sources and types, and families of types', () => {
  expect(told({}, { sources: ['cad_system'] })).toBe(false);
  expect(told({ source: 'cad_system' }, { sources: ['cad_system'] })).toBe(true);
  expect(told({}, { types: ['call.*'] })).toBe(false);
  expect([told({ type: 'call.fire' }, { types: ['call.*'] }), told({ type: 'called.off' }, { types: ['call.*'] })]).toEqual([true, false]);
});

test('an agreement counts from its beginning until its end, and at its end no more', () => {
  const at = (time: string): boolean => told({}, {}, Date.parse(time));
  expect([at('2025-12-31T23:59:59.999Z'), at('2026-01-01T00:00:00Z')]).toEqual([false, true]);
  expect([at('2026-12-31T23:59:59.999Z'), at('2027-01-01T00:00:00Z')]).toEqual([true, false]);
});
