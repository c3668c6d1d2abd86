import { createHash } from 'node:crypto';
import type { Definition } from '../../../statemachines/interpret/definition.ts';
import { type Machine, prepare } from '../../../statemachines/interpret/machine.ts';
import type { Revision } from './entry.ts';

export interface Version {
  readonly number: number;
  readonly revision: Revision;
  readonly description?: string;
  readonly at: number;
}

export interface Route {
  readonly stateMachineVersionArn: string;
  readonly weight: number;
}

export interface Alias {
  readonly name: string;
  readonly description?: string;
  readonly routes: readonly Route[];
  readonly at: number;
  readonly updatedAt: number;
}

/** A state machine under its ARN. A change puts a new value in its place. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  readonly status: 'ACTIVE' | 'DELETING';
  readonly revision: Revision;
  /** Absent until the first update. */
  readonly revisionId?: string;
  /** Logging, tracing and encryption as they were given; nothing here heeds them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly versions: readonly Version[];
  /** Numbers of deleted versions are not used again. */
  readonly lastVersion: number;
  readonly aliases: readonly Alias[];
  /** The hash of the revision that the template brought; absent for one that only the API made. */
  readonly deployed?: string;
}

/** A machine as its record holds it: revisions by their hashes. */
export type MachineImage = Omit<StateMachine, 'revision' | 'versions'> & {
  readonly revision: string;
  readonly versions: readonly (Omit<Version, 'revision'> & { readonly revision: string })[];
};

export interface RevisionText {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly text: string;
  readonly at: number;
}

/** Prepared definitions of this process: one serves any number of executions, in any number of machines. */
const prepared = new Map<string, Machine>();
const MOST_PREPARED = 200;

const machineOf = (text: string): Machine => {
  const known = prepared.get(text);
  if (known) return known;
  const machine = prepare(JSON.parse(text) as Definition);
  if (prepared.size >= MOST_PREPARED) prepared.clear();
  prepared.set(text, machine);
  return machine;
};

export const revisionOf = ({ arn, name, roleArn, text, at }: RevisionText): Revision => {
  let machine: Machine | undefined;
  return {
    arn,
    name,
    roleArn,
    text,
    at,
    hash: createHash('sha256').update(`${arn}\n${roleArn}\n${text}`).digest('hex'),
    machine: () => {
      machine ??= machineOf(text);
      return machine;
    },
  };
};

export const newMachine = (revision: Revision, over: Partial<StateMachine> = {}): StateMachine => ({
  arn: revision.arn,
  name: revision.name,
  createdAt: revision.at,
  status: 'ACTIVE',
  revision,
  settings: {},
  tags: {},
  versions: [],
  lastVersion: 0,
  aliases: [],
  ...over,
});

export const versionArn = ({ arn }: { readonly arn: string }, number: number): string => `${arn}:${number}`;

export const aliasArn = ({ arn }: { readonly arn: string }, name: string): string => `${arn}:${name}`;

export const imageOf = (machine: StateMachine): MachineImage => ({
  ...machine,
  revision: machine.revision.hash,
  versions: machine.versions.map((version) => ({ ...version, revision: version.revision.hash })),
});

/** The revisions that a machine needs to be told. */
export const revisionsOf = ({ revision, versions }: StateMachine): Revision[] => [revision, ...versions.map((version) => version.revision)];
