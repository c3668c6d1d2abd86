import { PAYLOAD_LIMIT } from '../../../../statemachines/interpret/data.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import { keep } from '../change.ts';
import { type Entry, type Live, newLife } from '../entry.ts';
import { checkName, executionArn, faultIn, optionalText, seconds, textOf } from '../names.ts';
import { type Choice, choose } from '../publish.ts';
import { launch, standing, write } from '../runs.ts';
import { statusChange } from '../status-event.ts';
import { addEntry, entryAt, living } from '../store.ts';
import type { Context, Operation } from './context.ts';

const checkInput = (text: string): void => {
  if (Buffer.byteLength(text) > PAYLOAD_LIMIT) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${PAYLOAD_LIMIT}`,
    );
  }
  try {
    JSON.parse(text);
  } catch (error) {
    throw new AwsError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${error instanceof Error ? error.message : error}'`,
    );
  }
};

const begin = (context: Context, { revision, versionArn, aliasArn }: Choice, name: string, input: string): { entry: Entry; live: Live } => {
  const { ground, store } = context;
  const { scheduler } = ground;
  const birth = { name, at: scheduler.now(), seed: scheduler.uuid(), versionArn, aliasArn };
  keep(context, revision);
  const entry = addEntry(store, executionArn(revision.arn, name), revision, birth);
  const live = newLife(input);
  entry.live = live;
  store.running.add(entry);
  write(context, { kind: 'start', arn: entry.arn, revision: revision.hash, birth, input });
  context.onStatusChange(statusChange(ground, entry, { input }));
  live.ready = launch(context, entry, live);
  return { entry, live };
};

const answer = ({ arn, birth }: Entry) => ({ executionArn: arn, startDate: seconds(birth.at) });

/** The same name with the same input joins an execution that still runs; otherwise a name is used once in 90 days. */
export const startExecution: Operation = async (context, input) => {
  const { store, ground } = context;
  const choice = choose(store, textOf(input, 'stateMachineArn'), () => ground.scheduler.random());
  living(choice.machine);
  const name = optionalText(input, 'name') ?? ground.scheduler.uuid();
  checkName(name);
  const inputText = optionalText(input, 'input') ?? '{}';
  checkInput(inputText);
  const known = store.entries.get(executionArn(choice.machine.arn, name));
  if (known) {
    if (known.live?.input === inputText) return answer(known);
    throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${known.arn}'`);
  }
  const { entry, live } = begin(context, choice, name, inputText);
  await Promise.all([live.ready, ground.log.settled()]);
  return answer(entry);
};

export const stopExecution: Operation = async (context, input) => {
  const fault = faultIn(input);
  const entry = entryAt(context.store, textOf(input, 'executionArn'));
  if (entry.live) {
    const { status } = await standing(context, entry);
    const driven = entry.live?.drive;
    if (status === 'RUNNING' && driven) {
      driven.send({ kind: 'stopped', ...fault });
      await driven.idle();
    }
  }
  await context.ground.log.settled();
  return { stopDate: seconds(entry.ending?.stoppedAt ?? context.ground.scheduler.now()) };
};
