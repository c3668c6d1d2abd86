import { expect, test } from 'vitest';
import type { InputSpec } from '../../../shared/contracts/workflow.ts';
import { inputsOf } from '../../../shared/domain/inputs.ts';

const spec = (type: InputSpec['type'], from: string, more: Partial<InputSpec> = {}): InputSpec => ({
  type,
  required: false,
  from,
  ...more,
});
const inputs = {
  place: spec('location', 'location', { required: true }),
  patients: spec('number', 'data.patients', { required: true }),
  weapon: spec('flag', 'data.weapon'),
  reason: spec('code', 'data.reason', { values: ['violent-crime', 'other'] }),
  site: spec('reference', 'data.site'),
};
const location = { lat: 26.7, lon: -80, radiusM: 5 };

test('inputs are taken from where the workflow says, the place apart', () => {
  const event = { location, data: { patients: 12, weapon: false, reason: 'other', site: ' S-4 ', extra: 'kept out' } };
  expect(inputsOf({ inputs }, [event])).toEqual({
    location,
    inputs: { patients: 12, weapon: false, reason: 'other', site: 'S-4' },
    lacking: [],
    unfit: [],
  });
});

test.each([
  ['a code that is none of its words', { reason: 'because' }, 'reason'],
  ['a reference longer than an id', { site: 'x'.repeat(65) }, 'site'],
  ['a flag that is a word', { weapon: 'true' }, 'weapon'],
  ['a number that is a word', { patients: '12' }, 'patients'],
])('%s counts as not given, and is named', (_, data, name) => {
  const given = inputsOf({ inputs }, [{ location, data: { patients: 12, ...data } }]);
  expect(given.unfit).toEqual([name]);
  expect(given.inputs).not.toHaveProperty(name);
  expect(given.lacking).toEqual(name === 'patients' ? ['patients'] : []);
});

test('what the event does not say its incident may, and what a person names comes first', () => {
  const given = inputsOf({ inputs }, [{ data: { patients: 3 } }, { location }], { patients: 11 });
  expect(given).toMatchObject({ location, inputs: { patients: 11 }, lacking: [] });
});

test('nothing inherited is an input', () => {
  expect(inputsOf({ inputs: { odd: spec('reference', 'constructor.name') } }, [{}], {}).inputs).toEqual({});
});
