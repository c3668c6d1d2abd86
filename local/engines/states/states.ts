import type { PartDefinition } from '../../../statemachines/interpret/definition.ts';
import { validateText } from '../../../statemachines/interpret/validate/validate.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Call, Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import type { StatesRecord } from './entry.ts';
import { type InvokeAs, unsupported } from './integrate.ts';
import { machineArn } from './names.ts';
import type { Context, Operation } from './operations/context.ts';
import * as read from './operations/read.ts';
import { startExecution, stopExecution } from './operations/start.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './operations/tokens.ts';
import { revive } from './runs.ts';
import type { StatusChange } from './status-event.ts';
import { createStore, hashOf, machineOf, replayRecord } from './store.ts';

interface StateMachineProperties {
  name: string;
  /** ASL in JSONata, as text or as data. */
  definition: string | object;
  roleArn: string;
  type?: 'STANDARD';
}

export interface StatesDeps {
  /** Invokes a function as the machine's role (third argument). */
  invoke: InvokeAs;
  call: Call;
  /** Takes a status change in the very turn in which it happened. */
  onStatusChange: (event: StatusChange) => void;
}

export interface States extends Durable {
  /** Deploys a machine under its name. Throws, naming every complaint, where AWS would refuse to create it. */
  define(properties: StateMachineProperties): void;
  readonly serve: Serve;
  /** How many executions run now. */
  running(): number;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  StartExecution: startExecution,
  StopExecution: stopExecution,
  SendTaskSuccess: sendTaskSuccess,
  SendTaskFailure: sendTaskFailure,
  SendTaskHeartbeat: sendTaskHeartbeat,
  DescribeExecution: read.describeExecution,
  ListExecutions: read.listExecutions,
  GetExecutionHistory: read.getExecutionHistory,
  DescribeStateMachine: read.describeStateMachine,
  DescribeStateMachineForExecution: read.describeStateMachineForExecution,
  ListStateMachines: read.listStateMachines,
  ValidateStateMachineDefinition: read.validateStateMachineDefinition,
};

const resourcesOf = ({ States }: PartDefinition): string[] =>
  Object.values(States).flatMap((state) => [
    ...(state.Resource ? [state.Resource] : []),
    ...(state.Branches ?? []).flatMap(resourcesOf),
    ...(state.ItemProcessor ? resourcesOf(state.ItemProcessor) : []),
  ]);

const checked = (name: string, text: string): void => {
  const complaints = validateText(text).map(({ code, place, cause, mend }) => `${code} at ${place}: ${cause} ${mend}`);
  if (complaints.length > 0)
    throw new AwsError('InvalidDefinition', `Invalid State Machine Definition of ${name}: ${complaints.join('; ')}`);
  for (const resource of resourcesOf(JSON.parse(text) as PartDefinition)) {
    const why = unsupported(resource);
    if (why) throw new Error(`State machine ${name} cannot run on this machine: ${why}.`);
  }
};

/** Step Functions on one machine: standard workflows in JSONata, durable by the inputs of their executions. */
export const createStates = (ground: Ground, deps: StatesDeps): States => {
  const store = createStore();
  const context: Context = { ground, store, ...deps };
  let reviving: Promise<void> | undefined;

  const define = ({ name, definition, roleArn, type = 'STANDARD' }: StateMachineProperties): void => {
    if (type !== 'STANDARD') throw new Error(`State machine ${name} is ${type}; the local run does STANDARD machines only.`);
    const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
    const from = { arn: machineArn(ground, name), name, roleArn, text, at: ground.scheduler.now() };
    if (store.machines.get(from.arn)?.hash === hashOf(from)) return;
    checked(name, text);
    const machine = machineOf(from);
    store.machines.set(machine.arn, machine);
    store.definitions.set(machine.hash, machine);
  };

  const serve: Serve = async (operation, input) => {
    const does = OPERATIONS[operation];
    if (!does) throw new AwsError('UnknownOperationException', `The local Step Functions does not know ${operation}.`);
    if (reviving) await reviving;
    return does(context, input);
  };

  const reviveAll = async (): Promise<void> => {
    for (const entry of store.entries.values()) if (!entry.ending) await revive(context, entry);
    reviving = undefined;
  };

  return {
    name: 'states',
    define,
    serve,
    replay: (record) => replayRecord(store, record as StatesRecord),
    resume: () => {
      reviving = reviveAll();
    },
    running: () => [...store.entries.values()].filter(({ ending }) => !ending).length,
  };
};
