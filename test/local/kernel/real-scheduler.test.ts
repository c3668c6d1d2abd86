import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRealScheduler } from '../../../local/kernel/real-scheduler.ts';

describe('the real scheduler', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits longer than setTimeout can', () => {
    vi.useFakeTimers();
    const scheduler = createRealScheduler();
    const task = vi.fn();
    scheduler.after(40 * 86_400_000, task);
    vi.advanceTimersByTime(39 * 86_400_000);
    expect(task).not.toHaveBeenCalled();
    vi.advanceTimersByTime(86_400_000);
    expect(task).toHaveBeenCalledOnce();
  });

  it('runs nothing after it was stopped', () => {
    vi.useFakeTimers();
    const scheduler = createRealScheduler();
    const task = vi.fn();
    scheduler.after(10, task);
    scheduler.after(0, task);
    scheduler.stop();
    scheduler.after(10, task);
    vi.runAllTimers();
    expect(task).not.toHaveBeenCalled();
  });

  it('takes 0 for the next turn', async () => {
    const scheduler = createRealScheduler();
    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      scheduler.after(0, () => {
        seen.push('task');
        resolve();
      });
      seen.push('now');
    });
    expect(seen).toEqual(['now', 'task']);
  });
});
