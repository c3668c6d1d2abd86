import { AwsError } from '../../../kernel/aws-error.ts';
import { textOf } from '../names.ts';
import { machineAt } from '../store.ts';
import type { Operation } from './context.ts';

/** What Step Functions has and this machine has not, each said in a sentence. */

const refuse =
  (why: string): Operation =>
  async () => {
    throw new AwsError('UnknownOperationException', why);
  };

const activity = refuse('The local Step Functions has no activities: let a task wait for its token (.waitForTaskToken) instead.');
const mapRun = refuse('The local Step Functions has no Map Runs: a distributed Map runs in the execution it belongs to.');

const startSyncExecution: Operation = async ({ store }, input) => {
  const { arn } = machineAt(store, textOf(input, 'stateMachineArn'));
  throw new AwsError('StateMachineTypeNotSupported', `This operation is not supported by this type of state machine: '${arn}' is STANDARD`);
};

export const REFUSED: Readonly<Record<string, Operation>> = {
  CreateActivity: activity,
  DeleteActivity: activity,
  DescribeActivity: activity,
  GetActivityTask: activity,
  ListActivities: activity,
  DescribeMapRun: mapRun,
  ListMapRuns: mapRun,
  UpdateMapRun: mapRun,
  StartSyncExecution: startSyncExecution,
  TestState: refuse('The local Step Functions does not test single states: start an execution of a machine with that state alone.'),
};
