import { bufferOf } from '../../../shared/domain/source-buffer.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import { sources as specs } from '../../../shared/sources/index.ts';
import type { SourcesStore } from '../../../shared/stores/sources.ts';
import type { Perform } from '../operation.ts';
import { ok } from '../reply.ts';

/** Every source's buffer, in the order of the vocabulary: 25 items in one read, so there are no pages. */
export const eventBuffers =
  ({ sources, clock }: { sources: SourcesStore; clock: Clock }): Perform<'eventBuffers'> =>
  async () => {
    const now = clock.now();
    const known = await sources.health();
    return ok({ now: iso(now), items: known.map((state) => bufferOf(specs[state.source], state, now)) });
  };
