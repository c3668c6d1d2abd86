import * as z from 'zod';
import { Page } from './endpoint.ts';
import { Priority, Role } from './vocabulary.ts';

/**
 * RUNNING; PAUSED: nothing starts and nothing new is dispatched; STOPPING: nothing starts, and what runs comes to its end or is called off;
 * STOPPED: nothing starts and nothing runs.
 */
export const KernelPhase = z.enum(['RUNNING', 'PAUSED', 'STOPPING', 'STOPPED']);
export type KernelPhase = z.infer<typeof KernelPhase>;

/** How a stop treats what runs: `finish` lets it end, `compensate` cancels it, so that what a machine may undo is undone. */
export const StopMode = z.enum(['finish', 'compensate']);
export type StopMode = z.infer<typeof StopMode>;

/** The engine as it stands. One that nobody ever paused or stopped is RUNNING, of generation 0, and says no more. */
export const Kernel = z.object({
  state: KernelPhase,
  /** Goes up by one with each change of state. */
  generation: z.int(),
  /** Milliseconds that it stood paused in all, without the pause it may be in: every deadline is as much later. */
  pausedMs: z.int(),
  since: z.iso.datetime().optional(),
  by: z.string().optional(),
  role: Role.optional(),
  reason: z.string().optional(),
  mode: StopMode.optional(),
});
export type Kernel = z.infer<typeof Kernel>;

export const KernelCommand = z.enum(['start', 'stop', 'pause', 'resume']);
export type KernelCommand = z.infer<typeof KernelCommand>;

export const KernelRequest = z.object({ reason: z.string().min(3).max(500) });
export type KernelRequest = z.infer<typeof KernelRequest>;

export const KernelStop = KernelRequest.extend({ mode: StopMode });
export type KernelStop = z.infer<typeof KernelStop>;

/** So many runs of a workflow, or with a priority, may be under way at once. */
export const RunLimit = z.object({ of: z.enum(['workflow', 'priority']), name: z.string(), most: z.int().min(1) });
export type RunLimit = z.infer<typeof RunLimit>;

/** What waits for the engine, or for its turn: the start of a run, or a step of one that is to be dispatched. `token` is the state machine's and never leaves the store. */
export const Waiting = z.object({
  kind: z.enum(['start', 'step']),
  executionId: z.string(),
  incidentId: z.string(),
  workflow: z.string(),
  step: z.string().optional(),
  priority: Priority,
  since: z.iso.datetime(),
  token: z.string().optional(),
  /** The limit in which there was no room for it, where it does not wait for the engine. */
  limit: RunLimit.optional(),
  /** Its place in the queue: what sorts first goes first. */
  order: z.string(),
});
export type Waiting = z.infer<typeof Waiting>;

/** In the order in which they go; `ageS` in seconds. */
export const KernelQueue = z.object({
  state: KernelPhase,
  items: z.array(Waiting.omit({ token: true, order: true }).extend({ ageS: z.number(), effectivePriority: Priority })),
  next: z.string().optional(),
});
export type KernelQueue = z.infer<typeof KernelQueue>;

export const KernelQueueQuery = Page;

/**
 * The detail of `kernel.drain`: what waits and may go is let go, a batch at a time; `after` is the place of the last one looked at.
 * `callOff` has runs of an engine that stops so be cancelled.
 */
export const KernelDrain = z.object({ after: z.string().optional(), callOff: z.boolean().default(false) });
export type KernelDrain = z.infer<typeof KernelDrain>;
