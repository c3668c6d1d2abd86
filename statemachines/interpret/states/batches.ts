import { bytesOf } from '../data.ts';
import type { Active, Execution } from '../execution.ts';
import type { Batcher } from '../machine.ts';
import { filledOf, wholeOf } from '../values.ts';

/** ItemBatcher: several items for one iteration, at most so many and so many bytes of JSON. */

const MOST_BYTES = 262_144;

/** Items in their order; one that is too large alone is a batch alone. */
export const parted = (items: readonly unknown[], mostItems: number, mostBytes: number): unknown[][] => {
  const batches: unknown[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = bytesOf(JSON.stringify(item));
    const batch = batches.at(-1);
    if (batch && batch.length < mostItems && bytes + size <= mostBytes) {
      batch.push(item);
      bytes += size;
    } else {
      batches.push([item]);
      bytes = size;
    }
  }
  return batches;
};

/** The batches, and what each iteration gets: `{BatchInput, Items}`. */
export const batched = async (
  execution: Execution,
  active: Active,
  { maxItems, maxBytes, input }: Batcher,
  items: readonly unknown[],
): Promise<{ batches: unknown[][]; inputs: unknown[] }> => {
  const mostItems = await wholeOf(execution, active, maxItems, 1, Number.MAX_SAFE_INTEGER);
  const mostBytes = await wholeOf(execution, active, maxBytes, 1, MOST_BYTES);
  const common = input && { BatchInput: await filledOf(execution, active, input) };
  const batches = parted(items, mostItems ?? Number.POSITIVE_INFINITY, mostBytes ?? MOST_BYTES);
  return { batches, inputs: batches.map((batch) => ({ ...common, Items: batch })) };
};
