import { createFunctions, type Functions, type FunctionsOptions, type Streams } from '../../../../local/engines/functions/functions.ts';
import { createQueues, type Queues } from '../../../../local/engines/queues/queues.ts';
import type { Call } from '../../../../local/kernel/engine.ts';
import type { Create, Runtime } from '../../../../shared/lambda/runtime.ts';
import { createGround, type TestGround } from '../queues/ground.ts';

export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
export const streamArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/journal/stream/2026';

/** Counts its cold starts in what it answers. */
export const counting = (): Create<never, unknown> => {
  let environments = 0;
  return () => {
    environments += 1;
    const mine = environments;
    return async () => mine;
  };
};

export interface FakeStreams extends Streams {
  add(...texts: string[]): void;
  trimmed: number;
}

/** A stream of one table as the DynamoDB engine offers it. */
export const createStreams = (): FakeStreams => {
  const records: { text: string; dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number; Keys: object } }[] = [];
  const listeners: (() => void)[] = [];
  const streams: FakeStreams = {
    trimmed: 0,
    add: (...texts) => {
      for (const text of texts)
        records.push({
          text,
          dynamodb: {
            SequenceNumber: String(records.length + 1).padStart(21, '0'),
            ApproximateCreationDateTime: 1_767_225_600,
            Keys: { pk: { S: text.split(':')[0] } },
          },
        });
      for (const listener of listeners) listener();
    },
    readStream: (_table, after, limit) => records.slice(after, after + limit),
    onStream: (_table, listener) => {
      listeners.push(listener);
      return () => {};
    },
    trimStream: (_table, upTo) => {
      streams.trimmed = upTo;
    },
  };
  return streams;
};

export interface Bench {
  ground: TestGround;
  queues: Queues;
  streams: FakeStreams;
  functions: Functions;
  logs: object[];
}

type Handlers = Record<string, Create<never, unknown>>;

const TIMEOUT_SECONDS = 10;

/** Queues, streams and functions on one virtual clock; the name of a handler is the name of its function. */
export const createBench = (
  handlers: Handlers,
  {
    call,
    ground = createGround(),
    streams = createStreams(),
    ...options
  }: FunctionsOptions & { call?: Call; ground?: TestGround; streams?: FakeStreams } = {},
): Bench => {
  const queues = createQueues(ground);
  const logs: object[] = [];
  const functions = createFunctions(
    ground,
    {
      load: (_assetPath, name) => Promise.resolve({ create: handlers[name] as Create }),
      call: call ?? (() => Promise.resolve({})),
      queues,
      streams,
      logSink: (_name, line) => logs.push(line),
    },
    options,
  );
  for (const name of Object.keys(handlers))
    functions.defineFunction({
      FunctionName: name,
      Handler: name,
      Role: 'arn:aws:iam::000000000000:role/f',
      assetPath: '.',
      Timeout: TIMEOUT_SECONDS,
      MemorySize: 256,
    });
  return { ground, queues, streams, functions, logs };
};

/** A handler that needs nothing of its runtime. */
export const handler =
  (run: (event: never, context: never) => unknown): Create<never, unknown> =>
  (_runtime: Runtime) =>
  async (event, context) =>
    run(event, context as never);
