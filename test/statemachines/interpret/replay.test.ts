import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Execution, Frame } from '../../../statemachines/interpret/execution.ts';
import { rebuild } from '../../../statemachines/interpret/rebuild.ts';
import { begin, jsonata, type Play, task } from './play.ts';

/** Everything of an execution that decides how it goes on. */
const framed = ({ variables, last, closed, active }: Frame): unknown => ({
  variables,
  last,
  closed,
  active: active && { ...active, frame: undefined, state: active.state.name, children: active.children?.frames.map(framed) },
});

const standing = (execution: Execution): unknown => ({
  status: execution.status,
  history: execution.history,
  serial: execution.serial,
  tasks: [...execution.tasks].map(([number, { state, task: order }]) => [number, state.name, order]),
  timers: [...execution.timers].map(([number, { at, alarm }]) => [number, at, alarm.why]),
  root: framed(execution.root),
  draw: execution.chance(),
});

/** One of everything that can fail, wait, repeat and race. */
const DEFINITION = jsonata(
  {
    P: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Ask',
          States: {
            Ask: task({
              Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
              Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}', id: '{% $uuid() %}' } },
              TimeoutSeconds: 30,
              HeartbeatSeconds: 10,
              Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, JitterStrategy: 'FULL', MaxAttempts: 2 }],
              Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Hold', Assign: { held: '{% $states.errorOutput.Error %}' } }],
              Assign: { got: '{% $states.result %}' },
            }),
            Hold: { Type: 'Wait', Seconds: 5, Next: 'Say' },
            Say: { Type: 'Pass', Output: { r: '{% $random() %}', at: '{% $millis() %}' }, End: true },
          },
        },
        {
          StartAt: 'Each',
          States: {
            Each: {
              Type: 'Map',
              Items: [1, 2, 3],
              MaxConcurrency: 2,
              ToleratedFailureCount: 1,
              ItemProcessor: { StartAt: 'One', States: { One: task({ TimeoutSeconds: 20 }) } },
              End: true,
            },
          },
        },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Undo' }],
      End: true,
    },
    Undo: task(),
  },
  { TimeoutSeconds: 120 },
);

type Act = { pick: number; kind: 'succeeded' | 'failed' | 'heartbeat' | 'submitted' | 'pass' | 'stop'; seconds: number };

const ACT: fc.Arbitrary<Act> = fc.record({
  pick: fc.nat(9),
  kind: fc.constantFrom('succeeded', 'succeeded', 'failed', 'heartbeat', 'submitted', 'pass', 'pass', 'stop'),
  seconds: fc.integer({ min: 0, max: 15 }),
});

const perform = async (made: Play, { pick, kind, seconds }: Act): Promise<void> => {
  const numbers = [...made.execution.tasks.keys()];
  const number = numbers[pick % Math.max(1, numbers.length)];
  if (kind === 'stop' && pick === 0) made.driven.send({ kind: 'stopped', error: 'Stop' });
  else if (kind === 'pass' || kind === 'stop') await made.scheduler.run(made.scheduler.now() + seconds * 1000);
  else if (number !== undefined && kind === 'failed') made.driven.send({ kind, task: number, error: 'Boom', cause: 'why' });
  else if (number !== undefined && kind === 'heartbeat') made.driven.send({ kind, task: number });
  else if (number !== undefined && kind !== 'failed' && kind !== 'heartbeat') made.driven.send({ kind, task: number, output: { pick } });
  await made.driven.idle();
};

const SILENT = { Ask: () => 'silence' as const, One: () => 'silence' as const, Undo: () => 'silence' as const };

describe('event sourcing', () => {
  it('the recorded inputs of any execution, cut anywhere, rebuild the same history and the same state', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ACT, { maxLength: 25 }), fc.string(), async (acts, seed) => {
        const made = await begin(DEFINITION, { tasks: SILENT, seed });
        for (const act of acts) await perform(made, act);
        const again = await rebuild(made.machine, made.started, JSON.parse(JSON.stringify(made.inputs)));
        expect(standing(again)).toEqual(standing(made.execution));
      }),
      { numRuns: 150 },
    );
  });

  it('every execution ends, and then waits for nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ACT, { maxLength: 25 }), async (acts) => {
        const made = await begin(DEFINITION, { tasks: SILENT });
        for (const act of acts) await perform(made, act);
        await made.scheduler.run();
        expect(made.execution.status).not.toBe('RUNNING');
        expect([made.execution.tasks.size, made.execution.timers.size, made.scheduler.waiting()]).toEqual([0, 0, 0]);
      }),
      { numRuns: 100 },
    );
  });

  it('history ids count up from 1 and every event points at an earlier one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ACT, { maxLength: 25 }), async (acts) => {
        const made = await begin(DEFINITION, { tasks: SILENT });
        for (const act of acts) await perform(made, act);
        for (const [index, { id, previousEventId }] of made.execution.history.entries()) {
          expect(id).toBe(index + 1);
          expect(previousEventId).toBeLessThan(id);
        }
      }),
      { numRuns: 100 },
    );
  });
});
