import type { Normal } from '../delivery.ts';

/** To come back through the queue: `turn` (ms since the epoch) is when it may pass. */
export interface Later {
  normal: Normal;
  turn: number;
}

/** Not taken in, and why: `limit` events of its lane may wait at its source, whose buffer is `buffer`, and so many did. */
export interface Shed {
  normal: Normal;
  reason: string;
  limit: number;
  buffer: number;
}

/** Says again what the event `of` said; `sighting` is what both saw. */
export interface Repeat {
  normal: Normal;
  of: string;
  sighting: string;
}

/**
 * What becomes of a batch; each of its events stands in one list. `done` were dropped by an earlier delivery of the same message.
 * `failed` could not be judged and must be delivered again.
 */
export interface Judged {
  pass: Normal[];
  later: Later[];
  shed: Shed[];
  repeats: Repeat[];
  done: Normal[];
  failed: Normal[];
}
