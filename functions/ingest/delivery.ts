import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Delivery } from '../../shared/lambda/doors.ts';

/** A delivery that speaks of an event: normalised, and not yet stored. `key` is the event's. */
export interface Normal {
  readonly delivery: Delivery;
  readonly key: string;
  readonly event: NormalizedEvent;
}

/** What becomes of deliveries before anything of them is stored. `delayS` is in seconds; `of` is the key of the event that is repeated. */
export interface Screened {
  readonly pass: Normal[];
  readonly later: { readonly normal: Normal; readonly delayS: number }[];
  readonly shed: { readonly normal: Normal; readonly reason: string }[];
  readonly repeats: { readonly normal: Normal; readonly of: string }[];
}

export type Screen = (normals: readonly Normal[]) => Promise<Screened>;
