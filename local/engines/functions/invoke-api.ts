import { AwsError } from '../../kernel/aws-error.ts';
import type { Scheduler } from '../../kernel/scheduler.ts';
import { ASYNC_BYTES, isThrottled, payloadOf, SYNC_BYTES } from './outcome.ts';
import type { Pool } from './pool.ts';

/** The wire hands in bytes or text, a caller in this process perhaps the value itself. */
const readPayload = (payload: unknown, limit: number): unknown => {
  if (payload === undefined || payload === null || payload === '') return {};
  const text = typeof payload === 'string' ? payload : payload instanceof Uint8Array ? Buffer.from(payload).toString() : undefined;
  const bytes = Buffer.byteLength(text ?? JSON.stringify(payload));
  if (bytes > limit)
    throw new AwsError('RequestTooLargeException', `${bytes} byte payload is too large for the request (limit ${limit} bytes)`);
  if (text === undefined) return payload;
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${(error as Error).message}`);
  }
};

/** The last 4 KB of an invocation's log. */
const tailOf = (requestId: string, lines: readonly object[], memoryMb: number): string => {
  const log = [
    `START RequestId: ${requestId} Version: $LATEST`,
    ...lines.map((line) => JSON.stringify(line)),
    `END RequestId: ${requestId}`,
    `REPORT RequestId: ${requestId}\tMemory Size: ${memoryMb} MB`,
    '',
  ].join('\n');
  return Buffer.from(log).subarray(-4096).toString('base64');
};

const tooMany = (): AwsError =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    Type: 'User',
  });

export interface InvokeApiDeps {
  readonly scheduler: Scheduler;
  readonly invokeAsync: (functionArn: string, payload: unknown) => void;
  readonly settled: () => Promise<void>;
}

type Input = Record<string, unknown>;

/** `Invoke`: waits, leaves it for later (Event), or only says whether it could (DryRun). */
export const invokeApi =
  ({ scheduler, invokeAsync, settled }: InvokeApiDeps) =>
  async (pool: Pool, { Payload, InvocationType = 'RequestResponse', LogType = 'None' }: Input): Promise<Input> => {
    if (InvocationType === 'DryRun') return { StatusCode: 204 };
    if (InvocationType === 'Event') {
      invokeAsync(pool.definition.arn, readPayload(Payload, ASYNC_BYTES));
      await settled();
      return { StatusCode: 202 };
    }
    if (InvocationType !== 'RequestResponse')
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value '${String(InvocationType)}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
      );
    const requestId = scheduler.uuid();
    const lines: object[] | undefined = LogType === 'Tail' ? [] : undefined;
    const outcome = await pool.invoke(readPayload(Payload, SYNC_BYTES), { requestId, lines });
    if (isThrottled(outcome)) throw tooMany();
    return {
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      Payload: Buffer.from(JSON.stringify(payloadOf(outcome))),
      ...(outcome.ok ? {} : { FunctionError: 'Unhandled' }),
      ...(lines ? { LogResult: tailOf(requestId, lines, pool.definition.memoryMb) } : {}),
    };
  };
