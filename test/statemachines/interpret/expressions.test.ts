import { describe, expect, it } from 'vitest';
import { BEGIN, jsonata, outputOf, play, task } from './play.ts';

const evaluated = async (Output: unknown, input: unknown = {}, seed = 'seed') => {
  const made = await play(jsonata({ A: { Type: 'Pass', Output, End: true } }), { input, seed });
  return made.execution.status === 'SUCCEEDED' ? outputOf(made) : made.execution.cause;
};

describe('expressions', () => {
  it('chance comes from the seed of the execution, or from the seed it is given', async () => {
    const draw = (seed: string) => evaluated(['{% $random() %}', '{% $random() %}', '{% $uuid() %}'], {}, seed);
    expect(await draw('one')).toEqual(await draw('one'));
    expect(await draw('one')).not.toEqual(await draw('two'));
    expect(await evaluated('{% $random(42) %}', {}, 'one')).toBe(0.7275636800328681);
  });

  it('$eval is refused, and so is a function as a result', async () => {
    expect(await evaluated("{% $eval('1') %}")).toContain('T1006: Attempted to invoke a non-function');
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

  it('Choice takes the first rule that holds, and without one that does it cannot be left', async () => {
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
    expect((await play(choice(), { input: { n: 1 } })).execution).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'A' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
    });
    expect((await play(choice('B'), { input: { n: 'x' } })).execution.error).toBe('States.QueryEvaluationError');
  });
});
