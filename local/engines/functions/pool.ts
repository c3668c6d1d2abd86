import type { Create } from '../../../shared/lambda/runtime.ts';
import type { Ground, InvokeOutcome } from '../../kernel/engine.ts';
import type { InvocationFault } from '../../kernel/faults.ts';
import type { FunctionDefinition } from './definition.ts';
import { createEnvironment, type Environment, type EnvironmentDeps, type Oddities } from './environment.ts';
import { succeeded, throttled, throughJson, thrown, timedOut } from './outcome.ts';

export interface PoolDeps extends EnvironmentDeps {
  readonly load: (assetPath: string, handlerName: string) => Promise<{ create: Create }>;
  /** Environments of one function at once, where it reserves none. */
  readonly concurrency: number;
  /** Called whenever an invocation ended. */
  readonly ended: () => void;
}

/** What the invoker may want to know besides the outcome. */
export interface Invocation {
  readonly requestId: string;
  /** Receives the lines that the function logs. */
  readonly lines?: object[] | undefined;
}

/** Lambda keeps an environment that nobody uses for some minutes; how many, it does not say. */
const IDLE_MS = 7 * 60_000;

const odditiesOf = (fault: InvocationFault | undefined, lines: object[] | undefined): Oddities => ({
  lines,
  deafAfter: fault?.kind === 'timeout' ? fault.calls : undefined,
  skewMs: fault?.kind === 'skew' ? fault.ms : undefined,
});

/** One function's environments: idle ones are used again, newest first, as Lambda does. */
export class Pool {
  private idle: Environment[] = [];
  private readonly waiting: (() => void)[] = [];
  private generation = 0;
  private running = 0;
  /** What PutFunctionConcurrency set, over the template's word; null took the reservation away. */
  reserved: number | null | undefined;

  constructor(
    public definition: FunctionDefinition,
    private readonly ground: Ground,
    private readonly deps: PoolDeps,
  ) {}

  /** Invocations running or waiting. */
  busy(): number {
    return this.running;
  }

  /** What it may run at once and nobody else; undefined where it shares what is unreserved. */
  reservation(): number | undefined {
    return this.reserved === undefined ? this.definition.reservedConcurrency : (this.reserved ?? undefined);
  }

  /** Forgets idle environments now and running ones when they end. */
  drop(): void {
    this.generation += 1;
    for (const environment of this.idle) environment.kill();
    this.idle = [];
  }

  /** Above a reservation it is throttled; a function that reserves nothing waits in line for the laptop instead. */
  async invoke(payload: unknown, invocation?: Invocation): Promise<InvokeOutcome> {
    const { scheduler, meter } = this.ground;
    const reservation = this.reservation();
    if (reservation !== undefined && this.running >= reservation) {
      meter('lambda', 'throttles', 1);
      return throttled();
    }
    const event = throughJson(payload);
    meter('lambda', 'invocations', 1);
    this.running += 1;
    if (reservation === undefined && this.running > this.deps.concurrency) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const started = scheduler.now();
    const outcome = await this.run(event, invocation);
    meter('lambda', 'GB-seconds', ((scheduler.now() - started) / 1000) * (this.definition.memoryMb / 1024));
    this.running -= 1;
    this.waiting.shift()?.();
    this.deps.ended();
    return outcome;
  }

  private async run(event: unknown, invocation: Invocation | undefined): Promise<InvokeOutcome> {
    const fault = this.ground.faults?.invocation(this.definition.name);
    const born = this.generation;
    let environment: Environment;
    try {
      environment = (fault?.kind === 'cold' ? undefined : this.warm()) ?? (await this.coldStart());
    } catch (error) {
      return thrown(error);
    }
    const requestId = invocation?.requestId ?? this.ground.scheduler.uuid();
    const outcome = await this.race(environment, event, requestId, odditiesOf(fault, invocation?.lines));
    if (environment.alive() && born === this.generation) this.idle.push(environment);
    return outcome;
  }

  /** The environment used last, unless it lay idle for too long; then the others did too. */
  private warm(): Environment | undefined {
    const environment = this.idle.pop();
    if (!environment || this.ground.scheduler.now() - environment.lastUsed() <= IDLE_MS) return environment;
    for (const old of [environment, ...this.idle.splice(0)]) old.kill();
    return undefined;
  }

  private async coldStart(): Promise<Environment> {
    this.ground.meter('lambda', 'cold starts', 1);
    const { create } = await this.deps.load(this.definition.assetPath, this.definition.handler);
    return createEnvironment(this.definition, create, this.ground, this.deps);
  }

  /** Races the handler against the function's timeout; the loser's result is nobody's. */
  private race(environment: Environment, event: unknown, requestId: string, oddities: Oddities): Promise<InvokeOutcome> {
    const { scheduler } = this.ground;
    const { timeoutMs } = this.definition;
    return new Promise((resolve) => {
      const callOff = scheduler.after(timeoutMs, () => {
        environment.kill();
        resolve(timedOut(requestId, timeoutMs));
      });
      const end = (outcome: InvokeOutcome): void => {
        callOff();
        resolve(outcome);
      };
      environment.run(event, this.context(requestId), oddities).then(
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
      logGroupName: `/aws/lambda/${name}`,
      logStreamName: `local/[$LATEST]${name}`,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - scheduler.now()),
    };
  }
}
