import { Source } from '../../../shared/contracts/vocabulary.ts';
import type { Delivery } from '../../../shared/lambda/doors.ts';
import { errorFields, say } from '../../../shared/lambda/log.ts';
import type { Clock, LogSink } from '../../../shared/lambda/runtime.ts';
import type { SourcesStore } from '../../../shared/stores/sources.ts';

interface RefusalDeps {
  sources: SourcesStore;
  clock: Clock;
  log: LogSink;
}

/** Counts refused deliveries as errors of their sources, each when it is first received. Anyone may say an unregistered name: it counts for nobody. */
export const countRefused =
  ({ sources, clock, log }: RefusalDeps) =>
  async (refused: readonly Delivery[]): Promise<void> => {
    const counts = new Map<Source, number>();
    for (const { raw, record } of refused) {
      const source = Source.safeParse(raw.source).data;
      if (source && record.attributes.ApproximateReceiveCount === '1') counts.set(source, (counts.get(source) ?? 0) + 1);
    }
    const one = ([source, n]: [Source, number]): Promise<void> =>
      // They are buried already; a figure of a source's health is no reason to deliver them again.
      sources.refused(source, n, clock.now()).catch((error) => say(log, 'warn', 'source.unjudged', { source, ...errorFields(error) }));
    await Promise.all([...counts].map(one));
  };
