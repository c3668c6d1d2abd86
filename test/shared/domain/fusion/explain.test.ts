import { expect, test } from 'vitest';
import { explainPair, type Observation, observe } from '../../../../shared/domain/fusion/index.ts';
import { normal } from '../../../fusion-scenarios/observed.ts';
import { told } from '../../../fusion-scenarios/scenario.ts';

const seen = (id: string, ...args: Parameters<typeof told>): Observation => observe(id, `${args[0]}#${id}`, normal(id, told(...args)));

const failed = (a: Observation, b: Observation) => Object.fromEntries(explainPair(a, b).rules.map((rule) => [rule.strategy, rule.failed]));

test('two shootings are apart by so many metres, and the limit is said', () => {
  const [a, b] = [
    seen('a', 'gunshot_detection', 'gunshot.detected', 0, [0, 0, 25]),
    seen('b', 'dispatch', 'call.shots-fired', 90, [812, 0, 300]),
  ];
  expect(failed(a, b)).toEqual({
    ENTITY_ID: 'they name nothing in common that could join them',
    TIMESTAMP: 'they name nothing in common that could join them',
    GEOLOCATION: '812 m apart, limit 475 m',
    THREAT_LEVEL: '812 m apart, limit 425 m',
    COMPOSITE: '812 m apart, limit 375 m',
  });
});

test('why joined has its values: what both name, how long apart, and that nothing contradicts it', () => {
  const [a, b] = [
    seen('a', 'dispatch', 'vehicle.wanted', 0, undefined, { entities: ['plate=ABC 123'] }),
    seen('b', 'lpr_network', 'plate.hit', 3600 * 5, [0, 0, 10], { entities: ['plate=abc-123'] }),
  ];
  const { related, rules } = explainPair(a, b);
  expect(related).toBe(true);
  expect(rules[0]).toMatchObject({ rule: 'same-entity', strategy: 'ENTITY_ID', holds: true });
  expect(rules[0]?.conditions.map(({ says }) => says)).toEqual([
    'both name plate ABC123',
    '5 h apart, limit 1 d',
    'vehicle and vehicle can be one happening',
    'nothing contradicts it',
  ]);
});

test('of several things that both name, the one that came furthest is explained', () => {
  const [a, b] = [
    seen('a', 'dispatch', 'call.medical', 0, [0, 0, 20], { entities: ['phone=5615550134', 'plate=ABC 123'] }),
    seen('b', 'dispatch', 'call.theft', 3600, [0, 0, 20], { entities: ['phone=5615550134', 'plate=ABC 123'] }),
  ];
  expect(failed(a, b)['ENTITY_ID']).toBe('1 h apart, limit 30 min');
});

test('a person by one identifier is told to take two, and what contradicts two is shown or parts them', () => {
  const of = (id: string, ...entities: string[]) => seen(id, 'dispatch', 'missing-person.reported', 0, undefined, { entities });
  const name = 'person-name=Ana Cruz';
  expect(failed(of('a', name), of('b', name))['ENTITY_ID']).toBe('only person-name ANA CRUZ agrees; a person takes 2 kinds of identifiers');
  const dob = 'person-dob=1979-11-05';
  const shown = explainPair(of('a', dob, 'person-ssn4=1234', name), of('b', dob, 'person-ssn4=1234', 'person-name=Ana Belmont'));
  expect(shown.related).toBe(true);
  expect(shown.rules[0]?.conditions.map(({ says }) => says)).toContain('they differ in person-name');
  const phone = 'person-phone=5615550161';
  expect(failed(of('a', name, phone, dob), of('b', name, phone, 'person-dob=1984-01-12'))['ENTITY_ID']).toBe(
    'they differ in person-dob: two persons',
  );
});

test('a score that falls short says how each part did', () => {
  const [a, b] = [seen('a', 'dispatch', 'call.traffic', 0, [0, 0, 30]), seen('b', 'dispatch', 'call.medical', 540, [25, 25, 20])];
  expect(failed(a, b)['COMPOSITE']).toBe('score 0.59 of 0.6 (time 0.4, distance 1, entity 0, threat 1, category 0.7)');
});

test('a place that is a district is no place', () => {
  const [a, b] = [seen('a', 'dispatch', 'call.shots-fired', 0, [0, 0, 3000]), seen('b', 'dispatch', 'call.shots-fired', 0, [0, 0, 20])];
  expect(failed(a, b)['GEOLOCATION']).toBe('a place with an error of 3000 m is no place, limit 1000 m');
});
