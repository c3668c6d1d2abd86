import type { Execution } from '../../contracts/execution.ts';
import type { Kernel, KernelCommand, KernelPhase, StopMode } from '../../contracts/kernel.ts';
import type { Role } from '../../contracts/vocabulary.ts';
import { iso } from '../../lambda/ids.ts';

/** What an engine is that nobody ever paused or stopped. */
export const NEVER_TOUCHED: Kernel = { state: 'RUNNING', generation: 0, pausedMs: 0 };

const FROM: Readonly<Record<KernelCommand, readonly KernelPhase[]>> = {
  // A stop that lets runs end may be taken back; one that calls them off has done so.
  start: ['STOPPED', 'STOPPING'],
  stop: ['RUNNING', 'PAUSED'],
  pause: ['RUNNING'],
  resume: ['PAUSED'],
};

const TO: Readonly<Record<KernelCommand, KernelPhase>> = { start: 'RUNNING', stop: 'STOPPING', pause: 'PAUSED', resume: 'RUNNING' };

/** Why this command cannot be taken of an engine that stands so, in a sentence; undefined where it can. */
export const kernelRefusal = ({ state, mode, since, by }: Kernel, command: KernelCommand): string | undefined => {
  const told = since === undefined ? '' : ` since ${since}, by ${by}`;
  if (!FROM[command].includes(state)) return `The engine is ${state}${told}; ${command} is for one that is ${FROM[command].join(' or ')}`;
  if (command === 'start' && state === 'STOPPING' && mode === 'compensate')
    return `The engine is calling its runs off${told}; start it when it is STOPPED`;
  return undefined;
};

/** Milliseconds that the engine has stood paused in all by `now`. */
export const pausedMsBy = ({ state, since, pausedMs }: Kernel, now: number): number =>
  pausedMs + (state === 'PAUSED' && since !== undefined ? Math.max(0, Math.floor(now) - Date.parse(since)) : 0);

export interface Word {
  readonly by: string;
  readonly role?: Role | undefined;
  readonly reason: string;
  readonly mode?: StopMode | undefined;
}

const entered = (was: Kernel, state: KernelPhase, { by, role, reason, mode }: Word, now: number): Kernel => ({
  state,
  generation: was.generation + 1,
  pausedMs: pausedMsBy(was, now),
  since: iso(now),
  by,
  reason,
  ...(role ? { role } : {}),
  ...(mode ? { mode } : {}),
});

/** The engine after a person's command; `now` is ms. */
export const commanded = (was: Kernel, command: KernelCommand, word: Word, now: number): Kernel => entered(was, TO[command], word, now);

/** The engine when the last of its runs has ended; who stopped it, and why, stays. */
export const stopped = (was: Kernel, now: number): Kernel =>
  entered(was, 'STOPPED', { ...was, by: was.by ?? '', reason: was.reason ?? '' }, now);

/** Whether a run may start. */
export const mayStart = ({ state }: Kernel): boolean => state === 'RUNNING';

/** Whether a step of a run may be dispatched: also by an engine that stops, where its runs are to come to their end. */
export const mayDispatch = ({ state, mode }: Kernel): boolean => state === 'RUNNING' || (state === 'STOPPING' && mode === 'finish');

/** Milliseconds that a run which is paused has been so while the engine was not: while both were, its deadline moved with the engine. */
export const pausedAlone = (
  { pausedAt = '', pausedBefore = 0 }: Pick<Execution, 'pausedAt' | 'pausedBefore'>,
  kernel: Kernel,
  now: number,
): number => Math.max(0, Math.floor(now) - Date.parse(pausedAt) - (pausedMsBy(kernel, now) - pausedBefore));

/** When a run's time is over, ms: as much later as the engine stood paused since that time began. */
export const deadlineOf = (
  { deadline, enginePausedMs = 0 }: Pick<Execution, 'deadline' | 'enginePausedMs'>,
  kernel: Kernel,
  now: number,
): number => Date.parse(deadline) + pausedMsBy(kernel, now) - enginePausedMs;
