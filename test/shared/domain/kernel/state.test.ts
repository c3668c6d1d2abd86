import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { type Kernel, KernelCommand, StopMode } from '../../../../shared/contracts/kernel.ts';
import {
  commanded,
  deadlineOf,
  kernelRefusal,
  mayDispatch,
  mayStart,
  NEVER_TOUCHED,
  pausedAlone,
  pausedMsBy,
  stopped,
} from '../../../../shared/domain/kernel/state.ts';
import { iso } from '../../../../shared/lambda/ids.ts';

const START = Date.UTC(2026, 10, 22, 17);
const word = { by: 'op-1', role: 'kernel_operator', reason: 'a drill' } as const;

/** Commands, each so long after the one before, as an operator gives them; `end` is the engine's own: the last of its runs has ended. */
const days = fc.array(
  fc.record({
    command: fc.constantFrom<KernelCommand | 'end'>(...KernelCommand.options, 'end'),
    afterMs: fc.integer({ min: 0, max: 3_600_000 }),
    mode: fc.constantFrom(...StopMode.options),
  }),
  { maxLength: 30 },
);

interface Day {
  engine: Kernel;
  now: number;
  /** Milliseconds in which it was PAUSED, counted one stretch at a time. */
  paused: number;
}

const live = (plan: readonly { command: KernelCommand | 'end'; afterMs: number; mode: StopMode }[], look: (day: Day) => void): Day => {
  const day: Day = { engine: NEVER_TOUCHED, now: START, paused: 0 };
  for (const { command, afterMs, mode } of plan) {
    day.now += afterMs;
    if (day.engine.state === 'PAUSED') day.paused += afterMs;
    if (command === 'end') {
      if (day.engine.state === 'STOPPING') day.engine = stopped(day.engine, day.now);
    } else if (!kernelRefusal(day.engine, command)) {
      day.engine = commanded(day.engine, command, { ...word, ...(command === 'stop' ? { mode } : {}) }, day.now);
    }
    look(day);
  }
  return day;
};

test.prop([days])('an engine has stood paused for as long as it was PAUSED, whatever came between', (plan) => {
  live(plan, ({ engine, now, paused }) => {
    expect(pausedMsBy(engine, now)).toBe(paused);
    expect(pausedMsBy(engine, now + 5000)).toBe(paused + (engine.state === 'PAUSED' ? 5000 : 0));
  });
});

test.prop([days])('each change of state has a generation of its own, and what starts is dispatched as well', (plan) => {
  let before = NEVER_TOUCHED;
  live(plan, ({ engine }) => {
    expect(engine.generation - before.generation).toBe(engine.state === before.state ? 0 : 1);
    if (mayStart(engine)) expect(mayDispatch(engine)).toBe(true);
    if (engine.state === 'PAUSED' || engine.state === 'STOPPED') expect([mayStart(engine), mayDispatch(engine)]).toEqual([false, false]);
    before = engine;
  });
});

test.prop([days, days])('a run has as much time as it was given, pauses of the engine not counted', (before, after) => {
  const first = live(before, () => {});
  const run = { deadline: iso(first.now + 600_000), enginePausedMs: pausedMsBy(first.engine, first.now) };
  let [engine, now, worked] = [first.engine, first.now, 0];
  for (const { command, afterMs, mode } of after) {
    if (engine.state !== 'PAUSED') worked += afterMs;
    now += afterMs;
    if (command !== 'end' && !kernelRefusal(engine, command)) engine = commanded(engine, command, { ...word, mode }, now);
  }
  expect(deadlineOf(run, engine, now) - now).toBe(600_000 - worked);
});

test('a run paused by a person while the engine is paused too is given that time once', () => {
  const at = (ms: number) => START + ms;
  const paused = commanded(NEVER_TOUCHED, 'pause', word, at(1000));
  const run = { deadline: iso(at(60_000)), enginePausedMs: 0, pausedAt: iso(at(0)), pausedBefore: 0 };
  const resumed = commanded(paused, 'resume', word, at(5000));
  // A person's pause from 0 to 8 s, the engine's from 1 to 5 s.
  const deadline = iso(Date.parse(run.deadline) + pausedAlone(run, resumed, at(8000)));
  expect(deadlineOf({ ...run, deadline }, resumed, at(8000))).toBe(at(68_000));
});

test.each([
  ['pause', 'PAUSED'],
  ['resume', 'RUNNING'],
  ['start', 'RUNNING'],
  ['stop', 'STOPPED'],
  ['stop', 'STOPPING'],
  ['resume', 'STOPPED'],
  ['pause', 'STOPPING'],
] as const)('%s is refused of an engine that is %s, saying of which it is taken', (command, state) => {
  const refusal = kernelRefusal({ ...NEVER_TOUCHED, state, since: iso(START), by: 'op-2' }, command);
  expect(refusal).toContain(`The engine is ${state} since 2026-11-22T17:00:00.000Z, by op-2; ${command} is for one that is`);
});

test('a stop that lets runs end may be taken back, one that calls them off may not', () => {
  const stopping = (mode: StopMode) => commanded(NEVER_TOUCHED, 'stop', { ...word, mode }, START);
  expect(kernelRefusal(stopping('finish'), 'start')).toBeUndefined();
  expect(kernelRefusal(stopping('compensate'), 'start')).toContain('calling its runs off');
  expect(mayDispatch(stopping('finish'))).toBe(true);
  expect(mayDispatch(stopping('compensate'))).toBe(false);
});
