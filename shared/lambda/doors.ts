import { setTimeout } from 'node:timers/promises';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { errorFields, powertoolsSink, say } from './log.ts';
import type { Runtime } from './runtime.ts';

/** An event as EventBridge delivers it through a queue. */
export const BusEvent = z.looseObject({
  id: z.string(),
  'detail-type': z.string(),
  source: z.string(),
  account: z.string().optional(),
  time: z.string(),
  detail: z.unknown(),
});
export type BusEvent = z.infer<typeof BusEvent>;

/** middy's early-timeout timer is off: Lambda's own timeout rules, and no timer runs outside the clock that was handed in. */
const NO_TIMERS = { timeoutEarlyInMillis: 0 };

const sayFailure = (runtime: Runtime) => ({
  onError: (request: { error: unknown }) => {
    say(runtime.log, 'error', 'invocation.failed', errorFields(request.error));
  },
});

/** A door for a queue: each message alone, and only those that failed are delivered again. */
export const sqsDoor = (runtime: Runtime, handle: (event: BusEvent, record: SQSRecord) => Promise<void>) => {
  const processor = new BatchProcessor(EventType.SQS);
  const one = async (record: SQSRecord): Promise<void> => {
    try {
      await handle(BusEvent.parse(JSON.parse(record.body)), record);
    } catch (error) {
      say(runtime.log, 'warn', 'message.failed', { messageId: record.messageId, ...errorFields(error) });
      throw error;
    }
  };
  const handler = middy<SQSEvent, SQSBatchResponse>(NO_TIMERS)
    .use(sayFailure(runtime))
    .handler((event) => processPartialResponse(event, one, processor, { throwOnFullBatchFailure: false }));
  return open<SQSEvent, SQSBatchResponse>(handler);
};

/** A message as a queue delivered it, with the event it carries. */
export interface Delivery {
  readonly raw: BusEvent;
  readonly record: SQSRecord;
}

/** Ids of the messages that are to be delivered again; it throws where it cannot tell which. */
export type HandleBatch = (deliveries: readonly Delivery[]) => Promise<readonly string[]>;

/** What failed, of these: asked together first, and one by one where one of them spoils it for the others. */
const failedOf = async (runtime: Runtime, handle: HandleBatch, deliveries: readonly Delivery[]): Promise<readonly string[]> => {
  try {
    return deliveries.length > 0 ? await handle(deliveries) : [];
  } catch (error) {
    const [first, ...others] = deliveries;
    if (first && others.length === 0) {
      say(runtime.log, 'warn', 'message.failed', { messageId: first.record.messageId, ...errorFields(error) });
      return [first.record.messageId];
    }
    say(runtime.log, 'warn', 'batch.failed', { messages: deliveries.length, ...errorFields(error) });
  }
  const failed: string[] = [];
  for (const delivery of deliveries) failed.push(...(await failedOf(runtime, handle, [delivery])));
  return failed;
};

/** A door for a queue whose messages are handled together: what cannot be read, or fails by itself, fails alone. */
export const sqsBatchDoor = (runtime: Runtime, handle: HandleBatch) => {
  const readable = (record: SQSRecord): Delivery[] => {
    try {
      return [{ raw: BusEvent.parse(JSON.parse(record.body)), record }];
    } catch (error) {
      say(runtime.log, 'warn', 'message.failed', { messageId: record.messageId, ...errorFields(error) });
      return [];
    }
  };
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const deliveries = Records.flatMap(readable);
    const read = new Set(deliveries.map(({ record }) => record.messageId));
    const unreadable = Records.map(({ messageId }) => messageId).filter((id) => !read.has(id));
    const failed = [...unreadable, ...(await failedOf(runtime, handle, deliveries))];
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
};

/** A door for a state machine: the command is parsed by its contract before anything is done. */
export const taskDoor = <Command, Result>(runtime: Runtime, schema: z.ZodType<Command>, perform: (command: Command) => Promise<Result>) =>
  open<unknown, Result>(
    middy<unknown, Result>(NO_TIMERS)
      .use(sayFailure(runtime))
      .handler((event) => perform(schema.parse(event))),
  );

type Handler<Event, Result> = (event: Event, context?: unknown) => Promise<Result>;

const open = <Event, Result>(handler: unknown): Handler<Event, Result> => {
  const call = handler as (event: Event, context: unknown) => Promise<Result>;
  return (event, context) => call(event, context ?? {});
};

/** Lambda's own runtime: the process's clock, chance, configuration and network. */
export const awsRuntime = (): Runtime => ({
  env: process.env,
  clock: { now: () => Date.now() },
  random: () => Math.random(),
  pause: (ms) => setTimeout(ms),
  log: powertoolsSink(process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'swoe'),
});

/** The `handler` that Lambda calls: made on its first invocation, so that a local run may import the room without touching AWS. */
export const lazily = <Event, Result>(create: (runtime: Runtime) => Handler<Event, Result>): Handler<Event, Result> => {
  let made: Handler<Event, Result> | undefined;
  return (event, context) => {
    made ??= create(awsRuntime());
    return made(event, context);
  };
};

/** A value of the function's configuration that the template must have set. */
export const setting = (runtime: Runtime, name: string): string => {
  const value = runtime.env[name];
  if (!value) throw new Error(`${name} is not set: the template of this function must set it`);
  return value;
};
