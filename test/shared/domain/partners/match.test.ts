import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Identifier, type PartnerAnswer } from '../../../../shared/contracts/partner.ts';
import { readAnswer } from '../../../../shared/domain/partners/match.ts';

const says = fc.constantFrom<PartnerAnswer['says'][]>('no-hit', 'hit', 'confirmed', 'not-confirmed', 'confirm-within', 'cancelled');
const identifier = fc.record({
  kind: fc.constantFrom(...Identifier.options),
  id: fc.constantFrom('AB12', 'ab-12', 'CD34', 'CD3?', '19840211'),
});
const answer = fc.record({ says, identifiers: fc.array(identifier, { maxLength: 4 }) }).map(
  ({ says: word, identifiers }): PartnerAnswer => ({
    system: 'ncic',
    says: word,
    record: { number: 'V1', ori: 'FL0060000', identifiers },
  }),
);
const OF_A_PERSON: readonly string[] = ['person-name', 'person-dob', 'person-dl', 'person-reference'];

test.prop([fc.array(identifier, { maxLength: 4 }), answer])(
  'one identifier of a person, a plate in part or a contradiction never yields a match',
  (asked, given) => {
    const { match, agrees, contradicts } = readAnswer(asked, given);
    if (match !== 'confirmed' && match !== 'lead') return;
    expect(contradicts).toEqual([]);
    const vehicle = agrees.some((kind) => kind === 'plate' || kind === 'vin');
    expect(vehicle || agrees.filter((kind) => OF_A_PERSON.includes(kind)).length > 1).toBe(true);
    for (const kind of agrees) expect(asked.some((one) => one.kind === kind && !one.id.includes('?'))).toBe(true);
  },
);

test.prop([fc.array(identifier, { maxLength: 4 }), answer])('only the agency that entered a record confirms it', (asked, given) => {
  const { match } = readAnswer(asked, given);
  if (match === 'confirmed') expect(given.says).toBe('confirmed');
  if (given.says === 'hit') expect(['lead', 'unknown']).toContain(match);
});

const plate = [{ kind: 'plate', id: 'RBH-4417' }];
const person = [
  { kind: 'person-name', id: 'EXAMPLE, ALEX' },
  { kind: 'person-dob', id: '1984-02-11' },
];
const record = (...identifiers: { kind: Identifier; id: string }[]) => ({ number: 'V900004417', ori: 'FL0060000', identifiers });

test.each([
  ['a hit on the whole plate is a lead', plate, 'hit', record({ kind: 'plate', id: 'RBH4417' }), 'lead', []],
  ['confirmed it is a match', plate, 'confirmed', record({ kind: 'plate', id: 'RBH4417' }), 'confirmed', []],
  [
    'a plate in part is none',
    [{ kind: 'plate', id: 'RBH44' }],
    'confirmed',
    record({ kind: 'plate', id: 'RBH4417' }),
    'unknown',
    ['plate'],
  ],
  ['a plate with a gap is none', [{ kind: 'plate', id: 'RBH?17' }], 'hit', record({ kind: 'plate', id: 'RBH?17' }), 'unknown', ['plate']],
  ['a name alone is nobody', person.slice(0, 1), 'confirmed', record({ kind: 'person-name', id: 'Example, Alex' }), 'unknown', []],
  [
    'another birthday contradicts a name',
    person,
    'confirmed',
    record({ kind: 'person-name', id: 'EXAMPLE, ALEX' }, { kind: 'person-dob', id: '1990-01-01' }),
    'unknown',
    ['person-dob'],
  ],
  [
    'a name and a birthday are a person',
    person,
    'confirmed',
    record({ kind: 'person-name', id: 'EXAMPLE, ALEX' }, { kind: 'person-dob', id: '19840211' }),
    'confirmed',
    [],
  ],
] as const)('%s', (_, asked, word, about, match, contradicts) => {
  const reading = readAnswer([...asked], { system: 'ncic', says: word, record: { ...about, identifiers: [...about.identifiers] } });
  expect([reading.match, reading.contradicts]).toEqual([match, contradicts]);
});

test('an index that does not say which record it means has said nothing', () => {
  expect(readAnswer(plate, undefined)).toMatchObject({ match: 'unknown', because: 'the index did not say which record it means' });
});
