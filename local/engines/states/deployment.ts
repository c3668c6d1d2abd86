import { checkDefinition } from './definition.ts';
import { type Alias, newMachine, type Route, revisionOf, type StateMachine, type Version } from './machine.ts';
import { machineArn } from './names.ts';
import { machineOfRoutes, routesOf, withAlias } from './operations/aliases.ts';
import type { Running } from './runs.ts';
import { machineAt } from './store.ts';

/** What the template says of state machines; the log is replayed over it. */

export interface MachineProperties {
  name: string;
  /** ASL in JSONata, as text or as data. */
  definition: string | object;
  roleArn: string;
  type?: 'STANDARD';
}

export interface VersionProperties {
  stateMachineArn: string;
  description?: string;
}

export interface AliasProperties {
  name: string;
  description?: string;
  routes: readonly Route[];
}

export interface Deployment {
  define(properties: MachineProperties): void;
  defineVersion(properties: VersionProperties): void;
  defineAlias(properties: AliasProperties): void;
}

/** The one version of a machine that a template can have; the API's versions come behind it. */
const NUMBER = 1;

export const createDeployment = ({ ground, store }: Running): Deployment => {
  const deployed = (machine: StateMachine, what: string): void =>
    void store.machines.set(machine.arn, { ...machine, deployed: `${machine.deployed} ${what}` });

  const define = ({ name, definition, roleArn, type = 'STANDARD' }: MachineProperties): void => {
    if (type !== 'STANDARD') throw new Error(`State machine ${name} is ${type}; the local run does STANDARD machines only.`);
    const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
    const revision = revisionOf({ arn: machineArn(ground, name), name, roleArn, text, at: ground.scheduler.now() });
    if (store.machines.get(revision.arn)?.revision.hash === revision.hash) return;
    checkDefinition(text);
    store.machines.set(revision.arn, newMachine(revision, { deployed: revision.hash }));
    store.revisions.set(revision.hash, revision);
  };

  const defineVersion = ({ stateMachineArn, description }: VersionProperties): void => {
    const machine = machineAt(store, stateMachineArn);
    if (machine.versions.length > 0) throw new Error(`${machine.name} has a version in the template already; the local run takes one.`);
    const version: Version = { number: NUMBER, revision: machine.revision, at: ground.scheduler.now(), description };
    deployed({ ...machine, versions: [version], lastVersion: NUMBER }, `version ${description}`);
  };

  const defineAlias = ({ name, description, routes: given }: AliasProperties): void => {
    const routes = routesOf(given);
    const at = ground.scheduler.now();
    const alias: Alias = { name, routes, description, at, updatedAt: at };
    deployed(withAlias(machineOfRoutes(store, routes), alias), `alias ${name} ${JSON.stringify(routes)} ${description}`);
  };

  return { define, defineVersion, defineAlias };
};
