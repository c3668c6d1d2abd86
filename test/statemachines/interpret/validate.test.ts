import { describe, expect, it } from 'vitest';
import { validate, validateText } from '../../../statemachines/interpret/validate/validate.ts';
import { jsonata, task } from './play.ts';

const END = { Type: 'Succeed' };

const places = (definition: unknown): string[] => validate(definition).map(({ code, place }) => `${code} ${place}`);

const SCHEMA = 'SCHEMA_VALIDATION_FAILED';
const TARGET = 'MISSING_TRANSITION_TARGET';

describe('validate', () => {
  it('a sound definition has no complaints', () => {
    const Retry = [
      { ErrorEquals: ['Busy'], MaxDelaySeconds: 5, JitterStrategy: 'FULL' },
      { ErrorEquals: ['States.ALL'], BackoffRate: 1.5 },
    ];
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'B', Output: '{% $states.errorOutput %}', Comment: 'why' }];
    const A = task({
      TimeoutSeconds: 20,
      HeartbeatSeconds: '{% 5 %}',
      Retry,
      Catch,
      Assign: { x: '{% $states.result.x %}' },
      End: undefined,
      Next: 'B',
    });
    expect(validate(jsonata({ A: JSON.parse(JSON.stringify(A)), B: END }, { TimeoutSeconds: 60, Comment: '{% no expression' }))).toEqual(
      [],
    );
  });

  it('a JSONPath definition is refused with one sentence', () => {
    const complaints = validate({
      StartAt: 'A',
      States: { A: { Type: 'Pass', Parameters: { 'a.$': '$.b' }, OutputPath: '$', End: true } },
    });
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatchObject({
      code: 'JSONPATH_REFUSED',
      cause: 'This definition is JSONPath, which is the default, and SWOE runs JSONata only.',
    });
  });

  it('a JSONPath field in a JSONata state is named', () => {
    expect(places(jsonata({ A: { ...END, InputPath: '$' } }))).toEqual([`${SCHEMA} /States/A/InputPath`]);
  });

  it.each([
    ['a StartAt that is not there', { ...jsonata({ A: END }), StartAt: 'B' }, [`${TARGET} /StartAt`]],
    [
      'a Next that is not there',
      jsonata({ A: { Type: 'Pass', Next: 'B' }, C: END }),
      [`${TARGET} /States/A/Next`, `${TARGET} /States/C`, 'MISSING_END_STATE '],
    ],
    ['neither Next nor End', jsonata({ A: { Type: 'Pass' } }), [`${SCHEMA} /States/A`, 'MISSING_END_STATE ']],
    ['both Next and End', jsonata({ A: { Type: 'Pass', Next: 'B', End: true }, B: END }), [`${SCHEMA} /States/A`]],
    ['a state that nothing leads to', jsonata({ A: END, B: END }), [`${TARGET} /States/B`]],
    ['a ring without an end', jsonata({ A: { Type: 'Pass', Next: 'A' } }), ['MISSING_END_STATE ']],
    ['an unknown field', jsonata({ A: { ...END, Colour: 'red' } }), [`${SCHEMA} /States/A/Colour`]],
    ['an unknown type', jsonata({ A: { Type: 'Sleep' } }), [`${SCHEMA} /States/A/Type`, 'MISSING_END_STATE ']],
    [
      'a Wait with two clocks',
      jsonata({ A: { Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true } }),
      [`${SCHEMA} /States/A`],
    ],
    ['a Choice without rules', jsonata({ A: { Type: 'Choice', Choices: [], Default: 'B' }, B: END }), [`${SCHEMA} /States/A/Choices`]],
    [
      'a Choice rule that is no expression',
      jsonata({ A: { Type: 'Choice', Choices: [{ Condition: 'yes', Next: 'B' }] }, B: END }),
      [`${SCHEMA} /States/A/Choices/0/Condition`],
    ],
    ['a Task without a Resource', jsonata({ A: { Type: 'Task', End: true } }), [`${SCHEMA} /States/A/Resource`]],
    [
      'a heartbeat not less than the timeout',
      jsonata({ A: task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }) }),
      [`${SCHEMA} /States/A/HeartbeatSeconds`],
    ],
    ['a machine timeout of nothing', jsonata({ A: END }, { TimeoutSeconds: 0 }), [`${SCHEMA} /TimeoutSeconds`]],
    [
      'States.ALL in company',
      jsonata({ A: task({ Retry: [{ ErrorEquals: ['States.ALL', 'X'] }] }) }),
      [`${SCHEMA} /States/A/Retry/0/ErrorEquals`],
    ],
    [
      'States.ALL before others',
      jsonata({ A: task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }] }) }),
      [`${SCHEMA} /States/A/Retry/0/ErrorEquals`],
    ],
    [
      'a cap below the interval',
      jsonata({ A: task({ Retry: [{ ErrorEquals: ['X'], IntervalSeconds: 9, MaxDelaySeconds: 5 }] }) }),
      [`${SCHEMA} /States/A/Retry/0/MaxDelaySeconds`],
    ],
    ['a name that is too long', jsonata({ ['x'.repeat(81)]: END }), [`${SCHEMA} /States/${'x'.repeat(81)}`]],
    [
      'an expression that does not parse',
      jsonata({ A: { ...END, Output: { a: ['{% 1 + %}'] } } }),
      ['INVALID_JSONATA /States/A/Output/a/0'],
    ],
    ['half an expression', jsonata({ A: { ...END, Output: '{% 1' } }), ['INVALID_JSONATA /States/A/Output']],
    ['a result where there is none', jsonata({ A: task({ Arguments: '{% $states.result %}' }) }), ['INVALID_JSONATA /States/A/Arguments']],
    [
      'an error output outside a Catch',
      jsonata({ A: task({ Output: '{% $states.errorOutput %}' }) }),
      ['INVALID_JSONATA /States/A/Output'],
    ],
    ['a path from nowhere', jsonata({ A: { ...END, Output: '{% $$ %}' } }), ['INVALID_JSONATA /States/A/Output']],
    ['$eval', jsonata({ A: { ...END, Output: "{% $eval('1') %}" } }), ['INVALID_JSONATA /States/A/Output']],
    [
      'a variable called states',
      jsonata({ A: { Type: 'Pass', Assign: { states: 1 }, End: true } }),
      ['INVALID_JSONATA /States/A/Assign/states'],
    ],
    [
      'one name in two parts',
      jsonata({ A: { Type: 'Parallel', Branches: [{ StartAt: 'B', States: { B: END } }], Next: 'B' }, B: END }),
      ['DUPLICATE_STATE_NAME /States/B'],
    ],
  ])('%s is told with its place', (_, definition, expected) => {
    expect(places(definition)).toEqual(expected);
  });

  it('what is no JSON, no object or too large is one complaint', () => {
    expect(validateText('{').map(({ code }) => code)).toEqual(['INVALID_JSON_DESCRIPTION']);
    expect(validateText('[]').map(({ code }) => code)).toEqual([SCHEMA]);
    expect(validateText(`"${'x'.repeat(1_048_576)}"`).map(({ code }) => code)).toEqual([SCHEMA]);
  });

  it('every complaint says what to do', () => {
    for (const { cause, mend } of validate(jsonata({ A: { Type: 'Pass' }, B: { Type: 'Nap' } })))
      expect([cause.at(-1), mend.at(-1)]).toEqual(['.', '.']);
  });
});
