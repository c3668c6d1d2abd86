import { AwsError } from '../../../kernel/aws-error.ts';
import { dropDeleted, put } from '../change.ts';
import { checkDefinition } from '../definition.ts';
import { newMachine, revisionOf, type StateMachine, versionArn } from '../machine.ts';
import { checkName, machineArn, optionalText, seconds, textOf } from '../names.ts';
import { published } from '../publish.ts';
import { changeable, living, machineAt } from '../store.ts';
import type { Context, Operation, Wire } from './context.ts';
import { tagsIn } from './tags.ts';

/** State machines made, changed and deleted through the API. */

const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+/;

const roleIn = (input: Wire): string => {
  const roleArn = textOf(input, 'roleArn');
  if (!ROLE.test(roleArn)) throw new AwsError('InvalidArn', `Invalid Role Arn: '${roleArn}'`);
  return roleArn;
};

const SETTINGS = ['loggingConfiguration', 'tracingConfiguration', 'encryptionConfiguration'];

const settingsIn = (input: Wire): Record<string, unknown> =>
  Object.fromEntries(SETTINGS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])));

const checkPublish = (input: Wire): { publish: boolean; description: string | undefined } => {
  const publish = input['publish'] === true;
  const description = optionalText(input, 'versionDescription');
  if (description !== undefined && !publish)
    throw new AwsError('ValidationException', 'Version description can only be set when publish is true');
  return { publish, description };
};

const withVersion = (machine: StateMachine, publish: boolean, description: string | undefined, at: number) => {
  if (!publish) return { machine, answer: {} };
  const made = published(machine, description, at);
  return { machine: made.machine, answer: { stateMachineVersionArn: versionArn(machine, made.version.number) } };
};

/** Made already with the same definition it is answered again; role and tags do not count, as in AWS. */
const madeBefore = (machine: StateMachine, text: string, publish: boolean): Wire => {
  if (living(machine).revision.text !== text)
    throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${machine.arn}'`);
  const latest = machine.versions.at(-1);
  return {
    stateMachineArn: machine.arn,
    creationDate: seconds(machine.createdAt),
    ...(publish && latest ? { stateMachineVersionArn: versionArn(machine, latest.number) } : {}),
  };
};

export const createStateMachine: Operation = async (context, input) => {
  const { ground, store } = context;
  const name = textOf(input, 'name');
  checkName(name);
  const text = textOf(input, 'definition');
  const roleArn = roleIn(input);
  const type = optionalText(input, 'type') ?? 'STANDARD';
  if (type !== 'STANDARD')
    throw new AwsError('StateMachineTypeNotSupported', `The local run does STANDARD state machines only, and '${name}' is ${type}.`);
  const { publish, description } = checkPublish(input);
  checkDefinition(text);
  const arn = machineArn(ground, name);
  const known = store.machines.get(arn);
  if (known) return madeBefore(known, text, publish);
  const at = ground.scheduler.now();
  const fresh = newMachine(revisionOf({ arn, name, roleArn, text, at }), { settings: settingsIn(input), tags: tagsIn(input) });
  const { machine, answer } = withVersion(fresh, publish, description, at);
  put(context, machine);
  await ground.log.settled();
  return { stateMachineArn: arn, creationDate: seconds(at), ...answer };
};

const CHANGES = ['definition', 'roleArn', ...SETTINGS];

/** A new definition or role makes a new revision; executions that run keep the one they began with. */
const revised = ({ ground }: Context, machine: StateMachine, input: Wire): StateMachine => {
  const { arn, name, revision } = machine;
  const text = optionalText(input, 'definition') ?? revision.text;
  if (text !== revision.text) checkDefinition(text);
  const roleArn = input['roleArn'] === undefined ? revision.roleArn : roleIn(input);
  const settings = { ...machine.settings, ...settingsIn(input) };
  if (text === revision.text && roleArn === revision.roleArn) return { ...machine, settings };
  const fresh = revisionOf({ arn, name, roleArn, text, at: ground.scheduler.now() });
  return { ...machine, settings, revision: fresh, revisionId: ground.scheduler.uuid() };
};

export const updateStateMachine: Operation = async (context, input) => {
  const { ground, store } = context;
  const machine = changeable(store, textOf(input, 'stateMachineArn'));
  if (!CHANGES.some((name) => input[name] !== undefined))
    throw new AwsError('MissingRequiredParameter', `Specify at least one of ${CHANGES.join(', ')}.`);
  const { publish, description } = checkPublish(input);
  const at = ground.scheduler.now();
  const { machine: changed, answer } = withVersion(revised(context, machine, input), publish, description, at);
  put(context, changed);
  await ground.log.settled();
  return { updateDate: seconds(at), ...(changed.revisionId === undefined ? {} : { revisionId: changed.revisionId }), ...answer };
};

/** Gone at once where nothing runs; otherwise DELETING until its last execution has ended, which AWS ends at its next transition. */
export const deleteStateMachine: Operation = async (context, input) => {
  const { store, ground } = context;
  const arn = textOf(input, 'stateMachineArn');
  const machine = store.machines.has(arn) ? machineAt(store, arn) : undefined;
  if (machine && machine.status === 'ACTIVE') {
    put(context, { ...machine, status: 'DELETING' });
    dropDeleted(context, arn);
  } else if (!machine) changeableOrGone(context, arn);
  await ground.log.settled();
  return {};
};

/** AWS answers the deletion of what is not there as done, but not that of a malformed ARN or of a version. */
const changeableOrGone = ({ store }: Context, arn: string): void => {
  try {
    changeable(store, arn);
  } catch (error) {
    if (!(error instanceof AwsError) || error.name !== 'StateMachineDoesNotExist') throw error;
  }
};
