import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { readSteps } from '../../../statemachines/compile/scope.ts';
import { anyWorkflow } from './any-workflow.ts';
import { meaning } from './reference.ts';
import { run } from './run.ts';
import { type Script, scriptOf } from './script.ts';

type Outcome = Awaited<ReturnType<typeof run>>;

const STATUS = { SUCCEEDED: 'completed', FAILED: 'failed' } as Record<string, string>;

/** What happened in the machine's run, in the words of the reference. */
const happened = ({ told, done }: Outcome): string[] => {
  const line = ({ atS, step, command }: Outcome['told'][number], op: string): string => {
    const round = 'round' in command ? command.round : 0;
    const who = command.op === 'hold' || command.op === 'ask' ? ` ${command.ask}` : '';
    return `${Math.round(atS * 1000)} ${op} ${step} r${round}${who}`;
  };
  const commands = told.filter(({ op }) => op !== 'complete' && op !== 'compensate').map((one) => line(one, one.op));
  return [...commands, ...done.filter(({ op }) => op === 'perform').map((one) => line(one, 'done'))].sort();
};

const machineRun = (workflow: Workflow, script: Script, urgent: boolean): Promise<Outcome> =>
  run(
    workflow,
    ({ op, step, attempt }) => {
      const { answer } = script(op, step, attempt);
      return typeof answer === 'string' ? answer : answer.said ? { said: answer.said } : undefined;
    },
    { inputs: { urgent }, afterMs: ({ op, step, attempt }) => script(op, step, attempt).afterMs },
  );

const saidAtEnd = ({ execution }: Outcome): unknown => (execution.output ? (JSON.parse(execution.output.json).said ?? {}) : undefined);

const world = fc.record({ seed: fc.nat(), troubled: fc.constantFrom(0, 20, 40, 80), urgent: fc.boolean() });

it('for any workflow and any world, the compiled machine does what the workflow means, to the millisecond', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(anyWorkflow, world, async (workflow, { seed, troubled, urgent }) => {
      const script = scriptOf(seed, troubled);
      const meant = meaning(workflow, script, urgent);
      fc.pre(!meant.tie);
      const outcome = await machineRun(workflow, script, urgent);
      const { execution, ops } = outcome;
      const failed = execution.status !== 'SUCCEEDED';
      expect({
        happened: happened(outcome),
        status: STATUS[execution.status] === 'completed' && ops('miss').length > 0 ? 'degraded' : STATUS[execution.status],
        error: execution.error,
        ended: [ops('complete').length, ops('compensate').length],
        said: saidAtEnd(outcome),
        endMs: outcome.endMs,
      }).toEqual({
        happened: meant.log.map(({ atMs, what }) => `${atMs} ${what}`).sort(),
        status: meant.status,
        error: meant.error,
        ended: failed ? [0, 1] : [1, 0],
        said: failed ? undefined : heard(workflow, meant.said),
        endMs: meant.endMs,
      });
    }),
    { numRuns: 400 },
  );
});

/** Of what was said, what some condition reads travels on. */
const heard = (workflow: Workflow, said: object): object =>
  Object.fromEntries(Object.entries(said).filter(([name, word]) => word !== undefined && readSteps(workflow.steps).has(name)));
