import type { Create, Runtime } from '../../../shared/lambda/runtime.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Call, Ground, Invoke, InvokeOutcome, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import { type AsyncPolicy, type AsyncRecord, createAsyncInvocations } from './async-invocations.ts';
import { type CheckpointRecord, createCheckpoints } from './checkpoints.ts';
import { type ControlRecord, createControls } from './controls.ts';
import {
  type FunctionProperties,
  functionNameOf,
  functionOf,
  type InvokeConfigProperties,
  type PermissionProperties,
} from './definition.ts';
import { createDestinations } from './destinations.ts';
import { createIdle } from './idle.ts';
import { type Mapping, type MappingProperties, mappingOf } from './mapping.ts';
import { ASYNC_BYTES } from './outcome.ts';
import { createPollers, type PollerDeps, type Pollers } from './pollers.ts';
import { Pool } from './pool.ts';
import { serving } from './serve.ts';
import type { Streams } from './stream-mapping.ts';

export type { FunctionProperties, InvokeConfigProperties, PermissionProperties } from './definition.ts';
export type { MappingProperties } from './mapping.ts';
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
  /** What stands for public servers. */
  fetch?: Runtime['fetch'];
}

export interface Functions extends Durable {
  defineFunction(properties: FunctionProperties): void;
  defineMapping(properties: MappingProperties): void;
  defineInvokeConfig(properties: InvokeConfigProperties): void;
  /** Only shown by GetPolicy: the port heeds permissions. */
  definePermission(properties: PermissionProperties): void;
  serve: Serve;
  /** Waits for the result. Takes an ARN (with or without a qualifier) or a name. */
  invoke: Invoke;
  /** Accepts in this very turn; retried twice, then its destinations and the dead-letter queue are told. The caller settles. */
  invokeAsync(functionArn: string, payload: unknown): void;
  /** Makes the next invocations cold starts. */
  dropEnvironments(functionName?: string): void;
  /** Nothing runs, waits to run or lies where a poller would take it. Failed messages sleeping out their timeout do not count. */
  isIdle(): boolean;
  idle(): Promise<void>;
}

const LOCAL_CONCURRENCY = 10;
const ASYNC_RETRIES = 2;
const SIX_HOURS_S = 21_600;

type FunctionsRecord = AsyncRecord | CheckpointRecord | ControlRecord;

const policyOf = (name: string, pool: Pool | undefined, config: InvokeConfigProperties | undefined): AsyncPolicy => ({
  functionArn: pool?.definition.arn ?? name,
  roleArn: pool?.definition.roleArn ?? '',
  maximumRetries: Number(config?.MaximumRetryAttempts ?? ASYNC_RETRIES),
  maximumAgeMs: Number(config?.MaximumEventAgeInSeconds ?? SIX_HOURS_S) * 1000,
  onSuccessArn: config?.DestinationConfig?.OnSuccess?.Destination,
  onFailureArn: config?.DestinationConfig?.OnFailure?.Destination,
  deadLetterArn: pool?.definition.deadLetterArn,
});

const unknownFunction = (functionArn: string): InvokeOutcome => ({
  ok: false,
  error: 'Lambda.ResourceNotFoundException',
  cause: `Function not found: ${functionArn}`,
});

/** The Lambda of the local run: execution environments made by the handlers' own factories, and the pollers that feed them. */
export const createFunctions = (ground: Ground, deps: FunctionsDeps, options: FunctionsOptions = {}): Functions => {
  const { scheduler, log, region, account } = ground;
  const pools = new Map<string, Pool>();
  const mappings = new Map<string, Mapping>();
  const configs = new Map<string, InvokeConfigProperties>();
  const permissions = new Map<string, PermissionProperties[]>();

  const invokeWith = async (functionArn: string, payload: unknown, requestId?: string): Promise<InvokeOutcome> =>
    pools.get(functionNameOf(functionArn))?.invoke(payload, requestId === undefined ? undefined : { requestId }) ??
    unknownFunction(functionArn);
  const invoke: Invoke = (functionArn, payload) => invokeWith(functionArn, payload);
  const invokeAsync = (functionArn: string, payload: unknown): void => {
    const name = functionNameOf(functionArn);
    if (!pools.has(name)) throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn}`);
    if (Buffer.byteLength(JSON.stringify(payload) ?? '') > ASYNC_BYTES)
      throw new AwsError(
        'RequestTooLargeException',
        `The payload is too large for an asynchronous invocation (limit ${ASYNC_BYTES} bytes)`,
      );
    asyncs.accept(name, payload);
  };

  const isIdle = (): boolean => asyncs.pending() === 0 && [...pools.values()].every((pool) => pool.busy() === 0) && pollers.idle();
  const { ended, wait } = createIdle(scheduler, isIdle);
  const asyncs = createAsyncInvocations(ground, {
    invoke: invokeWith,
    policy: (name) => policyOf(name, pools.get(name), configs.get(name)),
    destinations: createDestinations(ground, { send: deps.queues.send, invokeAsync, call: deps.call }),
    ended,
  });
  const checkpoints = createCheckpoints(log, deps.streams, () => mappings.values());
  const timeoutMs = (name: string): number => pools.get(name)?.definition.timeoutMs ?? 0;
  const pollers: Pollers = createPollers(ground, { ...deps, checkpoints, invoke, timeoutMs, ended });
  const controls = createControls({ log, pools, mappings, changed: (mapping) => pollers.set(mapping) });
  const poolDeps = { ...deps, jwks: options.jwks, fetch: options.fetch, concurrency: options.concurrency ?? LOCAL_CONCURRENCY, ended };

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
    definePermission: (properties) => {
      const name = functionNameOf(properties.FunctionName);
      permissions.set(name, [...(permissions.get(name) ?? []), properties]);
    },
    serve: serving({ pools, mappings, configs, permissions, controls, scheduler, invokeAsync, settled: () => log.settled() }),
    invoke,
    invokeAsync,
    dropEnvironments: (functionName) => {
      for (const [name, pool] of pools) if (functionName === undefined || functionName === name) pool.drop();
    },
    isIdle,
    idle: wait,
    replay: (record) => {
      const known = record as FunctionsRecord;
      if (known.op === 'checkpoint') checkpoints.apply(known);
      else if (known.op === 'concurrency' || known.op === 'mapping') controls.apply(known);
      else asyncs.apply(known);
    },
    snapshot: () => [...controls.snapshot(), ...checkpoints.snapshot(), ...asyncs.snapshot()],
    resume: () => {
      for (const mapping of mappings.values()) pollers.set(mapping);
      asyncs.resume();
    },
  };
};
