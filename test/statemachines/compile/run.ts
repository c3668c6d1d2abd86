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

/** Compiles a workflow and runs it under the real interpreter on a virtual clock. Every payload is parsed by its contract. */
export const run = async (workflow: Workflow, world: World = () => undefined, inputs: object = {}) => {
  const clock = createVirtualScheduler();
  const began = clock.now();
  const told: Told[] = [];
  const attempts = new Map<string, number>();
  let driven: Drive | undefined;
  const machine = prepare(compile(workflow) as unknown as Definition);
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
      clock.after(10, () => answer(task, world({ op: command.op, step, command, attempt })));
    },
  });
  driven.begin(effects);
  await clock.run();
  const ops = (op: Command['op']): string[] => told.filter((one) => one.op === op).map(({ step }) => step);
  return { execution, told, ops, seconds: (clock.now() - began) / 1000, input: INPUT };
};
