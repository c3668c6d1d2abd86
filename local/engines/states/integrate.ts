import type { TaskOrder } from '../../../statemachines/interpret/protocol.ts';
import { integrationOf } from '../../../statemachines/interpret/states/task.ts';
import type { Call, Ground, InvokeOutcome } from '../../kernel/engine.ts';
import { functionArn } from './names.ts';

/** `principal` is the machine's role; an `Invoke` that checks no policies may ignore it. */
export type InvokeAs = (functionArn: string, payload: unknown, principal: string) => Promise<InvokeOutcome>;

export type Answer = { ok: true; output: unknown } | { ok: false; error: string; cause: string };

export interface Doing {
  readonly ground: Ground;
  readonly invoke: InvokeAs;
  readonly call: Call;
}

type Arguments = Readonly<Record<string, unknown>>;
type Do = (doing: Doing, given: Arguments, roleArn: string) => Promise<Answer>;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const invoked = async ({ ground, invoke }: Doing, name: string, payload: unknown, roleArn: string): Promise<InvokeOutcome> =>
  invoke(functionArn(ground, name), payload ?? {}, roleArn);

const invokeFunction: Do = async (doing, given, roleArn) => {
  const outcome = await invoked(doing, String(given['FunctionName']), given['Payload'], roleArn);
  if (!outcome.ok) return outcome;
  const RequestId = doing.ground.scheduler.uuid();
  const HttpHeaders = { 'Content-Type': 'application/json', 'X-Amz-Executed-Version': '$LATEST', 'x-amzn-RequestId': RequestId };
  return {
    ok: true,
    output: {
      ExecutedVersion: '$LATEST',
      Payload: outcome.payload ?? null,
      SdkHttpMetadata: { HttpHeaders, HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId },
      StatusCode: 200,
    },
  };
};

const putEvents: Do = async ({ call }, given, roleArn) => {
  const entries = (given['Entries'] as Arguments[] | undefined) ?? [];
  const output = await call(roleArn, 'events', 'PutEvents', {
    Entries: entries.map((entry) => ({ ...entry, Detail: text(entry['Detail']) })),
  });
  if (!output['FailedEntryCount']) return { ok: true, output };
  return { ok: false, error: 'EventBridge.FailedEntry', cause: JSON.stringify(output) };
};

const startChild: Do = async ({ call }, given, roleArn) => {
  const { StateMachineArn, Name, Input } = given;
  const request = { stateMachineArn: StateMachineArn, name: Name, input: text(Input ?? {}) };
  const { executionArn, startDate } = await call(roleArn, 'states', 'StartExecution', request);
  return { ok: true, output: { ExecutionArn: executionArn, StartDate: startDate } };
};

const item =
  (operation: string): Do =>
  async ({ call }, given, roleArn) => ({ ok: true, output: await call(roleArn, 'dynamodb', operation, { ...given }) });

const ACTIONS: Readonly<Record<string, { does: Do; errors: string }>> = {
  'lambda:invoke': { does: invokeFunction, errors: 'Lambda' },
  'events:putEvents': { does: putEvents, errors: 'EventBridge' },
  'states:startExecution': { does: startChild, errors: 'StepFunctions' },
  'dynamodb:getItem': { does: item('GetItem'), errors: 'DynamoDB' },
  'dynamodb:putItem': { does: item('PutItem'), errors: 'DynamoDB' },
  'dynamodb:updateItem': { does: item('UpdateItem'), errors: 'DynamoDB' },
  'dynamodb:deleteItem': { does: item('DeleteItem'), errors: 'DynamoDB' },
};

const TOKENS = '.waitForTaskToken';
const TAKE_TOKENS = new Set(['lambda:invoke', 'events:putEvents', 'states:startExecution']);

const FUNCTION = /^arn:[^:]+:lambda:/;

/** Why this machine cannot run a resource; undefined when it can. */
export const unsupported = (resource: string): string | undefined => {
  if (FUNCTION.test(resource)) return undefined;
  const { resourceType, resource: full } = integrationOf(resource);
  const action = `${resourceType}:${full.replace(TOKENS, '')}`;
  const known = ACTIONS[action] && (!full.endsWith(TOKENS) || TAKE_TOKENS.has(action));
  return known ? undefined : `the local run does not do ${resource}; it does ${Object.keys(ACTIONS).join(', ')}`;
};

const failureOf = (error: unknown, prefix: string): Answer => {
  const { name, message } = error instanceof Error ? error : { name: 'Unknown', message: String(error) };
  const named = name.endsWith('Exception') ? name : `${name}Exception`;
  return { ok: false, error: `${prefix}.${named}`, cause: `${message} (Service: ${prefix}, Status Code: 400)` };
};

/** Does a task order as the machine's role. Never throws: a failing call is an answer. */
export const integrate = async (doing: Doing, { resource, arguments: given }: TaskOrder, roleArn: string): Promise<Answer> => {
  if (FUNCTION.test(resource)) {
    const outcome = await invoked(doing, resource, given, roleArn).catch((error: unknown) => failureOf(error, 'Lambda'));
    return 'payload' in outcome ? { ok: true, output: outcome.payload ?? null } : (outcome as Answer);
  }
  const { resourceType, resource: full } = integrationOf(resource);
  const action = ACTIONS[`${resourceType}:${full.replace(TOKENS, '')}`];
  if (!action) return { ok: false, error: 'States.Runtime', cause: `The local run does not do ${resource}.` };
  return action.does(doing, given as Arguments, roleArn).catch((error: unknown) => failureOf(error, action.errors));
};
