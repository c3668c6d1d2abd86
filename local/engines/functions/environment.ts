import type { Create, LogSink, Runtime } from '../../../shared/lambda/runtime.ts';
import type { Call, Ground } from '../../kernel/engine.ts';
import type { FunctionDefinition } from './definition.ts';

export interface EnvironmentDeps {
  readonly call: Call;
  readonly logSink: (functionName: string, line: object) => void;
  readonly jwks?: Runtime['jwks'];
}

/** One execution environment: what a cold start made, with its own clients and caches. */
export interface Environment {
  run(event: unknown, context: object): Promise<unknown>;
  /** Ends it as a crash or timeout does: none of its SDK calls ever answers again. */
  kill(): void;
  readonly alive: () => boolean;
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

const logOf = (name: string, write: EnvironmentDeps['logSink']): LogSink => {
  const line = (level: string) => (message: string, fields: Record<string, unknown>) => write(name, { level, message, ...fields });
  return { info: line('INFO'), warn: line('WARN'), error: line('ERROR') };
};

export const createEnvironment = (
  definition: FunctionDefinition,
  create: Create,
  { scheduler, region }: Ground,
  deps: EnvironmentDeps,
): Environment => {
  let alive = true;
  const aws: Runtime['aws'] = (service, operation, input) =>
    new Promise((resolve, reject) => {
      if (!alive) return;
      deps.call(definition.roleArn, service, operation, input as Record<string, unknown>).then(
        (answer) => alive && resolve(answer),
        (error: unknown) => alive && reject(error),
      );
    });
  const handler = create({
    env: variables(definition, region),
    clock: { now: () => scheduler.now() },
    random: () => scheduler.random(),
    log: logOf(definition.name, deps.logSink),
    aws,
    pause: (ms) => new Promise((resolve) => scheduler.after(ms, () => alive && resolve())),
    ...(deps.jwks ? { jwks: deps.jwks } : {}),
  });
  return {
    run: async (event, context) => handler(event, context),
    kill: () => {
      alive = false;
    },
    alive: () => alive,
  };
};
