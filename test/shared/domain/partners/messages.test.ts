import { expect, test } from 'vitest';
import { type Inquiry, messagesTo } from '../../../../shared/domain/partners/messages.ts';

const inquiry = (more: Partial<Inquiry>): Inquiry => ({
  system: 'ncic',
  operation: 'search',
  purpose: 'criminal-justice',
  ori: 'FL0501300',
  case: 'RB-2026-000417',
  within: 600,
  entities: [{ kind: 'plate', id: 'rbh-4417' }],
  ...more,
});
const person = [
  { kind: 'person-name', id: 'Example, Alex' },
  { kind: 'person-dob', id: '1984-02-11' },
];

test('a vehicle is asked for by its plate, without hyphens', () => {
  expect(messagesTo(inquiry({}))).toEqual([{ key: 'QV', fields: { ORI: 'FL0501300', LIC: 'RBH4417' } }]);
});

test.each([
  [600, 'U'],
  [3600, 'R'],
])('within %i s a confirmation is asked for as %s', (within, priority) => {
  expect(messagesTo(inquiry({ operation: 'confirm', within })).map(({ key, fields }) => [key, fields['PRI'], fields['RTY']])).toEqual([
    ['QV', undefined, undefined],
    ['YQ', priority, 'SV'],
  ]);
});

test.each([
  ['criminal-justice', 'QW'],
  ['missing-person', 'QM'],
] as const)('a person is asked for, in a matter of %s, as %s', (purpose, key) => {
  expect(messagesTo(inquiry({ purpose, entities: person }))).toEqual([
    { key, fields: { ORI: 'FL0501300', NAM: 'EXAMPLE, ALEX', DOB: '19840211' } },
  ]);
});

test('nobody is asked for by a name alone, or by nothing', () => {
  expect(messagesTo(inquiry({ entities: person.slice(0, 1) }))).toEqual([]);
  expect(messagesTo(inquiry({ entities: [], operation: 'confirm' }))).toEqual([]);
});

test('Nlets is asked for a registration, and whoever published no words is asked in none of theirs', () => {
  expect(messagesTo(inquiry({ system: 'nlets' })).map(({ key }) => key)).toEqual(['RQ']);
  expect(messagesTo(inquiry({ system: 'state' }))).toEqual([]);
});
