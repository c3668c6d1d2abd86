import type { Envelope } from '../../../shared/contracts/event.ts';

/**
 * What an adapter made of a producer's `detail`: a CloudEvents envelope whose `data` speaks SWOE's words, or why it cannot, naming the place.
 * `place` is where in the document the event stood, of one that carries several.
 */
export type Adapted =
  | { readonly ok: true; readonly envelope: Envelope; readonly place?: string }
  | { readonly ok: false; readonly path: string; readonly reason: string };

/** One feed format. `recognises` looks at the shape alone and is never wrong about another format; `adapt` then says all that is wrong with it. */
export interface Format<Answer extends Adapted | readonly Adapted[] = Adapted | readonly Adapted[]> {
  readonly name: string;
  readonly recognises: (detail: unknown) => boolean;
  /** Pure. `busTime` is the bus's own time, in ms since the epoch. A list, never empty, where a document may carry several events. */
  readonly adapt: (detail: unknown, busTime: number) => Answer;
}
