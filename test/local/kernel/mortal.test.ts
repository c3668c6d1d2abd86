import { describe, expect, it } from 'vitest';
import { mortal } from '../../../local/kernel/mortal.ts';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';

describe('a machine’s own scheduler', () => {
  it('runs nothing once it is stopped, and leaves the clock to others', async () => {
    const clock = createVirtualScheduler();
    const [mine, other] = [mortal(clock), mortal(clock)];
    const ran: string[] = [];
    mine.after(10, () => {
      ran.push('mine early');
      mine.stop();
      mine.after(0, () => ran.push('mine late'));
    });
    mine.after(20, () => ran.push('mine waiting'));
    other.after(30, () => ran.push('other'));
    await clock.run();
    expect(ran).toEqual(['mine early', 'other']);
    expect([mine.stopped(), other.stopped(), clock.waiting()]).toEqual([true, false, 0]);
  });

  it('keeps nothing of what ran or was called off', async () => {
    const clock = createVirtualScheduler();
    const mine = mortal(clock);
    const callOff = mine.after(10, () => expect.unreachable());
    callOff();
    callOff();
    mine.after(5, () => {});
    await clock.run();
    mine.stop();
    expect(clock.waiting()).toBe(0);
  });
});
