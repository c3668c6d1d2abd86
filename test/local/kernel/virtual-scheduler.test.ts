import { describe, expect, it } from 'vitest';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';

describe('the virtual scheduler', () => {
  it('runs tasks by their time and, at one time, in the order they were asked for', async () => {
    const clock = createVirtualScheduler();
    const seen: string[] = [];
    clock.after(20, () => seen.push('late'));
    clock.after(10, () => seen.push('first'));
    clock.after(10, () => seen.push('second'));
    await clock.run();
    expect(seen).toEqual(['first', 'second', 'late']);
  });

  it('lets everything that follows by promises happen before the clock jumps', async () => {
    const clock = createVirtualScheduler({ start: 0 });
    const times: number[] = [];
    clock.after(5, async () => {
      for (let i = 0; i < 50; i += 1) await Promise.resolve();
      times.push(clock.now());
    });
    clock.after(6, () => times.push(clock.now()));
    await clock.run();
    expect(times).toEqual([5, 6]);
  });

  it('stops at a time and stands there', async () => {
    const clock = createVirtualScheduler({ start: 0 });
    let ran = 0;
    clock.after(10, () => {
      ran += 1;
    });
    clock.after(11, () => {
      ran += 1;
    });
    await clock.run(10);
    expect([ran, clock.now(), clock.waiting()]).toEqual([1, 10, 1]);
  });

  it('stops when a predicate holds and says when it never does', async () => {
    const clock = createVirtualScheduler({ start: 0 });
    let ticks = 0;
    const tick = () => {
      ticks += 1;
      if (ticks < 10) clock.after(1000, tick);
    };
    clock.after(0, tick);
    expect(await clock.run(() => ticks === 4)).toBe(true);
    expect(clock.now()).toBe(3000);
    expect(await clock.run(() => ticks === 99)).toBe(false);
  });

  it('forgets a task that was called off', async () => {
    const clock = createVirtualScheduler();
    const cancel = clock.after(1, () => expect.unreachable());
    cancel();
    cancel();
    expect(clock.waiting()).toBe(0);
    await clock.run();
  });

  it('holds the clock while tracked work is under way', async () => {
    const clock = createVirtualScheduler({ start: 0 });
    const { readFile } = await import('node:fs/promises');
    let read = -1;
    void clock.track(readFile(import.meta.filename)).then(() => {
      read = clock.now();
    });
    clock.after(1, () => {});
    await clock.run();
    expect(read).toBe(0);
  });

  it('repeats itself for one seed and differs for another', async () => {
    const draw = async (seed: number) => {
      const clock = createVirtualScheduler({ seed, shuffle: true });
      const seen: number[] = [];
      for (let i = 0; i < 20; i += 1) clock.after(1, () => seen.push(i));
      await clock.run();
      return [clock.uuid(), clock.random(), ...seen];
    };
    expect(await draw(7)).toEqual(await draw(7));
    expect(await draw(7)).not.toEqual(await draw(8));
  });

  it('draws UUIDs of version 4', () => {
    expect(createVirtualScheduler().uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('draws evenly', () => {
    const clock = createVirtualScheduler({ seed: 'even' });
    const buckets = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i += 1) {
      const bucket = Math.floor(clock.random() * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) expect(count).toBeGreaterThan(880);
  });
});
