import type { Create } from '../../../shared/lambda/runtime.ts';
import type { Ground, InvokeOutcome } from '../../kernel/engine.ts';
import type { FunctionDefinition } from './definition.ts';
import { createEnvironment, type Environment, type EnvironmentDeps } from './environment.ts';
import { failure, succeeded, throughJson, thrown, timedOut } from './outcome.ts';

export interface PoolDeps extends EnvironmentDeps {
  readonly load: (assetPath: string, handlerName: string) => Promise<{ create: Create }>;
  /** Environments of one function at once, where it reserves none. */
  readonly concurrency: number;
  /** Called whenever an invocation ended. */
  readonly ended: () => void;
}

/** One function's environments: idle ones are used again, newest first, as Lambda does; above the limit invocations wait. */
export interface Pool {
  definition: FunctionDefinition;
  invoke(payload: unknown): Promise<InvokeOutcome>;
  /** Invocations running or waiting. */
  busy(): number;
  /** Forgets idle environments now and running ones when they end. */
  drop(): void;
}

export const createPool = (definition: FunctionDefinition, ground: Ground, deps: PoolDeps): Pool => {
  const { scheduler, meter } = ground;
  let idle: Environment[] = [];
  let generation = 0;
  let running = 0;
  const waiting: (() => void)[] = [];

  const limit = (): number => pool.definition.reservedConcurrency ?? deps.concurrency;

  const coldStart = async (): Promise<Environment> => {
    meter('lambda', 'cold starts', 1);
    const { create } = await deps.load(pool.definition.assetPath, pool.definition.handler);
    return createEnvironment(pool.definition, create, ground, deps);
  };

  const contextOf = (awsRequestId: string, deadline: number): object => ({
    awsRequestId,
    functionName: pool.definition.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: pool.definition.arn,
    memoryLimitInMB: String(pool.definition.memoryMb),
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - scheduler.now()),
  });

  /** Races the handler against the function's timeout; the loser's result is nobody's. */
  const race = (environment: Environment, event: unknown): Promise<InvokeOutcome> =>
    new Promise((resolve) => {
      const { timeoutMs } = pool.definition;
      const requestId = scheduler.uuid();
      const callOff = scheduler.after(timeoutMs, () => {
        environment.kill();
        resolve(timedOut(requestId, timeoutMs));
      });
      const end = (outcome: InvokeOutcome): void => {
        callOff();
        resolve(outcome);
      };
      environment.run(event, contextOf(requestId, scheduler.now() + timeoutMs)).then(
        (result) => end(succeeded(result)),
        (error: unknown) => end(thrown(error)),
      );
    });

  const run = async (event: unknown): Promise<InvokeOutcome> => {
    const born = generation;
    let environment: Environment;
    try {
      environment = idle.pop() ?? (await coldStart());
    } catch (error) {
      return thrown(error);
    }
    const outcome = await race(environment, event);
    if (environment.alive() && born === generation) idle.push(environment);
    return outcome;
  };

  const pool: Pool = {
    definition,
    invoke: async (payload) => {
      if (limit() === 0) return failure('Lambda.TooManyRequestsException', `${definition.name} reserves no concurrency, so it never runs.`);
      const event = throughJson(payload);
      meter('lambda', 'invocations', 1);
      running += 1;
      if (running > limit()) await new Promise<void>((resolve) => waiting.push(resolve));
      const started = scheduler.now();
      const outcome = await run(event);
      meter('lambda', 'GB-seconds', ((scheduler.now() - started) / 1000) * (pool.definition.memoryMb / 1024));
      running -= 1;
      waiting.shift()?.();
      deps.ended();
      return outcome;
    },
    busy: () => running,
    drop: () => {
      generation += 1;
      for (const environment of idle) environment.kill();
      idle = [];
    },
  };
  return pool;
};
