import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Delivery } from '../../shared/lambda/doors.ts';

/** A delivery that speaks of an event: normalised, and not yet stored. `key` is the event's. */
export interface Normal {
  readonly delivery: Delivery;
  readonly key: string;
  readonly event: NormalizedEvent;
}

/** Who goes on now, and who could not be judged, put back or written down and must be delivered again. Whoever is in neither is done with. */
export interface Screened {
  readonly pass: readonly Normal[];
  readonly failed: readonly Normal[];
}

export type Screen = (normals: readonly Normal[]) => Promise<Screened>;
