import { PAYLOAD_LIMIT } from '../../../../statemachines/interpret/data.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Entry, StateMachine } from '../entry.ts';
import { checkName, executionArn, optionalText, seconds, textOf } from '../names.ts';
import { launch, standing, write } from '../runs.ts';
import { statusChange } from '../status-event.ts';
import { addEntry, entryAt, machineAt } from '../store.ts';
import type { Context, Operation } from './context.ts';

const parsed = (text: string): unknown => {
  if (Buffer.byteLength(text) > PAYLOAD_LIMIT) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${PAYLOAD_LIMIT}`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${error instanceof Error ? error.message : error}'`,
    );
  }
};

/** The definition goes into the log once, before the first execution that uses it. */
const keepDefinition = (context: Context, { arn, name, roleArn, text, hash, createdAt }: StateMachine): void => {
  if (context.store.logged.has(hash)) return;
  context.store.logged.add(hash);
  write(context, { kind: 'definition', arn, name, roleArn, text, hash, at: createdAt });
};

const begin = (context: Context, machine: StateMachine, name: string, inputText: string): Entry => {
  const { ground, store } = context;
  const { scheduler, region } = ground;
  const entry = addEntry(
    store,
    machine,
    {
      kind: 'started',
      at: scheduler.now(),
      input: parsed(inputText),
      executionArn: executionArn(machine.arn, name),
      name,
      roleArn: machine.roleArn,
      region,
      stateMachine: { Id: machine.arn, Name: machine.name },
      seed: scheduler.uuid(),
    },
    inputText,
  );
  keepDefinition(context, machine);
  write(context, { kind: 'start', machine: machine.hash, started: entry.started, inputText });
  context.onStatusChange(statusChange(ground, entry));
  entry.ready = launch(context, entry);
  return entry;
};

const answer = ({ arn, started }: Entry) => ({ executionArn: arn, startDate: seconds(started.at) });

/** The same name with the same input joins an execution that still runs; otherwise a name is used once. */
export const startExecution: Operation = async (context, input) => {
  const { store, ground } = context;
  const machine = machineAt(store, textOf(input, 'stateMachineArn'));
  const name = optionalText(input, 'name') ?? ground.scheduler.uuid();
  checkName(name);
  const inputText = optionalText(input, 'input') ?? '{}';
  parsed(inputText);
  const known = store.entries.get(executionArn(machine.arn, name));
  if (known) {
    if (!known.ending && known.inputText === inputText) return answer(known);
    throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${known.arn}'`);
  }
  const entry = begin(context, machine, name, inputText);
  await Promise.all([entry.ready, ground.log.settled()]);
  return answer(entry);
};

export const stopExecution: Operation = async (context, input) => {
  const entry = entryAt(context.store, textOf(input, 'executionArn'));
  const execution = await standing(context, entry);
  if (execution.status === 'RUNNING') {
    entry.drive?.send({ kind: 'stopped', error: optionalText(input, 'error'), cause: optionalText(input, 'cause') });
    await entry.drive?.idle();
  }
  await context.ground.log.settled();
  return { stopDate: seconds(entry.ending?.stoppedAt ?? context.ground.scheduler.now()) };
};
