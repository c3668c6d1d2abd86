import type { Envelope } from '../../../shared/contracts/event.ts';

/** What an adapter made of a producer's `detail`: a CloudEvents envelope whose `data` speaks SWOE's words, or why it cannot, naming the place. */
export type Adapted =
  | { readonly ok: true; readonly envelope: Envelope }
  | { readonly ok: false; readonly path: string; readonly reason: string };

/** One feed format. `recognises` looks at the shape alone and is never wrong about another format; `adapt` then says all that is wrong with it. */
export interface Format {
  readonly name: string;
  readonly recognises: (detail: unknown) => boolean;
  /** Pure. `busTime` is the bus's own time, in ms since the epoch. */
  readonly adapt: (detail: unknown, busTime: number) => Adapted;
}
