import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../../kernel/aws-error.ts';
import { put } from '../change.ts';
import { type Alias, aliasArn, type Route, type StateMachine, versionArn } from '../machine.ts';
import { optionalText, seconds, textOf } from '../names.ts';
import { living, machineAt, type Store, splitArn } from '../store.ts';
import { type Operation, page, type Wire } from './context.ts';

/** Aliases: names that lead to one or two versions by weight. */

const NAME = /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]{1,80}$/;
const MOST = 100;

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

/** One or two routes to versions of one machine, weighing 100 together. */
export const routesOf = (given: unknown): Route[] => {
  const routes = (Array.isArray(given) ? given : []).map(
    (route: Wire): Route => ({
      stateMachineVersionArn: String(route['stateMachineVersionArn']),
      weight: Number(route['weight']),
    }),
  );
  if (routes.length < 1 || routes.length > 2) throw invalid('An alias routes to one or two versions.');
  if (routes.some(({ weight }) => !Number.isInteger(weight) || weight < 0) || routes.reduce((sum, { weight }) => sum + weight, 0) !== 100)
    throw invalid('The sum of the weights in the routing configuration must be equal to 100.');
  const machines = new Set(routes.map(({ stateMachineVersionArn }) => splitArn(stateMachineVersionArn).arn));
  if (machines.size > 1) throw invalid('The routing configuration must reference versions of one state machine.');
  if (routes[0]?.stateMachineVersionArn === routes[1]?.stateMachineVersionArn) throw invalid('The routes must lead to different versions.');
  return routes;
};

/** The machine whose versions the routes lead to, all of which are there. */
export const machineOfRoutes = (store: Store, routes: readonly Route[]): StateMachine => {
  const machine = living(machineAt(store, routes[0]?.stateMachineVersionArn ?? ''));
  for (const { stateMachineVersionArn: arn } of routes) {
    if (!machine.versions.some(({ number }) => versionArn(machine, number) === arn))
      throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
  }
  return machine;
};

const aliasAt = (store: Store, arn: string): { machine: StateMachine; alias: Alias } => {
  const { arn: of, qualifier } = splitArn(arn);
  const machine = store.machines.get(of);
  const alias = machine?.aliases.find(({ name }) => name === qualifier);
  if (!machine || !alias) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
  return { machine, alias };
};

export const withAlias = (machine: StateMachine, alias: Alias): StateMachine => ({
  ...machine,
  aliases: [...machine.aliases.filter(({ name }) => name !== alias.name), alias].sort((a, b) => (a.name < b.name ? -1 : 1)),
});

export const createStateMachineAlias: Operation = async (context, input) => {
  const { store, ground } = context;
  const name = textOf(input, 'name');
  if (!NAME.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  const routes = routesOf(input['routingConfiguration']);
  const machine = machineOfRoutes(store, routes);
  const description = optionalText(input, 'description');
  const known = machine.aliases.find((alias) => alias.name === name);
  if (known && !(isDeepStrictEqual(known.routes, routes) && known.description === description))
    throw new AwsError('ConflictException', `The alias ${name} of ${machine.arn} exists with another configuration: update it instead.`);
  if (!known && machine.aliases.length >= MOST)
    throw new AwsError('ServiceQuotaExceededException', `A machine has at most ${MOST} aliases.`);
  const at = known?.at ?? ground.scheduler.now();
  if (!known) put(context, withAlias(machine, { name, routes, at, updatedAt: at, ...(description === undefined ? {} : { description }) }));
  await ground.log.settled();
  return { stateMachineAliasArn: aliasArn(machine, name), creationDate: seconds(at) };
};

export const updateStateMachineAlias: Operation = async (context, input) => {
  const { store, ground } = context;
  const { machine, alias } = aliasAt(store, textOf(input, 'stateMachineAliasArn'));
  const description = optionalText(input, 'description');
  const given = input['routingConfiguration'];
  if (description === undefined && given === undefined) throw invalid('Specify a description or a routing configuration.');
  const routes = given === undefined ? alias.routes : routesOf(given);
  if (machineOfRoutes(store, routes) !== machine) throw invalid('An alias leads to versions of its own state machine.');
  const updatedAt = ground.scheduler.now();
  put(context, withAlias(machine, { ...alias, routes, updatedAt, ...(description === undefined ? {} : { description }) }));
  await ground.log.settled();
  return { updateDate: seconds(updatedAt) };
};

export const describeStateMachineAlias: Operation = async ({ store }, input) => {
  const { machine, alias } = aliasAt(store, textOf(input, 'stateMachineAliasArn'));
  const { name, description, routes, at, updatedAt } = alias;
  return {
    stateMachineAliasArn: aliasArn(machine, name),
    name,
    ...(description === undefined ? {} : { description }),
    routingConfiguration: routes,
    creationDate: seconds(at),
    updateDate: seconds(updatedAt),
  };
};

/** All of a machine, or those that lead to the version named. */
export const listStateMachineAliases: Operation = async ({ store }, input) => {
  const arn = textOf(input, 'stateMachineArn');
  const machine = machineAt(store, arn);
  const { qualifier } = splitArn(arn);
  const led = machine.aliases.filter(({ routes }) => !qualifier || routes.some((route) => route.stateMachineVersionArn === arn));
  const { items, ...rest } = page(led, input);
  return {
    stateMachineAliases: items.map(({ name, at }) => ({ stateMachineAliasArn: aliasArn(machine, name), creationDate: seconds(at) })),
    ...rest,
  };
};

export const deleteStateMachineAlias: Operation = async (context, input) => {
  const { machine, alias } = aliasAt(context.store, textOf(input, 'stateMachineAliasArn'));
  put(context, { ...machine, aliases: machine.aliases.filter((one) => one !== alias) });
  await context.ground.log.settled();
  return {};
};
