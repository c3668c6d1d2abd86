import { describe, expect, test } from 'vitest';
import type { Resource } from '../../../../shared/contracts/resource.ts';
import type { AllocationPriority } from '../../../../shared/contracts/vocabulary.ts';
import { unfit } from '../../../../shared/domain/allocation/fit.ts';
import { etaS, staleS } from '../../../../shared/domain/allocation/travel.ts';
import { unit } from '../../../support/scene.ts';

const NOW = Date.UTC(2026, 10, 22, 17);
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();
const window = (from: number, to: number) => ({ from: at(from), to: at(to), why: 'propellers' });
const why = (more: Partial<Resource>, asked: Partial<Parameters<typeof unfit>[2]> = {}, type: Resource['type'] = 'DRONE') =>
  unfit(unit('u', type, 0, more), 1000, { at: NOW, now: NOW, until: NOW + 600_000, executionId: 'run-1', priority: 'NORMAL', ...asked });
const booking = (forWhom: string, priority: AllocationPriority, from: number, to: number) => ({
  id: 'R1',
  forWhom,
  priority,
  from: at(from),
  to: at(to),
});
const healthy = { faults: [], maintenance: [] };

describe('a unit is sent', () => {
  test.each([
    ['that nothing is known of but that it is free', {}],
    ['whose battery brings it there and back', { health: { ...healthy, batteryPct: 30 } }],
    ['in its last minute of the watch', { shift: { from: at(-480), to: at(1) } }],
    ['whose workshop is over', { health: { ...healthy, maintenance: [window(-60, 0)] } }],
    ['that is promised to this very run', { bookings: [booking('run-1', 'HIGH', 5, 60)] }],
    ['that is promised for later', { bookings: [booking('run-2', 'HIGH', 10, 60)] }],
    ['that was promised to what it goes before', { bookings: [booking('run-2', 'LOW', 5, 60)] }],
    ['whose workshop is not near', { health: { ...healthy, maintenance: [window(31, 60)] } }],
  ])('%s', (_, more) => {
    expect(why(more)).toBeUndefined();
  });

  test('that has what is asked for, and was certified for it', () => {
    const requires = { capabilities: ['thermal'], certifications: ['part-107'] };
    expect(why({ capabilities: ['zoom', 'thermal'], certifications: ['part-107'] }, { requires })).toBeUndefined();
  });

  test('that can be there in time', () => {
    expect(why({}, { latest: NOW + 70_000 })).toBeUndefined();
  });
});

describe('a unit is not sent, and it is said why:', () => {
  test.each<[string, Partial<Resource>, Partial<Parameters<typeof unfit>[2]>]>([
    ['lacks thermal', { capabilities: ['zoom'] }, { requires: { capabilities: ['zoom', 'thermal'], certifications: [] } }],
    ['not certified for part-107', {}, { requires: { capabilities: [], certifications: ['part-107'] } }],
    ['faults: gimbal', { health: { ...healthy, faults: ['gimbal'] } }, {}],
    ['battery at 29 %, below 30 %', { health: { ...healthy, batteryPct: 29 } }, {}],
    ['fuel at 10 %, below 15 %', { health: { ...healthy, fuelPct: 10 } }, {}],
    [`off shift: on from ${at(-480)} to ${at(0)}`, { shift: { from: at(-480), to: at(0) } }, {}],
    [`off shift: on from ${at(-10)} to ${at(60)}`, { shift: { from: at(-10), to: at(60) } }, { at: NOW + 90 * 60_000 }],
    [`in maintenance from ${at(30)} to ${at(60)}`, { health: { ...healthy, maintenance: [window(30, 60)] } }, {}],
    [`reserved from ${at(5)} to ${at(60)} for run-2: reservation R1`, { bookings: [booking('run-2', 'NORMAL', 5, 60)] }, {}],
    ['cannot be there in time: about 70 s on the way', {}, { latest: NOW + 69_000 }],
  ])('%s', (reason, more, asked) => {
    expect(why(more, asked)).toBe(reason);
  });
});

test('what stands still is there already, whatever the hour it is wanted by', () => {
  expect(etaS('CAMERA', 5000)).toBeUndefined();
  expect(why({}, { latest: NOW }, 'CAMERA')).toBeUndefined();
});

test('a camera works on a battery on which no drone is sent', () => {
  expect(why({ health: { ...healthy, batteryPct: 6 } }, {}, 'CAMERA')).toBeUndefined();
});

test('an officer is 1.2 times the straight line away at 16 m/s', () => {
  expect(etaS('OFFICER', 1600)).toBe(120);
});

test('the position of a car is old after a quarter of an hour, that of a camera never', () => {
  expect(staleS('VEHICLE', at(-15), NOW)).toBeUndefined();
  expect(staleS('VEHICLE', at(-16), NOW)).toBe(960);
  expect(staleS('CAMERA', at(-100_000), NOW)).toBeUndefined();
});
