import { AwsError } from '../../kernel/aws-error.ts';
import type { Call, Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import { dropDeleted, keep } from './change.ts';
import { tellParents } from './children.ts';
import { createDeployment, type Deployment } from './deployment.ts';
import type { Entry } from './entry.ts';
import type { InvokeAs } from './integrate.ts';
import * as aliases from './operations/aliases.ts';
import type { Context, Operation } from './operations/context.ts';
import * as describe from './operations/describe.ts';
import * as executions from './operations/executions.ts';
import * as machines from './operations/machines.ts';
import { redriveExecution } from './operations/redrive.ts';
import { REFUSED } from './operations/refused.ts';
import { startExecution, stopExecution } from './operations/start.ts';
import * as tags from './operations/tags.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './operations/tokens.ts';
import * as versions from './operations/versions.ts';
import type { StatesRecord } from './record.ts';
import { replayRecord } from './replay.ts';
import { revive } from './runs.ts';
import { snapshotOf } from './snapshot.ts';
import type { StatusChange } from './status-event.ts';
import { createStore, forget, forgetOldest } from './store.ts';

export interface StatesDeps {
  /** Invokes a function as the machine's role (third argument). */
  invoke: InvokeAs;
  call: Call;
  /** Takes a status change in the very turn in which it happened. */
  onStatusChange: (event: StatusChange) => void;
}

/** `define`, `defineVersion` and `defineAlias` deploy what a template has. They throw, naming every complaint, where AWS would refuse. */
export interface States extends Durable, Deployment {
  readonly serve: Serve;
  /** How many executions run now. */
  running(): number;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  StartExecution: startExecution,
  StopExecution: stopExecution,
  RedriveExecution: redriveExecution,
  SendTaskSuccess: sendTaskSuccess,
  SendTaskFailure: sendTaskFailure,
  SendTaskHeartbeat: sendTaskHeartbeat,
  DescribeExecution: executions.describeExecution,
  ListExecutions: executions.listExecutions,
  GetExecutionHistory: executions.getExecutionHistory,
  CreateStateMachine: machines.createStateMachine,
  UpdateStateMachine: machines.updateStateMachine,
  DeleteStateMachine: machines.deleteStateMachine,
  DescribeStateMachine: describe.describeStateMachine,
  DescribeStateMachineForExecution: describe.describeStateMachineForExecution,
  ListStateMachines: describe.listStateMachines,
  ValidateStateMachineDefinition: describe.validateStateMachineDefinition,
  PublishStateMachineVersion: versions.publishStateMachineVersion,
  ListStateMachineVersions: versions.listStateMachineVersions,
  DeleteStateMachineVersion: versions.deleteStateMachineVersion,
  CreateStateMachineAlias: aliases.createStateMachineAlias,
  UpdateStateMachineAlias: aliases.updateStateMachineAlias,
  DescribeStateMachineAlias: aliases.describeStateMachineAlias,
  ListStateMachineAliases: aliases.listStateMachineAliases,
  DeleteStateMachineAlias: aliases.deleteStateMachineAlias,
  ListTagsForResource: tags.listTagsForResource,
  TagResource: tags.tagResource,
  UntagResource: tags.untagResource,
  ...REFUSED,
};

const ended = (context: Context, entry: Entry): void => {
  tellParents(context, entry);
  dropDeleted(context, entry.revision.arn);
};

/** Step Functions on one machine: standard workflows in JSONata, durable by the inputs of their executions. */
export const createStates = (ground: Ground, deps: StatesDeps): States => {
  const store = createStore();
  const context: Context = { ground, store, ...deps, ended: (entry) => ended(context, entry) };
  let reviving: Promise<void> | undefined;

  const serve: Serve = async (operation, input) => {
    const does = OPERATIONS[operation];
    if (!does) throw new AwsError('UnknownOperationException', `The local Step Functions does not know ${operation}.`);
    if (reviving) await reviving;
    forgetOldest(store, ground.scheduler.now());
    return does(context, input);
  };

  /** In the order they started, whatever the log was made of. */
  const reviveAll = async (): Promise<void> => {
    for (const entry of [...store.running].sort((a, b) => a.ordinal - b.ordinal)) if (entry.live) await revive(context, entry, entry.live);
    reviving = undefined;
  };

  return {
    name: 'states',
    ...createDeployment(context),
    serve,
    replay: (record) => replayRecord(store, record as StatesRecord),
    snapshot: () => {
      forget(store, ground.scheduler.now());
      return snapshotOf(store);
    },
    resume: () => {
      // From now on the log knows when each definition came.
      for (const { revision } of store.machines.values()) keep(context, revision);
      reviving = reviveAll();
    },
    running: () => store.running.size,
  };
};
