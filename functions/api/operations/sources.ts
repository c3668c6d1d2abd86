import { healthOf } from '../../../shared/domain/source-health.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import { sources as specs } from '../../../shared/sources/index.ts';
import type { SourcesStore } from '../../../shared/stores/sources.ts';
import type { Perform } from '../operation.ts';
import { ok } from '../reply.ts';

/** Every registered source and how it does, in the order of the vocabulary: one read, so there are no pages. */
export const eventSources =
  ({ sources, clock }: { sources: Pick<SourcesStore, 'health'>; clock: Clock }): Perform<'eventSources'> =>
  async () => {
    const now = clock.now();
    const known = await sources.health();
    return ok({ now: iso(now), items: known.map((state) => healthOf(specs[state.source], state, now)) });
  };
