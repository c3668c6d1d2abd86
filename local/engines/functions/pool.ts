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
export class Pool {
  private idle: Environment[] = [];
  private readonly waiting: (() => void)[] = [];
  private generation = 0;
  private running = 0;

  constructor(
    public definition: FunctionDefinition,
    private readonly ground: Ground,
    private readonly deps: PoolDeps,
  ) {}

  /** Invocations running or waiting. */
  busy(): number {
    return this.running;
  }

  /** Forgets idle environments now and running ones when they end. */
  drop(): void {
    this.generation += 1;
    for (const environment of this.idle) environment.kill();
    this.idle = [];
  }

  async invoke(payload: unknown): Promise<InvokeOutcome> {
    const { scheduler, meter } = this.ground;
    const limit = this.definition.reservedConcurrency ?? this.deps.concurrency;
    if (limit === 0)
      return failure('Lambda.TooManyRequestsException', `${this.definition.name} reserves no concurrency, so it never runs.`);
    const event = throughJson(payload);
    meter('lambda', 'invocations', 1);
    this.running += 1;
    if (this.running > limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const started = scheduler.now();
    const outcome = await this.run(event);
    meter('lambda', 'GB-seconds', ((scheduler.now() - started) / 1000) * (this.definition.memoryMb / 1024));
    this.running -= 1;
    this.waiting.shift()?.();
    this.deps.ended();
    return outcome;
  }

  private async run(event: unknown): Promise<InvokeOutcome> {
    const born = this.generation;
    let environment: Environment;
    try {
      environment = this.idle.pop() ?? (await this.coldStart());
    } catch (error) {
      return thrown(error);
    }
    const outcome = await this.race(environment, event);
    if (environment.alive() && born === this.generation) this.idle.push(environment);
    return outcome;
  }

  private async coldStart(): Promise<Environment> {
    this.ground.meter('lambda', 'cold starts', 1);
    const { create } = await this.deps.load(this.definition.assetPath, this.definition.handler);
    return createEnvironment(this.definition, create, this.ground, this.deps);
  }

  /** Races the handler against the function's timeout; the loser's result is nobody's. */
  private race(environment: Environment, event: unknown): Promise<InvokeOutcome> {
    const { scheduler } = this.ground;
    const { timeoutMs } = this.definition;
    const requestId = scheduler.uuid();
    return new Promise((resolve) => {
      const callOff = scheduler.after(timeoutMs, () => {
        environment.kill();
        resolve(timedOut(requestId, timeoutMs));
      });
      const end = (outcome: InvokeOutcome): void => {
        callOff();
        resolve(outcome);
      };
      environment.run(event, this.context(requestId)).then(
        (result) => end(succeeded(result)),
        (error: unknown) => end(thrown(error)),
      );
    });
  }

  private context(awsRequestId: string): object {
    const { scheduler } = this.ground;
    const { name, arn, memoryMb, timeoutMs } = this.definition;
    const deadline = scheduler.now() + timeoutMs;
    return {
      awsRequestId,
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memoryMb),
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - scheduler.now()),
    };
  }
}
