import * as z from 'zod';
import { ActionType, Source } from './vocabulary.ts';

/** The `data` of `subsystem.registered` and of `subsystem.heartbeat`: what a subsystem says of itself. Whose it is the event's source says. */
export const SubsystemWord = z.looseObject({
  subsystem: z.string().min(1).max(100).optional(),
  /** Seconds between two heartbeats, as it promises them; a minute unless it says so. */
  everyS: z.int().min(5).max(86_400).optional(),
  version: z.string().min(1).max(60).optional(),
});
export type SubsystemWord = z.infer<typeof SubsystemWord>;

/** `unheard`: never yet. `degraded` and `silent`: so many heartbeats that it promised did not come. */
export const SubsystemHealth = z.enum(['unheard', 'healthy', 'degraded', 'silent']);
export type SubsystemHealth = z.infer<typeof SubsystemHealth>;

/** A subsystem as it is registered. `told` is its health as the journal said it last. */
export const SubsystemRecord = z.object({
  subsystem: z.string(),
  registeredAt: z.iso.datetime(),
  /** When its last heartbeat reached SWOE. */
  seenAt: z.iso.datetime(),
  everyS: z.int(),
  version: z.string().optional(),
  told: SubsystemHealth.exclude(['unheard']),
  /** Goes up by one with each change. */
  revision: z.int(),
});
export type SubsystemRecord = z.infer<typeof SubsystemRecord>;

/**
 * CLOSED: it is asked. OPEN: it is not, but for what help depends on. HALF_OPEN: one action was sent to it as a trial, and its outcome is
 * waited for.
 */
export const BreakerState = z.enum(['CLOSED', 'OPEN', 'HALF_OPEN']);
export type BreakerState = z.infer<typeof BreakerState>;

/** The circuit breaker of a subsystem. One that never failed is CLOSED, of generation 0, and says no more. */
export const Breaker = z.object({
  subsystem: z.string(),
  state: BreakerState,
  /** Goes up by one with each change. */
  generation: z.int(),
  /** When the failures came that stand in a row, oldest first. */
  failures: z.array(z.iso.datetime()),
  /** Since when it is in this state, where it ever changed. */
  since: z.iso.datetime().optional(),
  /** Since when it has not worked: when it opened first. */
  downSince: z.iso.datetime().optional(),
  /** What the last failure was, for whoever asks why. */
  because: z.string().optional(),
  /** The action that tries it, and until when its outcome is waited for. */
  trial: z.object({ actionId: z.string(), until: z.iso.datetime() }).optional(),
});
export type Breaker = z.infer<typeof Breaker>;

/** A subsystem, how it does and whether it is asked. */
export const Subsystem = z.object({
  subsystem: Source,
  title: z.string(),
  /** What it is asked to do; empty for one that only tells. */
  performs: z.array(ActionType),
  health: SubsystemHealth,
  registeredAt: z.iso.datetime().optional(),
  seenAt: z.iso.datetime().optional(),
  everyS: z.int().optional(),
  /** Heartbeats that are missing in a row. */
  missed: z.int().optional(),
  version: z.string().optional(),
  /** Only where it performs something. `tryAt`: from when on the next action is sent as a trial. */
  breaker: Breaker.omit({ subsystem: true, generation: true, failures: true })
    .extend({ failures: z.int(), tryAt: z.iso.datetime().optional() })
    .optional(),
});
export type Subsystem = z.infer<typeof Subsystem>;

/** All of them, in the order of the vocabulary. */
export const Subsystems = z.object({ now: z.iso.datetime(), items: z.array(Subsystem) });
export type Subsystems = z.infer<typeof Subsystems>;
