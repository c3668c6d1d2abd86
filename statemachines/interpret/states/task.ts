import { uuidOf } from '../chance.ts';
import { faultOf, tell, WHOLE } from '../chronicle.ts';
import { dataOf } from '../data.ts';
import type { Active, Execution, Task } from '../execution.ts';
import { StateFailure } from '../failure.ts';
import { succeed } from '../flow.ts';
import { dropTask, startTimer } from '../timers.ts';
import { filledOf, wholeOf } from '../values.ts';

const MAX_SECONDS = 99_999_999;

const FUNCTION = /^arn:[^:]+:lambda:/;

type Integration = Readonly<Record<'resourceType' | 'resource', string>>;

/** By resource: there are as many as definitions name. */
const INTEGRATIONS = new Map<string, Integration>();

/** The last part is the action; the colon in `.sync:2` parts nothing. */
const ACTION = /^(.+?):([^:]+?(?:\.sync:2)?)$/;

/** `arn:aws:states:::lambda:invoke.waitForTaskToken` → `lambda` and `invoke.waitForTaskToken`, as history tells them. */
export const integrationOf = (resource: string): Integration => {
  const known = INTEGRATIONS.get(resource);
  if (known) return known;
  const [, resourceType = '', action = ''] = ACTION.exec(resource.split(':').slice(5).join(':')) ?? [];
  const integration = { resourceType, resource: action };
  INTEGRATIONS.set(resource, integration);
  return integration;
};

const waitsForToken = (resource: string): boolean => resource.endsWith('.waitForTaskToken');

/** Names the execution and the task, so a token can be found without a table; the UUID makes it unguessable. */
const tokenOf = (execution: Execution, task: number): string =>
  Buffer.from(`${execution.start.executionArn}#${task}#${uuidOf(execution.chance)}`).toString('base64');

/** What an answered token says of its task; undefined for text that never was a token. */
export const readToken = (token: string): { executionArn: string; task: number } | undefined => {
  const [executionArn, task, uuid] = Buffer.from(token, 'base64').toString().split('#');
  return executionArn?.startsWith('arn:') && task && /^\d+$/.test(task) && uuid ? { executionArn, task: Number(task) } : undefined;
};

const tellScheduled = (execution: Execution, { frame, state }: Active, parameters: string, more: Record<string, unknown>): void => {
  const resource = state.resource ?? '';
  if (FUNCTION.test(resource)) {
    tell(execution, frame, 'LambdaFunctionScheduled', { resource, input: parameters, inputDetails: WHOLE, ...more });
    tell(execution, frame, 'LambdaFunctionStarted');
    return;
  }
  const { region } = execution.start;
  tell(execution, frame, 'TaskScheduled', { ...integrationOf(resource), region, parameters, ...more });
  tell(execution, frame, 'TaskStarted', integrationOf(resource));
};

const watch = (execution: Execution, active: Active, seconds: number | undefined, why: 'timeout' | 'heartbeat'): number | undefined =>
  seconds === undefined ? undefined : startTimer(execution, execution.now + seconds * 1000, { why, active });

/** History tells of credentials the role alone. */
const roleIn = (credentials: unknown): Record<string, unknown> => {
  const { RoleArn: roleArn } = Object(credentials) as { RoleArn?: unknown };
  return typeof roleArn === 'string' ? { taskCredentials: { roleArn } } : {};
};

/** Asks the world for a task and starts its clocks. */
export const task = async (execution: Execution, active: Active): Promise<void> => {
  const { state } = active;
  const resource = state.resource ?? '';
  execution.serial += 1;
  const number = execution.serial;
  active.token = waitsForToken(resource) ? tokenOf(execution, number) : undefined;
  const parameters = dataOf(
    state.arguments ? await filledOf(execution, active, state.arguments) : FUNCTION.test(resource) ? active.input.value : {},
    `The state '${state.name}' passed arguments`,
  );
  const credentials = state.credentials && (await filledOf(execution, active, state.credentials));
  const timeoutInSeconds = await wholeOf(execution, active, state.timeout, 1, MAX_SECONDS);
  const heartbeatInSeconds = await wholeOf(execution, active, state.heartbeat, 1, MAX_SECONDS);
  tellScheduled(execution, active, parameters.json, {
    ...(timeoutInSeconds === undefined ? {} : { timeoutInSeconds }),
    ...(heartbeatInSeconds === undefined || FUNCTION.test(resource) ? {} : { heartbeatInSeconds }),
    ...roleIn(credentials),
  });
  const order = {
    task: number,
    resource,
    arguments: parameters.value,
    ...(credentials ? { credentials } : {}),
    ...(active.token ? { token: active.token } : {}),
  };
  active.task = {
    order,
    kind: FUNCTION.test(resource) ? 'function' : 'task',
    submitted: false,
    timeout: watch(execution, active, timeoutInSeconds, 'timeout'),
    timeoutSeconds: timeoutInSeconds,
    heartbeat: watch(execution, active, heartbeatInSeconds, 'heartbeat'),
    heartbeatSeconds: heartbeatInSeconds,
  };
  execution.tasks.set(number, active);
  execution.effects.push({ kind: 'schedule', order });
};

const tellOf = (execution: Execution, active: Active, { kind, order }: Task, what: string, details: Record<string, unknown>): void => {
  if (kind === 'function') tell(execution, active.frame, `LambdaFunction${what}`, details);
  else tell(execution, active.frame, `Task${what}`, { ...integrationOf(order.resource), ...details });
};

export const submitted = (execution: Execution, active: Active, output: unknown): void => {
  if (!active.task || active.task.submitted) return;
  active.task.submitted = true;
  active.task.submission = output;
  const { json } = dataOf(output, 'The task was submitted');
  tellOf(execution, active, active.task, 'Submitted', { output: json, outputDetails: WHOLE });
};

export const failed = (execution: Execution, active: Active, error: string | undefined, cause: string | undefined): never => {
  if (active.task) tellOf(execution, active, active.task, 'Failed', faultOf(error, cause));
  dropTask(execution, active);
  throw new StateFailure(error, cause);
};

export const succeeded = async (execution: Execution, active: Active, output: unknown): Promise<void> => {
  const { task: done } = active;
  if (!done) return;
  try {
    const result = dataOf(output, `The state/task '${done.order.resource}' returned a result`);
    tellOf(execution, active, done, 'Succeeded', { output: result.json, outputDetails: WHOLE });
    dropTask(execution, active);
    return await succeed(execution, active, result);
  } catch (error) {
    if (active.task && error instanceof StateFailure) return failed(execution, active, error.error, error.failureCause);
    throw error;
  }
};

/** Its deadline or heartbeat passed: the world is told that nobody waits any more. */
export const timedOut = (execution: Execution, active: Active, why: 'timeout' | 'heartbeat'): never => {
  const error = why === 'heartbeat' ? 'States.HeartbeatTimeout' : 'States.Timeout';
  if (active.task) tellOf(execution, active, active.task, 'TimedOut', { error });
  dropTask(execution, active, true);
  throw new StateFailure(error, undefined);
};

export const heartbeat = (execution: Execution, active: Active): void => {
  const { task: alive } = active;
  if (alive?.heartbeat === undefined) return;
  if (execution.timers.delete(alive.heartbeat)) execution.effects.push({ kind: 'cancel-timer', timer: alive.heartbeat });
  alive.heartbeat = watch(execution, active, alive.heartbeatSeconds, 'heartbeat');
};
