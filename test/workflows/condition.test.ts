import jsonata from 'jsonata';
import { expect, it } from 'vitest';
import { all, any, given, givenAtLeast, not, said, startedBy } from '../../workflows/language/condition.ts';
import type { Condition } from '../../workflows/language/types.ts';

const nothing = { startedBy: 'EVENT', inputs: {} };
const full = {
  startedBy: 'CHAIN',
  inputs: { urgent: true, reason: "it's", patients: 10 },
  said: { assess: { weapon: true, level: 'HIGH' } },
};

const value = (condition: Condition, input: object): Promise<unknown> =>
  jsonata(condition.slice(2, -2)).evaluate({}, { states: { input } });

const weapon = said('THREAT_ASSESSMENT', 'assess', 'weapon', true);
const conditions: readonly [string, Condition, boolean, boolean][] = [
  ['what a reply said', weapon, true, false],
  ['one of a reply’s words', said('THREAT_ASSESSMENT', 'assess', 'level', 'LOW'), false, false],
  ['a flag', given('urgent'), true, false],
  ['a text with a quotation mark', given('reason', "it's"), true, false],
  ['a number reached', givenAtLeast('patients', 10), true, false],
  ['a number not reached', givenAtLeast('patients', 11), false, false],
  ['how it was started', startedBy('CHAIN'), true, false],
  ['not', not(weapon), false, true],
  ['all of them', all(weapon, given('urgent')), true, false],
  ['all but one', all(weapon, not(given('urgent'))), false, false],
  ['any of them', any(startedBy('EVENT'), given('urgent')), true, true],
  ['within each other', not(any(weapon, all(given('urgent'), startedBy('EVENT')))), false, true],
];

it.each(conditions)('%s: a condition is true or false, whether what it reads is there or not', async (_what, condition, filled, empty) => {
  expect([await value(condition, full), await value(condition, nothing)]).toEqual([filled, empty]);
});

it('a condition reads only what the reply of that action declares', () => {
  // @ts-expect-error a threat assessment says nothing of doors
  expect(said('THREAT_ASSESSMENT', 'assess', 'doors', 'locked')).toContain('doors');
  // @ts-expect-error and no such level
  expect(said('THREAT_ASSESSMENT', 'assess', 'level', 'TERRIBLE')).toContain('TERRIBLE');
  // @ts-expect-error a patrol says nothing
  expect(said('PATROL_REROUTE', 'send', 'arrived', true)).toContain('arrived');
});
