import { describe, expect, it } from 'vitest';
import { type BusEntry, batches, putBatch } from '../../client/bus.ts';
import { createOutbox } from '../../local/city/outbox.ts';

const entry = (n: number, bytes = 10): BusEntry => ({ source: 'dispatch', type: 'call.medical', detail: { n, pad: 'x'.repeat(bytes) } });
const entries = (count: number, bytes?: number) => Array.from({ length: count }, (_, n) => entry(n, bytes));
const now = () => Promise.resolve();

describe('putting on the bus', () => {
  it('batches hold ten entries at most and keep the order', () => {
    const all = batches(entries(23));
    expect(all.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(all.flat()).toEqual(entries(23));
  });

  it('batches stay under the limit of bytes', () => {
    expect(batches(entries(4, 90_000)).map(({ length }) => length)).toEqual([2, 2]);
    expect(batches(entries(2, 300_000)).map(({ length }) => length)).toEqual([1, 1]);
  });

  it('only the failed entries are tried again', async () => {
    const sent: number[] = [];
    const put = await putBatch(
      entries(3),
      async (open) => {
        sent.push(open.length);
        return open.map((_, at) => (sent.length === 1 && at === 1 ? { ErrorCode: 'ThrottlingException' } : {}));
      },
      now,
    );
    expect(sent).toEqual([3, 1]);
    expect(put).toEqual({ accepted: 3, refused: [] });
  });

  it('an entry that never gets through is reported with its reason', async () => {
    const put = await putBatch(entries(1), () => Promise.reject(new Error('connect ECONNREFUSED')), now);
    expect(put.accepted).toBe(0);
    expect(put.refused[0]?.message).toMatch(/ECONNREFUSED/);
  });

  it('an outbox puts in the order it was given, one call at a time', async () => {
    const calls: unknown[][] = [];
    let under = 0;
    const outbox = createOutbox(
      {
        put: async (list) => {
          under += 1;
          expect(under).toBe(1);
          calls.push(list.map(({ detail }) => (detail as { n: number }).n));
          await now();
          under -= 1;
          return { accepted: list.length, refused: [] };
        },
      },
      () => {},
    );
    const first = outbox.post(entry(1));
    await now();
    const rest = [outbox.post(entry(2)), outbox.post(entry(3))];
    expect(await Promise.all([first, ...rest])).toEqual([true, true, true]);
    await outbox.drained();
    expect(calls).toEqual([[1], [2, 3]]);
  });
});
