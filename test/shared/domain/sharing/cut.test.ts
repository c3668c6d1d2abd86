import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { SharedField } from '../../../../shared/contracts/agency.ts';
import type { Fact } from '../../../../shared/contracts/policy.ts';
import { concerns } from '../../../../shared/domain/sharing/concerns.ts';
import { cut } from '../../../../shared/domain/sharing/cut.ts';
import { isShielded } from '../../../../shared/domain/sharing/shielded.ts';
import { agreement, happening } from '../../../support/agreement.ts';

const { what } = agreement();
const NOW = Date.parse('2026-11-22T17:00:00Z');

test('what leaves is what is agreed, by name, and the rest stays', () => {
  expect(cut(what, happening(), false)).toEqual({
    data: {
      category: 'SENSOR',
      priority: 'CRITICAL',
      location: { lat: 26.7753, lon: -80.0581, radiusM: 25 },
      confidence: 0.93,
      incident: 'I1',
      entities: [{ kind: 'plate', id: 'RBH4417' }],
      weapon: true,
    },
    fields: ['type', 'category', 'priority', 'time', 'location', 'confidence', 'incident', 'entities:plate', 'data:weapon'],
    withheld: [],
  });
});

property.prop([
  fc.subarray(SharedField.options),
  fc.subarray(['plate', 'person-name', 'phone']),
  fc.subarray(['weapon', 'caller', 'constructor', '__proto__']),
  fc.boolean(),
])('nothing leaves that no part of the agreement names', (fields, entities, data, shielded) => {
  const left = cut({ ...what, fields, entities, data }, happening(), shielded).data;
  const allowed = ['category', 'priority', ...fields, ...data, ...(entities.length > 0 ? ['entities'] : [])];
  expect(Object.keys(left).filter((name) => !allowed.includes(name))).toEqual([]);
  const kinds = (left['entities'] as { kind: string }[] | undefined)?.map(({ kind }) => kind) ?? [];
  expect(kinds.filter((kind) => !entities.includes(kind))).toEqual([]);
  if (shielded) expect([left['summary'], kinds, left['weapon'], left['caller']]).toEqual([undefined, [], undefined, undefined]);
});

describe('whom the law shields', () => {
  const juvenile = (value: object, expiresAt = '2026-11-23T00:00:00Z') =>
    [
      {
        kind: 'juvenile',
        subject: 'incident/I1',
        value,
        source: 'dispatch',
        eventKey: 'dispatch#1',
        recordedAt: '2026-11-22T16:00:00Z',
        expiresAt,
      },
    ] as Fact[];

  test('a victim at home, a person in crisis and a child are told of without anything that says who they are', () => {
    expect(isShielded(happening({ type: 'call.domestic-violence' }), [], NOW)).toBe(true);
    expect(isShielded(happening({ category: 'HUMAN_STABILITY' }), [], NOW)).toBe(true);
    expect(isShielded(happening(), juvenile({ involved: true }), NOW)).toBe(true);
    expect(cut({ ...what, fields: ['location', 'summary'] }, happening(), true)).toMatchObject({
      data: { location: { lat: 26.7753 }, entities: [] },
      fields: ['type', 'category', 'priority', 'time', 'location'],
      withheld: ['summary', 'entities:plate', 'data:weapon'],
    });
  });

  test('nobody else is: not where no child is involved, nor where that word has run out', () => {
    expect(isShielded(happening(), juvenile({ involved: false }), NOW)).toBe(false);
    expect(isShielded(happening(), juvenile({ involved: true }, '2026-11-22T16:59:59Z'), NOW)).toBe(false);
  });
});

describe('a correction concerns whoever was told what it changes', () => {
  test.each([
    [true, { field: 'location', movedM: 900 }],
    [true, { field: 'type', from: 'gunshot.detected', to: 'fireworks.heard' }],
    [true, { field: 'retracted', to: 'yes' }],
    [true, { field: 'entities', kinds: ['plate'] }],
    [false, { field: 'entities', kinds: ['person-name'] }],
    [false, { field: 'summary' }],
    [false, { field: 'threatLevel', from: 0.8, to: 0.1 }],
  ])('%s for %o', (hears, change) => {
    expect(concerns(what, [change])).toBe(hears);
  });
});
