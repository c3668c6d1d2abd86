import type { TaskOrder } from '../../../statemachines/interpret/protocol.ts';
import { integrationOf } from '../../../statemachines/interpret/states/task.ts';
import { ACTIONS, type Answer, type Do, type Doing, failureOf, invoked } from './actions.ts';
import { sdkAction } from './sdk.ts';

export type { Answer, Doing, InvokeAs } from './actions.ts';

/** `startExecution.sync:2` → the action and how it waits. */
const HOW = /^(.+?)(\.waitForTaskToken|\.sync(?::2)?)?$/;

const FUNCTION = /^arn:[^:]+:lambda:/;

interface Known {
  readonly does: Do;
  /** How the task waits beyond its call: for a token, for a child's end, or not at all. */
  readonly waits: 'token' | 'child' | undefined;
}

const knownAction = (resource: string): Known | undefined => {
  const { resourceType, resource: full } = integrationOf(resource);
  const [, action = '', how] = HOW.exec(full) ?? [];
  if (resourceType.startsWith('aws-sdk:')) {
    const does = sdkAction(resourceType.slice('aws-sdk:'.length), action);
    return does && !how?.startsWith('.sync') ? { does, waits: how ? 'token' : undefined } : undefined;
  }
  const known = ACTIONS[`${resourceType}:${action}`];
  if (!known) return undefined;
  if (how === undefined) return { does: known.does, waits: undefined };
  if (how === '.waitForTaskToken') return known.tokens ? { does: known.does, waits: 'token' } : undefined;
  return known.child ? { does: known.does, waits: 'child' } : undefined;
};

/** Whether a task is over only when the execution it started is. */
export const waitsForChild = (resource: string): boolean => /\.sync(:2)?$/.test(resource);

/** Why this machine cannot run a resource; undefined when it can. */
export const unsupported = (resource: string): string | undefined =>
  FUNCTION.test(resource) || knownAction(resource)
    ? undefined
    : `the local run does not do ${resource}; it does ${Object.keys(ACTIONS).join(', ')} and aws-sdk calls of the services it runs`;

/** Does a task order as the machine's role. Never throws: a failing call is an answer. */
export const integrate = async (doing: Doing, order: TaskOrder, roleArn: string, origin: string): Promise<Answer> => {
  const { resource, arguments: given } = order;
  if (FUNCTION.test(resource)) {
    const outcome = await invoked(doing, resource, given, roleArn).catch((error: unknown) => failureOf(error, 'Lambda'));
    return 'payload' in outcome ? { ok: true, output: outcome.payload ?? null } : (outcome as Answer);
  }
  const action = knownAction(resource);
  if (!action) return { ok: false, error: 'States.Runtime', cause: `The local run does not do ${resource}.` };
  return action.does(doing, given as Readonly<Record<string, unknown>>, { roleArn, origin });
};
