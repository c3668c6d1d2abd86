import { PAYLOAD_LIMIT } from '../../../../statemachines/interpret/data.ts';
import type { Drive } from '../../../../statemachines/interpret/drive.ts';
import { readToken } from '../../../../statemachines/interpret/states/task.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import { faultIn, textOf } from '../names.ts';
import { standing } from '../runs.ts';
import type { Context, Operation } from './context.ts';

const GONE = "Task Timed Out: 'Provided task does not exist anymore'";

/** Finds the task that waits for a token. An answer takes it at once (`claim`), so of two answers only one is taken. */
const waiting = async (context: Context, input: Record<string, unknown>, claim: boolean): Promise<{ driven: Drive; task: number }> => {
  const token = textOf(input, 'taskToken');
  const read = readToken(token);
  if (!read) throw new AwsError('InvalidToken', `Invalid Token: 'Invalid token'`);
  const entry = context.store.entries.get(read.executionArn);
  if (!entry) throw new AwsError('TaskDoesNotExist', `Task does not exist: its execution ${read.executionArn} is not known`);
  if (entry.live) await standing(context, entry);
  const { live } = entry;
  const order = live?.drive?.execution.tasks.get(read.task)?.task?.order;
  if (!live?.drive || !order || live.answered.has(read.task)) throw new AwsError('TaskTimedOut', GONE);
  if (order.token !== token) throw new AwsError('InvalidToken', `Invalid Token: 'Invalid token'`);
  if (claim) live.answered.add(read.task);
  return { driven: live.drive, task: read.task };
};

const outputOf = (text: string): unknown => {
  if (Buffer.byteLength(text) > PAYLOAD_LIMIT) {
    throw new AwsError(
      'ValidationException',
      `Value at 'output' failed to satisfy constraint: Member must have length less than or equal to ${PAYLOAD_LIMIT}`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError('InvalidOutput', `Invalid Output: '${error instanceof Error ? error.message : error}'`);
  }
};

const settled = async ({ ground }: Context, driven: Drive): Promise<Record<string, unknown>> => {
  await driven.idle();
  await ground.log.settled();
  return {};
};

export const sendTaskSuccess: Operation = async (context, input) => {
  const output = outputOf(textOf(input, 'output'));
  const { driven, task } = await waiting(context, input, true);
  driven.send({ kind: 'succeeded', task, output });
  return settled(context, driven);
};

export const sendTaskFailure: Operation = async (context, input) => {
  const fault = faultIn(input);
  const { driven, task } = await waiting(context, input, true);
  driven.send({ kind: 'failed', task, ...fault });
  return settled(context, driven);
};

export const sendTaskHeartbeat: Operation = async (context, input) => {
  const { driven, task } = await waiting(context, input, false);
  driven.send({ kind: 'heartbeat', task });
  return settled(context, driven);
};
