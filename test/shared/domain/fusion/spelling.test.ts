import { expect, test } from 'vitest';
import { identity, spelled } from '../../../../shared/domain/fusion/spelling.ts';

test.each([
  ['phone', '+1 (561) 555-0134', '5615550134'],
  ['phone', '561.555.0134', '5615550134'],
  ['phone', '1-561-555-0134 ext. 12', '5615550134'],
  ['phone', '011 44 20 7946 0958', '442079460958'],
  ['phone', '+44 20 7946 0958', '442079460958'],
  ['phone', '５６１５５５０１３４', '5615550134'],
  ['plate', 'abc-123', 'ABC123'],
  ['plate', 'ＡＢＣ 123', 'ABC123'],
  ['unit', 'Unit 12', '12'],
  ['unit', '012', '12'],
  ['unit', 'e-18', 'E18'],
  ['cad-incident', 'rb-2026-000417', 'RB-2026-000417'],
])('a %s written %s stands as %s', (kind, written, stands) => {
  expect(spelled(kind, written)).toBe(stands);
});

test.each([
  ['cad-incident', 'RB-2026-000417', 'rb2026 000417'],
  ['person-name', 'Lopez, María', 'MARIA LOPEZ'],
  ['person-dl', 'C620-001-79-905-0', 'c620001799050'],
  ['site', 'Palm  Tower', 'PALM-TOWER'],
  ['cap-alert', 'urn:oid:2.49.A', 'URN:OID:2.49.a'],
])('a %s is the same as %s and as %s', (kind, one, other) => {
  expect(identity({ kind, id: one }, 'rbpd')).toBe(identity({ kind, id: other }, 'rbpd'));
  expect(identity({ kind, id: one }, 'rbpd')).toBeDefined();
});

test.each([
  ['plate', 'UNKNOWN'],
  ['plate', 'n/a'],
  ['plate', '---'],
  ['plate', 'XXXXXX'],
  ['phone', '000-000-0000'],
  ['phone', '911'],
  ['phone', 'anonymous'],
  ['unit', ' '],
  ['person-ssn4', '0000'],
])('a %s that reads %s identifies nothing', (kind, id) => {
  expect(identity({ kind, id }, 'rbpd')).toBeUndefined();
});

test('a bare number and a unit mean something only in their agency; a number with letters means the same everywhere', () => {
  expect(identity({ kind: 'cad-incident', id: '417' }, 'rbpd')).not.toBe(identity({ kind: 'cad-incident', id: '417' }, 'county'));
  expect(identity({ kind: 'unit', id: '12' }, 'rbpd')).not.toBe(identity({ kind: 'unit', id: '12' }, 'county'));
  expect(identity({ kind: 'cad-incident', id: 'RB-417' }, 'rbpd')).toBe(identity({ kind: 'cad-incident', id: 'RB-417' }, 'county'));
});

test('a host keeps its dots: two addresses never read the same', () => {
  expect(identity({ kind: 'host', id: '10.1.12.3' }, 'x')).not.toBe(identity({ kind: 'host', id: '10.11.2.3' }, 'x'));
});
