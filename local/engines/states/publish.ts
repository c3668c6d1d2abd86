import { AwsError } from '../../kernel/aws-error.ts';
import type { Revision } from './entry.ts';
import { type StateMachine, type Version, versionArn } from './machine.ts';
import type { Store } from './store.ts';
import { machineAt, splitArn } from './store.ts';

/** Versions and aliases: what they publish, and which revision they lead to. */

const MOST_VERSIONS = 1000;

/** Publishes the machine as it stands. The same revision twice is the same version. */
export const published = (
  machine: StateMachine,
  description: string | undefined,
  at: number,
): { machine: StateMachine; version: Version } => {
  const latest = machine.versions.at(-1);
  if (latest?.revision.hash === machine.revision.hash) return { machine, version: latest };
  if (machine.versions.length >= MOST_VERSIONS)
    throw new AwsError(
      'ServiceQuotaExceededException',
      `State Machine ${machine.name} has ${MOST_VERSIONS} versions already: delete one first.`,
    );
  const number = machine.lastVersion + 1;
  const version: Version = { number, revision: machine.revision, at, ...(description === undefined ? {} : { description }) };
  return { machine: { ...machine, versions: [...machine.versions, version], lastVersion: number }, version };
};

export interface Choice {
  readonly machine: StateMachine;
  readonly revision: Revision;
  readonly versionArn?: string;
  readonly aliasArn?: string;
}

const missing = (arn: string): AwsError => new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

/** The version that an alias sends this start to, by the weights of its routes. */
const routed = (routes: readonly { stateMachineVersionArn: string; weight: number }[], random: () => number): string => {
  const [first, second] = routes;
  if (!first) return '';
  return !second || random() * 100 < first.weight ? first.stateMachineVersionArn : second.stateMachineVersionArn;
};

/** What a start under this ARN runs. */
export const choose = (store: Store, arn: string, random: () => number): Choice => {
  const machine = machineAt(store, arn);
  const { qualifier } = splitArn(arn);
  if (qualifier === undefined) return { machine, revision: machine.revision };
  const alias = machine.aliases.find(({ name }) => name === qualifier);
  const target = alias ? routed(alias.routes, random) : arn;
  const version = machine.versions.find(({ number }) => versionArn(machine, number) === target);
  if (!version) throw missing(arn);
  return { machine, revision: version.revision, versionArn: target, ...(alias ? { aliasArn: arn } : {}) };
};
