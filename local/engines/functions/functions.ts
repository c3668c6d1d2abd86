import type { Create, Runtime } from '../../../shared/lambda/runtime.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Call, Ground, Invoke, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import { type AsyncRecord, createAsyncInvocations, type FailurePolicy } from './async-invocations.ts';
import { type CheckpointRecord, createCheckpoints } from './checkpoints.ts';
import {
  type FunctionProperties,
  functionNameOf,
  functionOf,
  type InvokeConfigProperties,
  type Mapping,
  type MappingProperties,
  mappingOf,
} from './definition.ts';
import { createIdle } from './idle.ts';
import { type PollerDeps, pollerOf } from './pollers.ts';
import { Pool } from './pool.ts';
import type { Poller } from './queue-mapping.ts';
import { serving } from './serve.ts';
import type { Streams } from './stream-mapping.ts';

export type { FunctionProperties, InvokeConfigProperties, MappingProperties } from './definition.ts';
export type { Streams } from './stream-mapping.ts';

export interface FunctionsDeps {
  /** Makes a bundle's factory known; asked again at every cold start, so it should remember. */
  load: (assetPath: string, handlerName: string) => Promise<{ create: Create }>;
  call: Call;
  queues: PollerDeps['queues'];
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

const policyOf = (name: string, pool: Pool | undefined, config: InvokeConfigProperties | undefined): FailurePolicy => ({
  functionArn: `${pool?.definition.arn ?? name}:$LATEST`,
  maximumRetries: Number(config?.MaximumRetryAttempts ?? ASYNC_RETRIES),
  destinationArn: config?.DestinationConfig?.OnFailure?.Destination,
  deadLetterArn: pool?.definition.deadLetterArn,
});

/** The Lambda of the local run: execution environments made by the handlers' own factories, and the pollers that feed them. */
export const createFunctions = (ground: Ground, deps: FunctionsDeps, options: FunctionsOptions = {}): Functions => {
  const { scheduler, log, region, account } = ground;
  const pools = new Map<string, Pool>();
  const mappings = new Map<string, Mapping>();
  const configs = new Map<string, InvokeConfigProperties>();
  const pollers: Poller[] = [];

  const invoke: Invoke = async (functionArn, payload) =>
    pools.get(functionNameOf(functionArn))?.invoke(payload) ?? {
      ok: false,
      error: 'Lambda.ResourceNotFoundException',
      cause: `Function not found: ${functionArn}`,
    };
  const isIdle = (): boolean =>
    asyncs.pending() === 0 && [...pools.values()].every((pool) => pool.busy() === 0) && pollers.every((poller) => poller.idle());
  const { ended, wait } = createIdle(scheduler, isIdle);
  const policy = (name: string): FailurePolicy => policyOf(name, pools.get(name), configs.get(name));
  const asyncs = createAsyncInvocations(ground, { invoke, policy, send: deps.queues.send, ended });
  const checkpoints = createCheckpoints(log, deps.streams, () => mappings.values());
  const poolDeps = { ...deps, jwks: options.jwks, concurrency: options.concurrency ?? LOCAL_CONCURRENCY, ended };

  const invokeAsync = (functionArn: string, payload: unknown): void => {
    const name = functionNameOf(functionArn);
    if (!pools.has(name)) throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn}`);
    asyncs.accept(name, payload);
  };

  return {
    name: 'functions',
    defineFunction: (properties) => {
      const definition = functionOf(properties, region, account);
      const known = pools.get(definition.name);
      if (known) known.definition = definition;
      else pools.set(definition.name, new Pool(definition, ground, poolDeps));
    },
    defineMapping: (properties) => {
      const mapping = mappingOf(properties);
      mappings.set(mapping.id, mapping);
    },
    defineInvokeConfig: (properties) => {
      configs.set(functionNameOf(properties.FunctionName), properties);
    },
    serve: serving({ pools, mappings, invoke, invokeAsync, settled: () => log.settled() }),
    invoke,
    invokeAsync,
    dropEnvironments: (functionName) => {
      for (const [name, pool] of pools) if (functionName === undefined || functionName === name) pool.drop();
    },
    isIdle,
    idle: wait,
    replay: (record) => {
      if ((record as { op: string }).op === 'checkpoint') checkpoints.apply(record as CheckpointRecord);
      else asyncs.apply(record as AsyncRecord);
    },
    snapshot: () => [...checkpoints.snapshot(), ...asyncs.snapshot()],
    resume: () => {
      const enabled = [...mappings.values()].filter((mapping) => mapping.enabled);
      pollers.push(...enabled.map((mapping) => pollerOf(mapping, ground, { ...deps, checkpoints, invoke, ended })));
      for (const poller of pollers) poller.start();
      asyncs.resume();
    },
  };
};
