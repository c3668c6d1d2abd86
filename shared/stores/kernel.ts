import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Kernel, type RunLimit, Waiting } from '../contracts/kernel.ts';
import type { Breaker } from '../contracts/subsystem.ts';
import { orderOf } from '../domain/kernel/order.ts';
import { NEVER_TOUCHED } from '../domain/kernel/state.ts';
import { streamOf, streams } from './journal.ts';
import { heldIn, limitRows, markPk } from './limits.ts';
import { breakerKey, breakerOf, subsystemRows } from './subsystems.ts';
import { type Item, type Paged, table, type Write } from './table.ts';

const STATE = { pk: 'KERNEL', sk: 'STATE' };
const GATE = 'GATE';
const QUEUE = 'QUEUE';
/** Everything that waits of one run, under its step's name, or this where the run itself does. */
const START = '#start';
const markSk = ({ kind, step = '' }: Pick<Waiting, 'kind' | 'step'>): string => (kind === 'start' ? START : step);

/** What is to wait; its place comes of it. */
export type ToWait = Omit<Waiting, 'order'>;

/**
 * The engine's state and what waits for it. The generation stands in a gate for each chain of the journal as well: a transaction that starts
 * or dispatches something holds itself to the gate of its own chain, where it meets nobody whom it would not meet at the chain's head.
 */
export const kernelStore = (client: DynamoDBDocumentClient, name: string) => {
  const kernel = table(client, name);
  const toWaiting = (item: Item): Waiting => Waiting.parse(item);
  const limits = limitRows(kernel);
  const toKernel = (item: Item | undefined): Kernel => (item ? Kernel.parse(item) : NEVER_TOUCHED);

  return {
    ...subsystemRows(kernel),
    ...limits,

    /** Strongly consistent: whoever reads RUNNING is about to do something that cannot be taken back. */
    get: async (): Promise<Kernel> => toKernel(await kernel.get(STATE.pk, STATE.sk)),

    /** The engine, and the breaker of the subsystem that is about to be asked, in one read. */
    before: async (subsystem: string): Promise<{ engine: Kernel; breaker: Breaker }> => {
      const items = await kernel.batchGet([STATE, breakerKey(subsystem)]);
      const at = (wanted: string): Item | undefined => items.find(({ pk }) => pk === wanted);
      return { engine: toKernel(at(STATE.pk)), breaker: breakerOf(subsystem, at(breakerKey(subsystem).pk)) };
    },

    /** From `was` to `now`, if nobody was faster. */
    enter: (was: Kernel, now: Kernel): Write[] => [
      was.generation === 0 ? kernel.putNew({ ...STATE, ...now }) : kernel.putOver({ ...STATE, ...now }, { generation: [was.generation] }),
      ...streams.map((sk) => kernel.put({ pk: GATE, sk, generation: now.generation })),
    ],

    /** Holds a transaction on `subject` to an engine that stands as it was seen. */
    stands: ({ generation }: Kernel, subject: string): Write =>
      generation === 0 ? kernel.checkAbsent(GATE, streamOf(subject)) : kernel.check(GATE, streamOf(subject), { generation: [generation] }),

    /** Puts it in the queue; what waits already keeps its place, with the newer token. */
    wait: async (item: ToWait): Promise<Write[]> => {
      const key = { pk: markPk(item.executionId), sk: markSk(item) };
      const mark = await kernel.get(key.pk, key.sk);
      const order = mark ? String(mark['order']) : orderOf(item);
      const marked = { ...key, order, token: item.token };
      return [
        kernel.put({ pk: QUEUE, sk: order, ...item, order }),
        ...(item.limit ? limits.waitFor(item.limit, item.executionId) : []),
        mark ? kernel.putOver(marked, { order: [order], token: [mark['token']] }) : kernel.putNew(marked),
      ];
    },

    /** What waited for the engine, or for room elsewhere, waits for room in this limit now, if it still waits. */
    waitsNow: (item: Waiting, limit: RunLimit): Write[] => [
      kernel.putOver({ pk: QUEUE, sk: item.order, ...item, limit }, { executionId: [item.executionId], limit: [item.limit] }),
      ...limits.waitFor(limit, item.executionId),
      ...(item.limit ? limits.waitNoMore(item.limit, item.executionId) : []),
    ],

    /** Takes it out, if it still waits with this token, and for this. */
    goes: (item: Waiting): Write[] => [
      ...(item.limit ? limits.waitNoMore(item.limit, item.executionId) : []),
      kernel.removeAs(QUEUE, item.order, { limit: [item.limit] }),
      kernel.removeAs(markPk(item.executionId), markSk(item), { token: [item.token] }),
    ],

    /** What waits, in the order in which it goes; `after` is the place of the last one that was read. */
    queue: async ({ limit, after = '' }: { limit: number; after?: string | undefined }): Promise<Paged<Waiting>> => {
      const items = await kernel.query({
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: { ':pk': QUEUE, ':after': after || ' ' },
        Limit: limit,
      });
      const found = items.map(toWaiting);
      const last = found.at(-1);
      return { items: found, ...(found.length === limit && last ? { next: last.order } : {}) };
    },

    /** What of one run waits, and which places it holds: writes that take it all out, as it was read, and the limits in which there is room then. */
    forget: async (executionId: string): Promise<{ writes: Write[]; freed: string[] }> => {
      const marks = await kernel.under(markPk(executionId));
      const writes = marks.flatMap(({ sk, order, lanePk, laneSk }) => [
        lanePk ? kernel.removeAs(String(lanePk), String(laneSk), { executionId: [executionId] }) : kernel.remove(QUEUE, String(order)),
        kernel.remove(markPk(executionId), String(sk)),
      ]);
      return { writes, freed: marks.flatMap((mark) => heldIn(mark) ?? []) };
    },
  };
};

export type KernelStore = ReturnType<typeof kernelStore>;
