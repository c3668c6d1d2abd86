import { AwsError } from '../../kernel/aws-error.ts';
import type { Invoke } from '../../kernel/engine.ts';
import type { FunctionDefinition, Mapping } from './definition.ts';

type Operation = (input: Record<string, unknown>) => Promise<Record<string, unknown>>;

export interface ServeDeps {
  readonly functions: () => FunctionDefinition[];
  readonly mappings: () => Mapping[];
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

/** The little of Lambda's API an operator needs. */
export const serving = ({ functions, mappings, invoke, invokeAsync, settled }: ServeDeps): Readonly<Record<string, Operation>> => ({
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
  ListFunctions: async () => ({ Functions: functions().map(configuration) }),
  ListEventSourceMappings: async () => ({
    EventSourceMappings: mappings().map(({ sourceArn, functionName, batchSize, enabled }) => ({
      EventSourceArn: sourceArn,
      FunctionArn: functionName,
      BatchSize: batchSize,
      State: enabled ? 'Enabled' : 'Disabled',
    })),
  }),
});
