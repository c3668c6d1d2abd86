import { createHash } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error.ts';
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

export type Arguments = Readonly<Record<string, unknown>>;

/** Who asks: the machine's role, and a text that names the execution and its task. */
export interface Asker {
  readonly roleArn: string;
  readonly origin: string;
}

export type Do = (doing: Doing, given: Arguments, asker: Asker) => Promise<Answer>;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const invoked = async ({ ground, invoke }: Doing, name: string, payload: unknown, roleArn: string): Promise<InvokeOutcome> =>
  invoke(functionArn(ground, name), payload ?? {}, roleArn);

/** A refusal of a service, named as the integration names it: `DynamoDB.ConditionalCheckFailedException`. */
export const failureOf = (error: unknown, prefix: string): Answer => {
  const { name, message } = error instanceof Error ? error : { name: 'Unknown', message: String(error) };
  const named = name.endsWith('Exception') ? name : `${name}Exception`;
  return { ok: false, error: `${prefix}.${named}`, cause: `${message} (Service: ${prefix}, Status Code: 400)` };
};

/** An action whose refusals carry the service's prefix. */
const named =
  (prefix: string, act: Do): Do =>
  (...asked) =>
    act(...asked).catch((error: unknown) => failureOf(error, prefix));

const invokeFunction: Do = async (doing, given, { roleArn }) => {
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

const putEvents: Do = async ({ call }, given, { roleArn }) => {
  const entries = (given['Entries'] as Arguments[] | undefined) ?? [];
  const output = await call(roleArn, 'events', 'PutEvents', {
    Entries: entries.map((entry) => ({ ...entry, Detail: text(entry['Detail']) })),
  });
  if (!output['FailedEntryCount']) return { ok: true, output };
  return { ok: false, error: 'EventBridge.FailedEntry', cause: JSON.stringify(output) };
};

const sendMessage: Do = async ({ call }, given, { roleArn }) => ({
  ok: true,
  output: await call(roleArn, 'sqs', 'SendMessage', { ...given, MessageBody: text(given['MessageBody']) }),
});

/** A name drawn from the task itself: an order that a crash repeats finds the child that is there. */
const nameFor = (origin: string): string => createHash('sha256').update(origin).digest('hex').slice(0, 36);

const startChild: Do = async ({ call, ground }, given, { roleArn, origin }) => {
  const { StateMachineArn, Name, Input } = given;
  const request = { stateMachineArn: StateMachineArn, name: Name ?? nameFor(origin), input: text(Input ?? {}) };
  try {
    const { executionArn, startDate } = await call(roleArn, 'states', 'StartExecution', request);
    return { ok: true, output: { ExecutionArn: executionArn, StartDate: startDate } };
  } catch (error) {
    if (Name !== undefined || !(error instanceof AwsError) || error.name !== 'ExecutionAlreadyExists') throw error;
    const ExecutionArn = error.message.slice(error.message.indexOf("'") + 1, -1);
    return { ok: true, output: { ExecutionArn, StartDate: ground.scheduler.now() / 1000 } };
  }
};

const item =
  (operation: string): Do =>
  async ({ call }, given, { roleArn }) => ({ ok: true, output: await call(roleArn, 'dynamodb', operation, { ...given }) });

interface Action {
  readonly does: Do;
  /** Has a `.waitForTaskToken` form. */
  readonly tokens?: true;
  /** Has a `.sync` form. */
  readonly child?: true;
}

/** The optimised integrations that are done here. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  'lambda:invoke': { does: named('Lambda', invokeFunction), tokens: true },
  'events:putEvents': { does: named('EventBridge', putEvents), tokens: true },
  'sqs:sendMessage': { does: named('SQS', sendMessage), tokens: true },
  'states:startExecution': { does: named('StepFunctions', startChild), tokens: true, child: true },
  'dynamodb:getItem': { does: named('DynamoDB', item('GetItem')) },
  'dynamodb:putItem': { does: named('DynamoDB', item('PutItem')) },
  'dynamodb:updateItem': { does: named('DynamoDB', item('UpdateItem')) },
  'dynamodb:deleteItem': { does: named('DynamoDB', item('DeleteItem')) },
};
