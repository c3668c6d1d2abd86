import { createVirtualScheduler, type VirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import type { Definition } from '../../../statemachines/interpret/definition.ts';
import { type Drive, drive } from '../../../statemachines/interpret/drive.ts';
import type { Execution } from '../../../statemachines/interpret/execution.ts';
import { type Machine, prepare } from '../../../statemachines/interpret/machine.ts';
import type { Input, Started, TaskOrder } from '../../../statemachines/interpret/protocol.ts';
import { start } from '../../../statemachines/interpret/step.ts';

type Outcome = { output: unknown; after?: number } | { error: string; cause?: string; after?: number } | 'silence';

export interface Play {
  readonly machine: Machine;
  readonly started: Started;
  readonly execution: Execution;
  readonly scheduler: VirtualScheduler;
  readonly driven: Drive;
  /** Every input after the start, as a log would hold it. */
  readonly inputs: Input[];
  readonly orders: TaskOrder[];
  readonly cancelled: number[];
}

export interface Cast {
  input?: unknown;
  /** What each task does, by the state's name and its attempt from 1. */
  tasks?: Record<string, (attempt: number, order: TaskOrder) => Outcome>;
  seed?: string;
}

export const BEGIN = Date.UTC(2026, 0, 1);

export const jsonata = (states: Record<string, unknown>, more: object = {}): Definition =>
  ({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more }) as unknown as Definition;

/** Sets a machine going on a virtual clock. Nothing has happened yet but the first step. */
export const begin = async (definition: Definition, { input = {}, tasks = {}, seed = 'seed' }: Cast = {}): Promise<Play> => {
  const scheduler = createVirtualScheduler({ start: BEGIN });
  const machine = prepare(definition);
  const started: Started = {
    kind: 'started',
    at: BEGIN,
    input,
    executionArn: 'arn:aws:states:us-east-1:000000000000:execution:m:e',
    name: 'e',
    roleArn: 'arn:aws:iam::000000000000:role/r',
    region: 'us-east-1',
    stateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:m', Name: 'm' },
    seed,
  };
  const inputs: Input[] = [];
  const orders: TaskOrder[] = [];
  const cancelled: number[] = [];
  const attempts = new Map<string, number>();
  const { execution, effects } = await start(machine, started);
  const perform = (order: TaskOrder): void => {
    orders.push(order);
    const name = execution.tasks.get(order.task)?.state.name ?? '';
    attempts.set(name, (attempts.get(name) ?? 0) + 1);
    const outcome = tasks[name]?.(attempts.get(name) ?? 1, order) ?? { output: order.arguments };
    if (outcome === 'silence') return;
    const { after = 0, ...answer } = outcome;
    const { task } = order;
    scheduler.after(after, () =>
      'output' in answer ? driven.send({ kind: 'succeeded', task, ...answer }) : driven.send({ kind: 'failed', task, ...answer }),
    );
  };
  const driven = drive(execution, {
    ...scheduler,
    perform,
    cancelled: (task) => void cancelled.push(task),
    accepted: (taken) => void inputs.push(structuredClone(taken)),
  });
  driven.begin(effects);
  return { machine, started, execution, scheduler, driven, inputs, orders, cancelled };
};

export const play = async (definition: Definition, cast: Cast = {}): Promise<Play> => {
  const made = await begin(definition, cast);
  await made.scheduler.run();
  return made;
};

export const typesOf = ({ execution }: Play): string[] => execution.history.map(({ type }) => type);

export const outputOf = ({ execution }: Play): unknown => execution.output?.value;

export const task = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f' },
  End: true,
  ...more,
});
