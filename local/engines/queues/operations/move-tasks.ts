import { AwsError } from '../../../kernel/aws-error.ts';
import { missing, numberOf } from '../check.ts';
import type { MoveTask } from '../move-tasks.ts';
import type { Desk, Input, Operations } from './operation.ts';

const MOST_PER_SECOND = 500;
const MOST_TOLD = 10;

const textIn = (input: Input, name: string): string => {
  const value = input[name];
  if (typeof value !== 'string' || value === '') throw missing(name);
  return value;
};

const told = (task: MoveTask): Record<string, unknown> => ({
  TaskHandle: task.status === 'RUNNING' ? task.handle : undefined,
  Status: task.status,
  SourceArn: task.source,
  DestinationArn: task.destination,
  MaxNumberOfMessagesPerSecond: task.perSecond,
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  FailureReason: task.failure,
  StartedTimestamp: task.startedAt,
});

/** Redrive of a dead-letter queue. */
export const moveTaskOperations = ({ registry, tasks }: Desk): Operations => ({
  StartMessageMoveTask: (input) => {
    const perSecond = numberOf(input['MaxNumberOfMessagesPerSecond'], 'MaxNumberOfMessagesPerSecond', 1, MOST_PER_SECOND);
    const destination = input['DestinationArn'] as string | undefined;
    return { TaskHandle: tasks.start(textIn(input, 'SourceArn'), destination, perSecond) };
  },
  CancelMessageMoveTask: (input) => ({ ApproximateNumberOfMessagesMoved: tasks.cancel(textIn(input, 'TaskHandle')) }),
  ListMessageMoveTasks: (input) => {
    const source = textIn(input, 'SourceArn');
    if (![...registry.all()].some(({ queue }) => queue.definition.arn === source))
      throw new AwsError('ResourceNotFoundException', "The resource that you specified for the SourceArn parameter doesn't exist.");
    const max = numberOf(input['MaxResults'], 'MaxResults', 1, MOST_TOLD) ?? 1;
    const ofSource = tasks.all().filter((task) => task.source === source);
    return { Results: ofSource.reverse().slice(0, max).map(told) };
  },
});
