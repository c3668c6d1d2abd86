import { AwsError } from '../../../kernel/aws-error.ts';
import { put } from '../change.ts';
import { versionArn } from '../machine.ts';
import { optionalText, seconds, textOf } from '../names.ts';
import { published } from '../publish.ts';
import { changeable, machineAt, splitArn } from '../store.ts';
import { type Operation, pageBy } from './context.ts';

/** Published versions of state machines. */

/** How AWS calls the revision of a machine that was never updated. */
const INITIAL = 'INITIAL';

export const publishStateMachineVersion: Operation = async (context, input) => {
  const { store, ground } = context;
  const machine = changeable(store, textOf(input, 'stateMachineArn'));
  const expected = optionalText(input, 'revisionId');
  const present = machine.revisionId ?? INITIAL;
  if (expected !== undefined && expected !== present)
    throw new AwsError('ConflictException', `The revision id ${expected} is not the current one of ${machine.arn}, which is ${present}.`);
  const { machine: changed, version } = published(machine, optionalText(input, 'description'), ground.scheduler.now());
  if (changed !== machine) put(context, changed);
  await ground.log.settled();
  return { stateMachineVersionArn: versionArn(machine, version.number), creationDate: seconds(version.at) };
};

/** Newest first. */
export const listStateMachineVersions: Operation = async ({ store }, input) => {
  const machine = machineAt(store, textOf(input, 'stateMachineArn'));
  const { items, ...rest } = pageBy([...machine.versions].reverse(), input, ({ number }) => number, 'falling');
  return {
    stateMachineVersions: items.map(({ number, at }) => ({
      stateMachineVersionArn: versionArn(machine, number),
      creationDate: seconds(at),
    })),
    ...rest,
  };
};

/** What is not there counts as deleted; one that an alias leads to stays. */
export const deleteStateMachineVersion: Operation = async (context, input) => {
  const { store, ground } = context;
  const arn = textOf(input, 'stateMachineVersionArn');
  const { arn: of, qualifier } = splitArn(arn);
  if (!qualifier || !/^\d+$/.test(qualifier)) throw new AwsError('ValidationException', `'${arn}' does not name a version.`);
  const machine = store.machines.get(of);
  const users = machine?.aliases.filter(({ routes }) => routes.some((route) => route.stateMachineVersionArn === arn)) ?? [];
  if (users.length > 0)
    throw new AwsError(
      'ConflictException',
      `Version to be deleted must not be referenced by an alias. Current list of aliases referencing version ${qualifier}: [${users.map(({ name }) => name).join(', ')}]`,
    );
  const versions = machine?.versions.filter(({ number }) => String(number) !== qualifier);
  if (machine && versions && versions.length < machine.versions.length) put(context, { ...machine, versions });
  await ground.log.settled();
  return {};
};
