import { describe, expect, it } from 'vitest';
import { createHeap } from '../../../local/kernel/heap.ts';
import { seededRandom } from '../../../local/kernel/random.ts';
import { rememberedLog } from '../../../local/kernel/remembered-log.ts';

describe('the heap', () => {
  it('gives back in order whatever went in', () => {
    const random = seededRandom('heap');
    const heap = createHeap<number>((a, b) => a < b);
    const items = Array.from({ length: 500 }, () => Math.floor(random() * 100));
    for (const item of items) heap.push(item);
    expect(Array.from({ length: 500 }, () => heap.pop())).toEqual(items.sort((a, b) => a - b));
    expect([heap.size(), heap.pop(), heap.peek()]).toEqual([0, undefined, undefined]);
  });
});

describe('the remembered log', () => {
  it('tells the next machine what was written, as JSON would', () => {
    const log = rememberedLog();
    const record = { kept: 1, gone: undefined };
    log.write('queues', record);
    record.kept = 2;
    const seen: unknown[] = [];
    log.replay((...each) => seen.push(each));
    expect(seen).toEqual([['queues', { kept: 1 }]]);
  });
});
