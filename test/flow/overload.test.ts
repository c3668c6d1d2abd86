import { beforeAll, describe, expect, test } from 'vitest';
import { change, FLOODED, priorityAt } from '../../bench/flood.ts';
import { watchJournal } from '../../bench/load.ts';
import type { SourceBuffer } from '../../shared/contracts/source-buffer.ts';
import { sources } from '../../shared/sources/index.ts';
import { system } from './system.ts';

/** Ten times the promise for so long; the bench does it for a minute and on real time. */
const SECONDS = 6;
const TICK_MS = 10;
const { rate, buffer } = sources[FLOODED];
const PER_TICK = (rate.perSecond * 10 * TICK_MS) / 1000;
const SENT = (SECONDS * 1000 * PER_TICK) / TICK_MS;
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:swoe-dev-ingest';

const flood = async () => {
  const running = await system();
  const { machine, scheduler } = running;
  const seen: SourceBuffer[] = [];
  const fused: Record<string, unknown>[] = [];
  watchJournal(machine, ({ kind, data }) => {
    if (kind === 'event.fused') fused.push(...(data['items'] as Record<string, unknown>[]));
  });
  const look = async (): Promise<void> => {
    const { body } = await running.rest<{ items: SourceBuffer[] }>('viewer', 'GET', '/events/buffers');
    seen.push(...body.items.filter(({ source }) => source === FLOODED));
  };
  const most = { delayed: 0, visible: 0 };
  for (let sent = 0; sent < SENT; ) {
    const Entries = Array.from({ length: PER_TICK }, (_, at) => change(FLOODED, sent + at, scheduler.now())).map((event) => ({
      EventBusName: 'swoe',
      Source: event.source,
      DetailType: event.type,
      Detail: JSON.stringify(event.detail),
    }));
    await running.live(machine.call(machine.localUser, 'events', 'PutEvents', { Entries }));
    sent += PER_TICK;
    await running.pass(TICK_MS);
    if (sent % (PER_TICK * 25) === 0) await look();
    const { delayed, visible } = machine.engines.queues.counts(QUEUE);
    most.delayed = Math.max(most.delayed, delayed);
    most.visible = Math.max(most.visible, visible);
  }
  await running.pass(120_000);
  await look();
  return { running, seen, fused, most };
};

describe('a source that says ten times what it was promised', () => {
  let flooded: Awaited<ReturnType<typeof flood>>;
  beforeAll(async () => {
    flooded = await flood();
  }, 180_000);

  test('loses nothing CRITICAL, and nothing CRITICAL waits', () => {
    const critical = Array.from({ length: SENT }, (_, n) => n).filter((n) => priorityAt(n) === 'CRITICAL');
    expect(flooded.fused.filter(({ priority }) => priority === 'CRITICAL')).toHaveLength(critical.length);
    expect(flooded.seen.at(-1)?.delayed.CRITICAL).toBeUndefined();
  });

  test('leaves a ledger that closes, with every event that was shed in it by its priority', async () => {
    const ledger = await flooded.running.status();
    expect(ledger.accepted).toBe(SENT);
    expect(ledger.fused + Object.values(ledger.dropped).reduce((sum, n) => sum + n, 0) + ledger.deadLettered).toBe(SENT);
    const counted = Object.fromEntries(Object.entries(flooded.seen.at(-1)?.shed ?? {}).map(([priority, n]) => [`shed:${priority}`, n]));
    expect(ledger.dropped).toEqual(counted);
    expect(Object.keys(ledger.dropped).sort()).toEqual(['shed:INFO', 'shed:LOW', 'shed:MEDIUM']);
  });

  test('never has more waiting than its bound, and the queue no more than that and what a second brings', () => {
    expect(Math.max(...flooded.seen.map(({ waiting }) => waiting))).toBeLessThanOrEqual(buffer);
    expect(flooded.most.delayed).toBeLessThanOrEqual(buffer + rate.perSecond);
    expect(flooded.most.visible).toBeLessThanOrEqual(PER_TICK * 10);
  });

  test('is seen to shed, and to be well again when all have had their turn', () => {
    expect(flooded.seen.at(-2)).toMatchObject({ state: 'shedding', perMinute: expect.any(Number) });
    expect(flooded.seen.at(-1)).toMatchObject({ state: 'ok', waiting: 0, received: SENT });
  });
});
