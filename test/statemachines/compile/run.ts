import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import { FinishCommand, StepCommand } from '../../../shared/contracts/execution.ts';
import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { compile } from '../../../statemachines/compile/index.ts';
import type { Definition } from '../../../statemachines/interpret/definition.ts';
import { type Drive, drive } from '../../../statemachines/interpret/drive.ts';
import { prepare } from '../../../statemachines/interpret/machine.ts';
import { start } from '../../../statemachines/interpret/step.ts';

type Command = StepCommand | FinishCommand;

/** What the world makes of a command: an error's name, `silence`, what a step's reply says, or nothing for plain success. Asked again for each attempt. */
type Reaction = string | { readonly said: Readonly<Record<string, unknown>> } | undefined;
export type World = (told: { op: Command['op']; step: string; command: Command; attempt: number }) => Reaction;

interface Told {
  readonly op: Command['op'];
  readonly step: string;
  readonly atS: number;
  readonly command: Command;
}

const stepOf = (command: Command): string => {
  if (command.op === 'ask') return command.approval.name;
  if (command.op === 'miss') return command.step;
  return 'step' in command ? command.step.name : '';
};

const INPUT = {
  executionId: 'e1',
  workflow: 'w',
  version: 1,
  incidentId: 'INC-1',
  location: { lat: 26.78, lon: -80.05 },
  priority: 'CRITICAL',
  startedBy: 'EVENT',
  inputs: {},
};

interface Circumstances {
  readonly inputs?: object;
  /** Milliseconds until the world reacts; 10 where nothing else is said. */
  readonly afterMs?: (told: { op: Command['op']; step: string; attempt: number }) => number;
  /** What runs in place of what the compiler makes of the workflow. */
  readonly definition?: Definition;
}

/** Compiles a workflow and runs it under the real interpreter on a virtual clock. Every payload is parsed by its contract. */
export const run = async (workflow: Workflow, world: World = () => undefined, circumstances: Circumstances = {}) => {
  const { inputs = {}, afterMs = () => 10, definition = compile(workflow) as unknown as Definition } = circumstances;
  const clock = createVirtualScheduler();
  const began = clock.now();
  const told: Told[] = [];
  const attempts = new Map<string, number>();
  let driven: Drive | undefined;
  const machine = prepare(definition);
  const done: Told[] = [];
  const unheard = new Set<number>();
  const started = {
    kind: 'started' as const,
    at: began,
    input: { ...INPUT, inputs },
    executionArn: 'arn:aws:states:us-east-1:000000000000:execution:m:e1',
    name: 'e1',
    roleArn: 'arn:aws:iam::000000000000:role/r',
    region: 'us-east-1',
    stateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:m', Name: 'm' },
    seed: '1',
  };
  const { execution, effects } = await start(machine, started);
  const answer = (task: number, reaction: Reaction): void => {
    if (reaction === 'silence') return;
    if (typeof reaction === 'string') driven?.send({ kind: 'failed', task, error: reaction, cause: `it was ${reaction}` });
    else driven?.send({ kind: 'succeeded', task, output: { actionId: 'a', ...reaction } });
  };
  driven = drive(execution, {
    now: () => clock.now(),
    after: (ms, task) => clock.after(ms, task),
    perform: ({ task, token, arguments: args }) => {
      const { FunctionName, Payload } = args as { FunctionName: string; Payload: unknown };
      const command = FunctionName === '${StepFunction}' ? StepCommand.parse(Payload) : FinishCommand.parse(Payload);
      const step = stepOf(command);
      const attempt = (attempts.get(`${command.op} ${step}`) ?? 0) + 1;
      attempts.set(`${command.op} ${step}`, attempt);
      told.push({ op: command.op, step, atS: (clock.now() - began) / 1000, command });
      if (token) clock.after(0, () => driven?.send({ kind: 'submitted', task, output: {} }));
      clock.after(afterMs({ op: command.op, step, attempt }), () => {
        const reaction = world({ op: command.op, step, command, attempt });
        if (typeof reaction !== 'string' && !unheard.has(task))
          done.push({ op: command.op, step, atS: (clock.now() - began) / 1000, command });
        answer(task, reaction);
      });
    },
    cancelled: (task) => void unheard.add(task),
  });
  driven.begin(effects);
  await clock.run();
  const endMs = (execution.history.at(-1)?.timestamp ?? 0) - began;
  const ops = (op: Command['op']): string[] => told.filter((one) => one.op === op).map(({ step }) => step);
  return { execution, told, done, ops, seconds: (clock.now() - began) / 1000, endMs, input: INPUT };
};
