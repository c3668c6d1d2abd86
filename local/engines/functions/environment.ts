import type { Create, LogSink, Runtime } from '../../../shared/lambda/runtime.ts';
import type { Call, Ground } from '../../kernel/engine.ts';
import type { FunctionDefinition } from './definition.ts';

export interface EnvironmentDeps {
  readonly call: Call;
  readonly logSink: (functionName: string, line: object) => void;
  readonly jwks?: Runtime['jwks'];
  readonly fetch?: Runtime['fetch'];
}

/** What is out of the ordinary in one invocation. */
export interface Oddities {
  /** After so many SDK calls none is answered any more. */
  readonly deafAfter?: number | undefined;
  /** Its clock is wrong by so many milliseconds. */
  readonly skewMs?: number | undefined;
  /** Also keeps the lines it logs. */
  readonly lines?: object[] | undefined;
}

/** One execution environment: what a cold start made, with its own clients and caches. */
export interface Environment {
  run(event: unknown, context: object, oddities: Oddities): Promise<unknown>;
  /** Ends it as a crash or timeout does: none of its SDK calls ever answers again. */
  kill(): void;
  readonly alive: () => boolean;
  /** When its last invocation ended, on the scheduler's clock. */
  readonly lastUsed: () => number;
}

const variables = (definition: FunctionDefinition, region: string): Record<string, string> => ({
  ...definition.variables,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_LAMBDA_FUNCTION_NAME: definition.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  _HANDLER: definition.handler,
  TZ: ':UTC',
});

const logOf = (write: (line: object) => void): LogSink => {
  const line = (level: string) => (message: string, fields: Record<string, unknown>) => write({ level, message, ...fields });
  return { info: line('INFO'), warn: line('WARN'), error: line('ERROR') };
};

const NOTHING: Oddities = {};

export const createEnvironment = (
  definition: FunctionDefinition,
  create: Create,
  { scheduler, region }: Ground,
  deps: EnvironmentDeps,
): Environment => {
  let alive = true;
  let oddities = NOTHING;
  let calls = 0;
  let lastUsed = scheduler.now();
  const aws: Runtime['aws'] = (service, operation, input) =>
    new Promise((resolve, reject) => {
      if (!alive) return;
      calls += 1;
      const heard = calls <= (oddities.deafAfter ?? Number.POSITIVE_INFINITY);
      deps.call(definition.roleArn, service, operation, input as Record<string, unknown>).then(
        (answer) => alive && heard && resolve(answer),
        (error: unknown) => alive && heard && reject(error),
      );
    });
  const write = (line: object): void => {
    oddities.lines?.push(line);
    deps.logSink(definition.name, line);
  };
  const handler = create({
    env: variables(definition, region),
    clock: { now: () => scheduler.now() + (oddities.skewMs ?? 0) },
    random: () => scheduler.random(),
    log: logOf(write),
    aws,
    pause: (ms) => new Promise((resolve) => scheduler.after(ms, () => alive && resolve())),
    ...(deps.jwks ? { jwks: deps.jwks } : {}),
    ...(deps.fetch ? { fetch: deps.fetch } : {}),
  });
  return {
    run: async (event, context, odd) => {
      oddities = odd;
      calls = 0;
      try {
        return await handler(event, context);
      } finally {
        lastUsed = scheduler.now();
      }
    },
    kill: () => {
      alive = false;
    },
    alive: () => alive,
    lastUsed: () => lastUsed,
  };
};
