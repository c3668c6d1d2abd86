import { describe, expect, it } from 'vitest';
import { BEGIN, begin, jsonata, outputOf, play, task, typesOf } from './play.ts';

describe('clocks', () => {
  it('Wait waits its seconds, or until its timestamp, however many digits that has', async () => {
    const waits = await play(
      jsonata({
        A: { Type: 'Wait', Seconds: '{% $states.input.s %}', Next: 'B' },
        B: { Type: 'Wait', Timestamp: '2026-01-01T00:01:00.123456789Z', End: true },
      }),
      { input: { s: 30 } },
    );
    expect(waits.scheduler.now() - BEGIN).toBe(60_123);
    expect(typesOf(waits)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'WaitStateEntered',
      'WaitStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('a timestamp that is past lets the state go at once, one that is none fails it', async () => {
    const wait = (Timestamp: string) => play(jsonata({ A: { Type: 'Wait', Timestamp, End: true } }));
    expect((await wait('2020-01-01T00:00:00Z')).scheduler.now()).toBe(BEGIN);
    expect((await wait('{% "tomorrow" %}')).execution.error).toBe('States.QueryEvaluationError');
  });

  it('a task has its TimeoutSeconds, which may be an expression, and the world is told that nobody waits', async () => {
    const made = await play(jsonata({ A: task({ TimeoutSeconds: '{% $states.input.t %}' }) }), {
      input: { t: 7 },
      tasks: { A: () => 'silence' },
    });
    expect(made.scheduler.now() - BEGIN).toBe(7000);
    expect(made.execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(made.cancelled).toEqual([made.orders[0]?.task]);
    expect(typesOf(made).slice(-2)).toEqual(['TaskTimedOut', 'ExecutionFailed']);
  });

  it("the machine's own timeout skips every Catch", async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'B' }];
    const made = await play(jsonata({ A: task({ Catch, End: undefined, Next: 'B' }), B: { Type: 'Succeed' } }, { TimeoutSeconds: 60 }), {
      tasks: { A: () => 'silence' },
    });
    expect(made.execution.status).toBe('TIMED_OUT');
    expect(typesOf(made).at(-1)).toBe('ExecutionTimedOut');
    expect(made.scheduler.waiting()).toBe(0);
  });

  it('an answer after the deadline changes nothing', async () => {
    const made = await play(jsonata({ A: task({ TimeoutSeconds: 1 }) }), { tasks: { A: () => ({ output: 1, after: 5000 }) } });
    expect(made.execution.error).toBe('States.Timeout');
    expect(made.execution.history.at(-1)?.type).toBe('ExecutionFailed');
  });

  it('$now and $millis are the injected clock, the same throughout a step', async () => {
    const made = await begin(
      jsonata({
        A: { Type: 'Wait', Seconds: 90, Output: { now: '{% $now() %}', ms: '{% $millis() %}', day: "{% $now('[Y]/[M]') %}" }, End: true },
      }),
    );
    await made.scheduler.run();
    expect(outputOf(made)).toEqual({ now: '2026-01-01T00:01:30.000Z', ms: BEGIN + 90_000, day: '2026/1' });
  });

  it('a deadline beyond what a Node timer can hold is still kept', async () => {
    const made = await play(jsonata({ A: { Type: 'Wait', Seconds: 10_000_000, End: true } }));
    expect(made.scheduler.now() - BEGIN).toBe(10_000_000_000);
  });
});
