import { AwsError } from '../../kernel/aws-error.ts';
import type { Invoke, Serve } from '../../kernel/engine.ts';
import type { FunctionDefinition, Mapping } from './definition.ts';

type Operation = (input: Record<string, unknown>) => Promise<Record<string, unknown>>;

export interface ServeDeps {
  readonly pools: ReadonlyMap<string, { readonly definition: FunctionDefinition }>;
  readonly mappings: ReadonlyMap<string, Mapping>;
  readonly invoke: Invoke;
  readonly invokeAsync: (functionArn: string, payload: unknown) => void;
  readonly settled: () => Promise<void>;
}

/** The wire hands in bytes or text, a caller in this process perhaps the value itself. */
const payloadOf = (payload: unknown): unknown => {
  if (payload === undefined || payload === null || payload === '') return {};
  if (typeof payload !== 'string' && !(payload instanceof Uint8Array)) return payload;
  try {
    return JSON.parse(typeof payload === 'string' ? payload : Buffer.from(payload).toString());
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
};

const configuration = ({ name, arn, handler, roleArn, timeoutMs, memoryMb }: FunctionDefinition): Record<string, unknown> => ({
  FunctionName: name,
  FunctionArn: arn,
  Handler: handler,
  Role: roleArn,
  Timeout: timeoutMs / 1000,
  MemorySize: memoryMb,
  State: 'Active',
});

const operations = ({ pools, mappings, invoke, invokeAsync, settled }: ServeDeps): Readonly<Record<string, Operation>> => ({
  Invoke: async ({ FunctionName, Payload, InvocationType }) => {
    const payload = payloadOf(Payload);
    if (InvocationType === 'Event') {
      invokeAsync(String(FunctionName), payload);
      await settled();
      return { StatusCode: 202 };
    }
    const outcome = await invoke(String(FunctionName), payload);
    const answer = outcome.ok ? JSON.stringify(outcome.payload) : outcome.cause;
    return {
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      Payload: Buffer.from(answer),
      ...(outcome.ok ? {} : { FunctionError: 'Unhandled' }),
    };
  },
  ListFunctions: async () => ({ Functions: [...pools.values()].map(({ definition }) => configuration(definition)) }),
  ListEventSourceMappings: async () => ({
    EventSourceMappings: [...mappings.values()].map(({ sourceArn, functionName, batchSize, enabled }) => ({
      EventSourceArn: sourceArn,
      FunctionArn: functionName,
      BatchSize: batchSize,
      State: enabled ? 'Enabled' : 'Disabled',
    })),
  }),
});

/** The little of Lambda's API an operator needs. */
export const serving = (deps: ServeDeps): Serve => {
  const served = operations(deps);
  return async (operation, input) => {
    const run = Object.hasOwn(served, operation) ? served[operation] : undefined;
    if (!run) throw new AwsError('UnknownOperationException', `The local Lambda does not serve ${operation}.`);
    return run(input);
  };
};
