import { expect, test } from 'vitest';
import { createAgenda } from '../../../statemachines/simulate/agenda.ts';

const settled = async (): Promise<void> => {};

test('things happen by their time, and those of one moment in the order they were asked for', async () => {
  const agenda = createAgenda(1000);
  const happened: string[] = [];
  const note = (what: string) => () => void happened.push(`${what} at ${agenda.now()}`);
  agenda.after(50, note('late'));
  agenda.after(10, note('first'));
  agenda.after(10, note('second'));
  agenda.after(0, () => agenda.after(10, note('third')));
  agenda.after(20, note('never'))();
  await agenda.run(settled);
  expect(happened).toEqual(['first at 1010', 'second at 1010', 'third at 1010', 'late at 1050']);
});

test('the clock does not move before what a moment causes has settled', async () => {
  const agenda = createAgenda(0);
  let slow: Promise<void> = Promise.resolve();
  let sawAt = -1;
  agenda.after(5, () => {
    slow = new Promise((resolve) => setImmediate(resolve)).then(() => {
      sawAt = agenda.now();
    });
  });
  agenda.after(100, () => {});
  await agenda.run(() => slow);
  expect([sawAt, agenda.now()]).toEqual([5, 100]);
});
