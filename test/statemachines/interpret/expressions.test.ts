import { describe, expect, it } from 'vitest';
import { BEGIN, jsonata, outputOf, play, task } from './play.ts';

const evaluated = async (Output: unknown, input: unknown = {}, seed = 'seed') => {
  const made = await play(jsonata({ A: { Type: 'Pass', Output, End: true } }), { input, seed });
  return made.execution.status === 'SUCCEEDED' ? outputOf(made) : made.execution.cause;
};

describe('expressions', () => {
  it("AWS's own functions are there", async () => {
    expect(await evaluated('{% $partition([1,2,3,4,5], 2) %}')).toEqual([[1, 2], [3, 4], [5]]);
    expect(await evaluated('{% $range(0, 10, 5) %}')).toEqual([0, 5, 10]);
    expect(await evaluated("{% $hash('swoe', 'SHA-1') %}")).toBe('826caa366553ea71169539d72217abfdeade2e67');
    expect(await evaluated('{% $parse(\'{"a":[1]}\').a %}')).toEqual([1]);
    expect(await evaluated('{% $uuid() %}')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('chance comes from the seed of the execution, or from the seed it is given', async () => {
    const draw = (seed: string) => evaluated(['{% $random() %}', '{% $random() %}', '{% $uuid() %}'], {}, seed);
    expect(await draw('one')).toEqual(await draw('one'));
    expect(await draw('one')).not.toEqual(await draw('two'));
    expect(await evaluated('{% $random(7) %}', {}, 'one')).toBe(await evaluated('{% $random(7) %}', {}, 'two'));
  });

  it('$eval is refused, and so is a function as a result', async () => {
    expect(await evaluated("{% $eval('1') %}")).toContain('T1006: Attempted to invoke a non-function');
    expect(await evaluated('{% $range(1, 2, 0) %}')).toContain(
      'threw an error during evaluation: Argument 3 of function "range" must not be 0',
    );
    expect(await evaluated('{% $sum %}')).toContain("was 'function'");
  });

  it('an error of JSONata is told with its expression and field', async () => {
    expect(await evaluated({ deep: ['{% 1 + "a" %}'] })).toContain(
      "The JSONata expression '1 + \"a\"' specified for the field 'Output/deep[0]' threw an error during evaluation. T2002",
    );
  });

  it('a path to an array gives the array, however many it holds', async () => {
    expect(await evaluated('{% $states.input.list %}', { list: [1] })).toEqual([1]);
    expect(await evaluated('{% $states.input.rows.id %}', { rows: [{ id: 1 }, { id: 2 }] })).toEqual([1, 2]);
    expect(await evaluated('{% [$states.input.rows[id = 1]] %}', { rows: [{ id: 1 }] })).toEqual([{ id: 1 }]);
    expect(await evaluated('{% $states.input.none %}', { none: null })).toBe(null);
  });

  it('the context shows the execution, its machine, the state and the token', async () => {
    const made = await play(
      jsonata({
        A: task({
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          Arguments: { FunctionName: 'f', Payload: '{% $states.context %}' },
        }),
      }),
      { input: { a: 1 } },
    );
    const { Payload } = (made.orders[0]?.arguments ?? {}) as { Payload?: unknown };
    const now = new Date(BEGIN).toISOString();
    expect(Payload).toEqual({
      Execution: {
        Id: made.started.executionArn,
        Input: { a: 1 },
        Name: 'e',
        RoleArn: made.started.roleArn,
        StartTime: now,
        RedriveCount: 0,
      },
      State: { Name: 'A', EnteredTime: now, RetryCount: 0 },
      StateMachine: made.started.stateMachine,
      Task: { Token: made.orders[0]?.token },
    });
  });

  it('variables take effect together, after the state', async () => {
    const made = await play(
      jsonata({
        A: { Type: 'Pass', Assign: { a: 1, b: 2 }, Next: 'B' },
        B: { Type: 'Pass', Assign: { a: '{% $b %}', b: '{% $a %}' }, Output: '{% $a %}', Next: 'C' },
        C: { Type: 'Pass', Output: ['{% $states.input %}', '{% $a %}', '{% $b %}'], End: true },
      }),
    );
    expect(outputOf(made)).toEqual([1, 2, 1]);
  });

  it('Choice takes the first rule that holds, and names no match by its AWS name', async () => {
    const choice = (Default?: string) =>
      jsonata({
        A: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.n > 1 %}', Next: 'B', Assign: { by: 'rule' } }],
          Assign: { by: 'default' },
          ...(Default ? { Default } : {}),
        },
        B: { Type: 'Pass', Output: '{% $by %}', End: true },
      });
    expect(outputOf(await play(choice('B'), { input: { n: 2 } }))).toBe('rule');
    expect(outputOf(await play(choice('B'), { input: { n: 1 } }))).toBe('default');
    expect((await play(choice(), { input: { n: 1 } })).execution).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
    expect((await play(choice('B'), { input: { n: 'x' } })).execution.error).toBe('States.QueryEvaluationError');
  });
});
