import { expect, it, test } from 'vitest';
import type { Step } from '../../../shared/contracts/workflow.ts';
import { check } from '../../../statemachines/compile/index.ts';
import { abilities } from '../../../workflows/vocabulary/abilities.ts';
import { aStep, aWorkflow } from './samples.ts';

const words = (capabilities: string[] = [], certifications: string[] = []) => ({ capabilities, certifications });
const staging: Partial<Step> = {
  action: 'RESOURCE_ALLOCATE',
  with: { purpose: 'staging' },
  needs: { OFFICER: 2, VEHICLE: 1, BOAT: 1 },
  undo: 'human',
};
const patrol: Partial<Step> = { action: 'PATROL_REROUTE', with: { mode: 'respond' }, needs: { OFFICER: 2 }, undo: 'human' };
const clinician: Partial<Step> = {
  action: 'CO_RESPONDER_DISPATCH',
  with: { mode: 'in-person', with: 'alone' },
  needs: { DISPATCH_UNIT: 1 },
  undo: 'human',
  legalBasis: '45 CFR 164.512(j)',
};
const complaints = (step: Partial<Step>) => check(aWorkflow([aStep('a', step)]));
const soon = (what: ReturnType<typeof words>, more: object = {}) => ({ prefers: { OFFICER: { ...what, withinS: 300, ...more } } });

test.each<[string, string, Partial<Step>, RegExp, RegExp]>([
  ['is none of its type', 'needs.OFFICER.certifications', { requires: { OFFICER: words([], ['sniper']) } }, /none of the certifi/, /cit/],
  ['is another type’s', 'needs.OFFICER.capabilities', { requires: { OFFICER: words(['dive']) } }, /none of the capabilities/, /trauma-kit/],
  [
    'stands in the wrong list',
    'needs.OFFICER.capabilities',
    { requires: { OFFICER: words(['cit']) } },
    /"cit"/,
    /among its certifications/,
  ],
  ['no unit of the type could have', 'needs.BOAT.certifications', { requires: { BOAT: words([], ['als']) } }, /no BOAT has any/, /Leave/],
  ['is preferred and unknown', 'needs.OFFICER.prefers.certifications', soon(words([], ['sniper'])), /"sniper" is none/, /Say one of/],
])('a word that %s is complained about, with its place, cause and mend', (_, place, more, cause, mend) => {
  expect(complaints({ ...staging, ...more })).toEqual([
    {
      code: 'UNKNOWN_ABILITY',
      place: `sample.a.${place}`,
      cause: expect.stringMatching(cause),
      mend: expect.stringMatching(mend),
    },
  ]);
});

test.each<[string, string, Partial<Step>, RegExp]>([
  ['of units that are not needed', 'needs.HELICOPTER', { requires: { HELICOPTER: words(['thermal']) } }, /needs no HELICOPTER/],
  ['that names nothing', 'needs.OFFICER', { requires: { OFFICER: words() } }, /names nothing/],
  ['that says a word twice', 'needs.OFFICER', { requires: { OFFICER: words([], ['cit', 'cit']) } }, /"cit" is asked for twice/],
  [
    'that prefers what is required',
    'needs.OFFICER.prefers',
    { requires: { OFFICER: words([], ['cit']) }, ...soon(words([], ['cit'])) },
    /"cit" is asked for twice/,
  ],
  ['that prefers more than are needed', 'needs.OFFICER.prefers.count', soon(words([], ['cit']), { count: 3 }), /3 OFFICER go first/],
])('a requirement %s is complained about', (_, place, more, cause) => {
  expect(complaints({ ...staging, ...more })).toMatchObject([
    { code: 'ABILITY_IN_VAIN', place: `sample.a.${place}`, cause: expect.stringMatching(cause) },
  ]);
});

test.each<[string, object]>([
  ['needs.OFFICER', { needs: { OFFICER: 0 } }],
  ['prefers.OFFICER.count', soon(words([], ['cit']), { count: 0 })],
  ['prefers.OFFICER.withinS', soon(words([], ['cit']), { withinS: 3_601 })],
])('%s out of its bounds is no workflow', (place, more) => {
  expect(complaints({ ...staging, ...more })).toMatchObject([{ code: 'SHAPE', place: `sample.steps.1.${place}` }]);
});

it('help may prefer and requires nothing, but where the specialist is the help', () => {
  const required = { requires: { OFFICER: words([], ['cit']) } };
  expect(complaints({ ...patrol, ...required })).toMatchObject([{ code: 'HELP_WAITS_FOR_SKILL', place: 'sample.a.needs.OFFICER' }]);
  expect(complaints({ ...patrol, ...soon(words([], ['cit'])) })).toEqual([]);
  expect(complaints({ ...staging, ...required })).toEqual([]);
  expect(complaints({ ...clinician, requires: { DISPATCH_UNIT: words([], ['clinician']) } })).toEqual([]);
});

it('every word that is known says what it means, and stands in one list of its type', () => {
  for (const { capabilities, certifications } of Object.values(abilities)) {
    for (const meaning of Object.values({ ...capabilities, ...certifications })) expect(meaning.length).toBeGreaterThan(8);
    expect(Object.keys(capabilities).filter((word) => word in certifications)).toEqual([]);
  }
});
