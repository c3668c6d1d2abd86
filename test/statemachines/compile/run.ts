import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import { FinishCommand, StepCommand } from '../../../shared/contracts/execution.ts';
import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { compile } from '../../../statemachines/compile/index.ts';
import type { Definition } from '../../../statemachines/interpret/definition.ts';
import { type Drive, drive } from '../../../statemachines/interpret/drive.ts';
import { prepare } from '../../../statemachines/interpret/machine.ts';
import { start } from '../../../statemachines/interpret/step.ts';

type Command = StepCommand | FinishCommand;

/** What the world makes of a command: an error's name, `silence`, or nothing for success. Asked again for each attempt. */
export type World = (told: { op: Command['op']; step: string; command: Command; attempt: number }) => string | undefined;

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
  inputs: {},
};

/** Compiles a workflow and runs it under the real interpreter on a virtual clock. Every payload is parsed by its contract. */
export const run = async (workflow: Workflow, world: World = () => undefined) => {
  const clock = createVirtualScheduler();
  const began = clock.now();
  const told: Told[] = [];
  const attempts = new Map<string, number>();
  let driven: Drive | undefined;
  const machine = prepare(compile(workflow) as unknown as Definition);
  const started = {
    kind: 'started' as const,
    at: began,
    input: INPUT,
    executionArn: 'arn:aws:states:us-east-1:000000000000:execution:m:e1',
    name: 'e1',
    roleArn: 'arn:aws:iam::000000000000:role/r',
    region: 'us-east-1',
    stateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:m', Name: 'm' },
    seed: '1',
  };
  const { execution, effects } = await start(machine, started);
  const answer = (task: number, error: string | undefined): void => {
    if (error === 'silence') return;
    if (error) driven?.send({ kind: 'failed', task, error, cause: `it was ${error}` });
    else driven?.send({ kind: 'succeeded', task, output: { actionId: 'a' } });
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
