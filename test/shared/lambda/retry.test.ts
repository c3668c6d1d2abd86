import { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { createRetry } from '../../../shared/lambda/retry.ts';

const failing = (times: number, error: object) => {
  let calls = 0;
  return {
    calls: () => calls,
    call: async () => {
      calls += 1;
      if (calls <= times) throw Object.assign(new Error('no'), error);
      return calls;
    },
  };
};
const bench = (attempts = 3) => {
  const waits: number[] = [];
  const pause = async (ms: number) => void waits.push(ms);
  return { retry: createRetry({ attempts, waitMs: 50, pause, random: () => 0.5 }), waits };
};

interface SdkStrategy {
  acquireInitialRetryToken(scope: string): Promise<object>;
  refreshRetryTokenForRetry(token: object, info: { errorType: 'TRANSIENT' }): Promise<object>;
}

describe('a retry', () => {
  it.each([
    [{ name: 'ProvisionedThroughputExceededException' }, [500, 1000]],
    [{ name: 'RequestThrottled' }, [500, 1000]],
    [{ name: 'TimeoutError', code: 'ECONNRESET' }, [25, 50]],
    [{ name: 'InternalServerError', $fault: 'server' }, [25, 50]],
  ])('after %j waits as the SDK does', async (error, expected) => {
    const { retry, waits } = bench();
    expect(await retry(failing(2, error).call)).toBe(3);
    expect(waits).toEqual(expected);
  });

  it.each([[{ name: 'ConditionalCheckFailedException', $fault: 'client' }], [{ name: 'TransactionCanceledException' }], [{}]])(
    'never follows %j',
    async (error) => {
      const { retry } = bench();
      const { call, calls } = failing(1, error);
      await expect(retry(call)).rejects.toThrow('no');
      expect(calls()).toBe(1);
    },
  );

  it('gives up after its attempts', async () => {
    const { retry } = bench(4);
    const { call, calls } = failing(9, { name: 'ThrottlingException' });
    await expect(retry(call)).rejects.toThrow('no');
    expect(calls()).toBe(4);
  });

  it('gives up at once when too much was in vain of late, as often as the SDK does', async () => {
    const { retry } = bench();
    const { call, calls } = failing(9_999, { name: 'TimeoutError' });
    for (let n = 0; n < 100; n += 1) await retry(call).catch(() => {});
    const sdk = (await new SFNClient({ region: 'us-east-1' }).config.retryStrategy()) as unknown as SdkStrategy;
    Object.assign(sdk, { retryBackoffStrategy: { computeNextBackoffDelay: () => 0, setDelayBase: () => {} } });
    let attempts = 0;
    for (let n = 0; n < 100; n += 1) {
      let token = await sdk.acquireInitialRetryToken('');
      for (attempts += 1; ; attempts += 1) {
        const next = await sdk.refreshRetryTokenForRetry(token, { errorType: 'TRANSIENT' }).catch(() => undefined);
        if (!next) break;
        token = next;
      }
    }
    expect(calls()).toBe(attempts);
  });
});
