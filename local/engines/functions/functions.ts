import type { Create, Runtime } from '../../../shared/lambda/runtime.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Call, Ground, Invoke, InvokeOutcome, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import type { Queues } from '../queues/queues.ts';
import { type AsyncRecord, createAsyncInvocations, type FailurePolicy } from './async-invocations.ts';
import { type CheckpointRecord, createCheckpoints } from './checkpoints.ts';
import {
  type FunctionProperties,
  functionNameOf,
  functionOf,
  type InvokeConfigProperties,
  isQueue,
  type Mapping,
  type MappingProperties,
  mappingOf,
} from './definition.ts';
import { discardBody } from './discard.ts';
import { createPool, type Pool } from './pool.ts';
import { createQueuePoller, type Poller } from './queue-mapping.ts';
import { serving } from './serve.ts';
import { createStreamPoller, type Streams } from './stream-mapping.ts';

export type { FunctionProperties, InvokeConfigProperties, MappingProperties } from './definition.ts';
export type { Streams } from './stream-mapping.ts';

export interface FunctionsDeps {
  /** Makes a bundle's factory known; asked again at every cold start, so it should remember. */
  load: (assetPath: string, handlerName: string) => Promise<{ create: Create }>;
  call: Call;
  queues: Pick<Queues, 'take' | 'settle' | 'onVisible' | 'counts' | 'send'>;
  streams: Streams;
  logSink: (functionName: string, line: object) => void;
}

export interface FunctionsOptions {
  /** Environments of one function at once, where it reserves none. */
  concurrency?: number;
  jwks?: Runtime['jwks'];
}

export interface Functions extends Durable {
  defineFunction(properties: FunctionProperties): void;
  defineMapping(properties: MappingProperties): void;
  defineInvokeConfig(properties: InvokeConfigProperties): void;
  serve: Serve;
  /** Waits for the result. Takes an ARN (with or without a qualifier) or a name. */
  invoke: Invoke;
  /** Accepts in this very turn; retried twice, then sent to the failure destination and the dead-letter queue. The caller settles. */
  invokeAsync(functionArn: string, payload: unknown): void;
  /** Makes the next invocations cold starts. */
  dropEnvironments(functionName?: string): void;
  /** Nothing runs, waits to run or lies where a poller would take it. Failed messages sleeping out their timeout do not count. */
  isIdle(): boolean;
  idle(): Promise<void>;
}

const LOCAL_CONCURRENCY = 10;
const ASYNC_RETRIES = 2;

/** The Lambda of the local run: execution environments made by the handlers' own factories, and the pollers that feed them. */
export const createFunctions = (ground: Ground, deps: FunctionsDeps, options: FunctionsOptions = {}): Functions => {
  const { scheduler, log, region, account } = ground;
  const pools = new Map<string, Pool>();
  const mappings = new Map<string, Mapping>();
  const configs = new Map<string, InvokeConfigProperties>();
  const pollers: Poller[] = [];
  const idlers: (() => void)[] = [];

  const isIdle = (): boolean =>
    asyncs.pending() === 0 && [...pools.values()].every((pool) => pool.busy() === 0) && pollers.every((poller) => poller.idle());
  /** Asked in a turn of its own, when whoever just ended has done all it does. */
  const ended = (): void => {
    if (idlers.length === 0) return;
    scheduler.after(0, () => {
      if (isIdle()) for (const resolve of idlers.splice(0)) resolve();
    });
  };

  const invoke = async (functionArn: string, payload: unknown): Promise<InvokeOutcome> => {
    const pool = pools.get(functionNameOf(functionArn));
    if (pool) return pool.invoke(payload);
    return { ok: false, error: 'Lambda.ResourceNotFoundException', cause: `Function not found: ${functionArn}` };
  };

  const policy = (functionName: string): FailurePolicy => {
    const config = configs.get(functionName);
    const definition = pools.get(functionName)?.definition;
    return {
      functionArn: `${definition?.arn ?? functionName}:$LATEST`,
      maximumRetries: Number(config?.MaximumRetryAttempts ?? ASYNC_RETRIES),
      destinationArn: config?.DestinationConfig?.OnFailure?.Destination,
      deadLetterArn: definition?.deadLetterArn,
    };
  };
  const asyncs = createAsyncInvocations(ground, { invoke, policy, send: deps.queues.send, ended });
  const checkpoints = createCheckpoints(log, deps.streams, () => mappings.values());

  const pollerOf = (mapping: Mapping): Poller => {
    if (isQueue(mapping)) return createQueuePoller(mapping, ground, { queues: deps.queues, invoke, ended });
    return createStreamPoller(mapping, ground, {
      streams: deps.streams,
      invoke,
      checkpoint: () => checkpoints.of(mapping),
      advance: (to) => checkpoints.advance(mapping, to),
      discard: (batch, tries, outcome) => {
        if (mapping.onFailureArn) deps.queues.send(mapping.onFailureArn, discardBody(mapping, batch, tries, outcome, ground));
      },
      ended,
    });
  };

  const invokeAsync = (functionArn: string, payload: unknown): void => {
    const name = functionNameOf(functionArn);
    if (!pools.has(name)) throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn}`);
    asyncs.accept(name, payload);
  };
  const served = serving({
    functions: () => [...pools.values()].map(({ definition }) => definition),
    mappings: () => [...mappings.values()],
    invoke,
    invokeAsync,
    settled: () => log.settled(),
  });

  return {
    name: 'functions',
    defineFunction: (properties) => {
      const definition = functionOf(properties, region, account);
      const known = pools.get(definition.name);
      if (known) known.definition = definition;
      else
        pools.set(
          definition.name,
          createPool(definition, ground, { ...deps, jwks: options.jwks, concurrency: options.concurrency ?? LOCAL_CONCURRENCY, ended }),
        );
    },
    defineMapping: (properties) => {
      const mapping = mappingOf(properties);
      mappings.set(mapping.id, mapping);
    },
    defineInvokeConfig: (properties) => {
      configs.set(functionNameOf(properties.FunctionName), properties);
    },
    serve: async (operation, input) => {
      const run = Object.hasOwn(served, operation) ? served[operation] : undefined;
      if (!run) throw new AwsError('UnknownOperationException', `The local Lambda does not serve ${operation}.`);
      return run(input);
    },
    invoke,
    invokeAsync,
    dropEnvironments: (functionName) => {
      for (const [name, pool] of pools) if (functionName === undefined || functionName === name) pool.drop();
    },
    isIdle,
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
    replay: (record) => {
      const { op } = record as AsyncRecord | CheckpointRecord;
      if (op === 'checkpoint') checkpoints.apply(record as CheckpointRecord);
      else asyncs.apply(record as AsyncRecord);
    },
    resume: () => {
      for (const mapping of mappings.values()) if (mapping.enabled) pollers.push(pollerOf(mapping));
      for (const poller of pollers) poller.start();
      asyncs.resume();
    },
  };
};
