import { expect, test } from 'vitest';
import { event } from './ground.ts';
import { read, refusal } from './reading.ts';

const response = (changes: object = {}) => ({
  key: 'YR',
  time: '2026-11-22T17:00:00.000Z',
  ORI: 'FL0060000',
  RTY: 'SV',
  incident: 'I1',
  NIC: 'V900005521',
  CON: 'Y',
  ...changes,
});

test.each([
  ['Y', 'active'],
  ['N', 'cleared'],
])('the entering agency’s %s to a vehicle is a fact of the incident it was asked for: %s', (CON, status) => {
  expect(read('fusion_cloud', response({ CON }))).toMatchObject({
    type: 'fact.asserted',
    data: {
      fact: {
        kind: 'vehicle-confirmation',
        subject: 'incident/I1',
        value: { status, by: 'FL0060000' },
        expiresAt: '2026-11-23T17:00:00.000Z',
      },
    },
  });
});

test('that it is being looked at is no fact, and neither is anything about a person', () => {
  expect(event('fusion_cloud', response({ CON: 'E', HRS: '1' }))).toMatchObject({ type: 'record.matched', data: { status: 'unknown' } });
  expect(event('fusion_cloud', response({ RTY: 'WP' }))).toMatchObject({
    type: 'record.matched',
    data: { record: 'person', status: 'active' },
  });
});

test.each([
  ['from nobody', { ORI: undefined }, 'ORI: is missing'],
  ['that says neither yes nor no', { CON: 'MAYBE' }, 'CON: is none of Y, N, E'],
  ['to no request', { incident: '' }, 'incident: is empty'],
])('one %s is refused, naming the field', (_, changes, reason) => {
  expect(refusal('fusion_cloud', response(changes))).toBe(reason);
});

test('nobody but the fusion cloud brings one', () => {
  expect(refusal('lpr_network', response())).toBeDefined();
});
