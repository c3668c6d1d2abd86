import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { openFollower } from '../../client/follower.ts';
import { createVirtualScheduler } from '../../local/kernel/virtual-scheduler.ts';
import { modelChannel } from './model-channel.ts';

const NONE = { lost: 0, twice: 0, dropped: 0, delayMs: 1 };

const following = async (trouble = NONE, { seed = 1, from = 1 }: { seed?: number; from?: number | undefined } = {}) => {
  const scheduler = createVirtualScheduler({ seed });
  const channel = modelChannel(scheduler, trouble);
  const heard: number[] = [];
  const snapshots: number[] = [];
  const troubles: string[] = [];
  const opened = openFollower({
    dial: channel.dial,
    timers: scheduler,
    from,
    onMessage: ({ seq }) => heard.push(seq),
    onSnapshot: () => snapshots.push(heard.length),
    onTrouble: (why) => troubles.push(why),
  });
  const follower = await opened;
  const pass = (ms: number) => scheduler.run(scheduler.now() + ms);
  return { scheduler, channel, heard, snapshots, troubles, follower, pass };
};
const upTo = (last: number, from = 1) => Array.from({ length: last - from + 1 }, (_, n) => from + n);

describe('a follower', () => {
  test('that was dropped comes back and goes on where it was', async () => {
    const { channel, heard, follower, pass, troubles } = await following();
    channel.say(3);
    await pass(100);
    channel.dropAll();
    channel.say(4);
    await pass(60_000);
    expect(heard).toEqual(upTo(7));
    expect(follower.next()).toBe(8);
    expect(troubles).toEqual(['dropped']);
  });

  test('begins with what comes next, where it names no number', async () => {
    const scheduler = createVirtualScheduler();
    const channel = modelChannel(scheduler, NONE);
    channel.say(5);
    const heard: number[] = [];
    await openFollower({ dial: channel.dial, timers: scheduler, onMessage: ({ seq }) => heard.push(seq) });
    await scheduler.run(scheduler.now() + 100);
    channel.say(2);
    await scheduler.run(scheduler.now() + 100);
    expect(heard).toEqual([6, 7]);
  });

  test('whose place is no longer kept is given what stands, and goes on from there', async () => {
    const { channel, heard, snapshots, pass } = await following();
    channel.say(3);
    await pass(100);
    channel.dropAll();
    for (let n = 0; n < 10; n += 1) channel.say(2);
    channel.forget(20);
    await pass(60_000);
    channel.say(1);
    await pass(100);
    expect(snapshots).toEqual([3]);
    expect(heard).toEqual([1, 2, 3, 24]);
  });

  test('that closes is dialled for no more', async () => {
    const { channel, follower, pass } = await following();
    channel.dropAll();
    follower.close();
    await pass(120_000);
    expect(channel.connections()).toBe(0);
  });

  test('says something before ten idle minutes are over, and drops a server that does not answer', async () => {
    const { channel, scheduler, troubles, pass } = await following();
    await pass(9 * 60_000);
    expect(channel.connections()).toBe(1);
    expect(troubles).toEqual([]);
    const deaf: string[] = [];
    const dial = async () => ({ send: () => {}, close: () => deaf.push('closed') });
    await openFollower({ dial, timers: scheduler, onMessage: () => {} });
    await pass(10_000);
    expect(deaf).toEqual(['closed']);
  });

  test('whose first connection is refused is told so', async () => {
    const { scheduler } = await following();
    const dial = () => Promise.reject(new Error('403'));
    await expect(openFollower({ dial, timers: scheduler, onMessage: () => {} })).rejects.toThrow('403');
  });
});

const chaos = fc.record({
  lost: fc.double({ min: 0, max: 0.6, noNaN: true }),
  twice: fc.double({ min: 0, max: 0.5, noNaN: true }),
  dropped: fc.double({ min: 0, max: 0.15, noNaN: true }),
  delayMs: fc.integer({ min: 1, max: 400 }),
});
const said = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 });

property.prop([chaos, said, fc.integer()], { numRuns: 200 })(
  'whatever is lost, doubled, reordered or dropped, every message is heard once and in order',
  async (trouble, sayings, seed) => {
    // The first connection must stand: that it may be refused is another test.
    const { channel, heard, pass, scheduler } = await following({ ...trouble, dropped: 0 }, { seed });
    for (const many of sayings) {
      channel.say(many);
      await pass(100);
      if (scheduler.random() < trouble.dropped) channel.dropAll();
      expect(heard).toEqual(upTo(heard.length));
    }
    channel.calm();
    await pass(120_000);
    channel.say(1);
    await pass(60_000);
    expect(heard).toEqual(upTo(channel.next() - 1));
  },
);
