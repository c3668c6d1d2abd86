import { validateText } from '../../../../statemachines/interpret/validate/validate.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import { versionArn } from '../machine.ts';
import { optionalText, seconds, textOf } from '../names.ts';
import { entryAt, machineAt, splitArn } from '../store.ts';
import { type Operation, page } from './context.ts';

/** State machines as they are described and listed, and definitions as they are judged. */

const UNSET = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
};

/** A machine, or the version named, as it was published. An alias is described under its own operation. */
export const describeStateMachine: Operation = async ({ store }, input) => {
  const asked = textOf(input, 'stateMachineArn');
  const machine = machineAt(store, asked);
  const { qualifier } = splitArn(asked);
  const version = machine.versions.find(({ number }) => String(number) === qualifier);
  if (qualifier && !version) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${asked}'`);
  const { name, text, roleArn } = version?.revision ?? machine.revision;
  return {
    stateMachineArn: version ? versionArn(machine, version.number) : machine.arn,
    name,
    status: machine.status,
    definition: text,
    roleArn,
    type: 'STANDARD',
    creationDate: seconds(version?.at ?? machine.createdAt),
    ...UNSET,
    ...machine.settings,
    ...(machine.revisionId === undefined ? {} : { revisionId: machine.revisionId }),
    ...(version?.description === undefined ? {} : { description: version.description }),
  };
};

export const describeStateMachineForExecution: Operation = async ({ store }, input) => {
  const { revision, birth } = entryAt(store, textOf(input, 'executionArn'));
  const { arn, name, text, roleArn, at } = revision;
  const machine = store.machines.get(arn);
  return {
    stateMachineArn: birth.versionArn ?? arn,
    name,
    definition: text,
    roleArn,
    updateDate: seconds(at),
    ...UNSET,
    ...machine?.settings,
    ...(machine?.revision.hash === revision.hash && machine.revisionId !== undefined ? { revisionId: machine.revisionId } : {}),
  };
};

export const listStateMachines: Operation = async ({ store }, input) => {
  const { items, ...rest } = page([...store.machines.values()], input);
  return {
    stateMachines: items.map(({ arn, name, createdAt }) => ({
      stateMachineArn: arn,
      name,
      type: 'STANDARD',
      creationDate: seconds(createdAt),
    })),
    ...rest,
  };
};

const MOST_DIAGNOSTICS = 100;

/** Every complaint of ours is an ERROR, so a severity of WARNING asks for no less. */
export const validateStateMachineDefinition: Operation = async (_context, input) => {
  const type = optionalText(input, 'type') ?? 'STANDARD';
  if (type !== 'STANDARD')
    throw new AwsError('ValidationException', `The local run does STANDARD state machines only, and this one is ${type}.`);
  const most = Number(input['maxResults'] ?? 0) || MOST_DIAGNOSTICS;
  if (!Number.isInteger(most) || most < 0 || most > MOST_DIAGNOSTICS)
    throw new AwsError('ValidationException', `maxResults is a number from 0 to ${MOST_DIAGNOSTICS}.`);
  const complaints = validateText(textOf(input, 'definition'));
  return {
    result: complaints.length === 0 ? 'OK' : 'FAIL',
    diagnostics: complaints.slice(0, most).map(({ code, place, cause, mend }) => ({
      severity: 'ERROR',
      code,
      message: `${cause} ${mend}`,
      location: place,
    })),
    truncated: complaints.length > most,
  };
};
