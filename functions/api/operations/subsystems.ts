import type { Breaker, Subsystem, SubsystemRecord } from '../../../shared/contracts/subsystem.ts';
import { ActionType, Source } from '../../../shared/contracts/vocabulary.ts';
import { neverFailed, tryAtOf } from '../../../shared/domain/kernel/breaker.ts';
import { healthOf, missedBy } from '../../../shared/domain/kernel/heartbeat.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import { sources } from '../../../shared/sources/index.ts';
import type { KernelStore } from '../../../shared/stores/kernel.ts';
import { vocabulary } from '../../../workflows/vocabulary/index.ts';
import type { Perform } from '../operation.ts';
import { ok } from '../reply.ts';

interface Deps {
  kernel: Pick<KernelStore, 'subsystems' | 'breakers'>;
  clock: Clock;
}

/** What each is asked to do. */
const performedBy = (subsystem: Source): ActionType[] => ActionType.options.filter((action) => vocabulary[action].performs === subsystem);

const shown = ({ state, failures, since, downSince, because, trial }: Breaker, tryAt: number | undefined): Subsystem['breaker'] => ({
  state,
  failures: failures.length,
  since,
  downSince,
  because,
  trial,
  ...(state === 'OPEN' && tryAt !== undefined ? { tryAt: iso(tryAt) } : {}),
});

const rowOf = (subsystem: Source, record: SubsystemRecord | undefined, breaker: Breaker, now: number): Subsystem => {
  const performs = performedBy(subsystem);
  const { registeredAt, seenAt, everyS, version } = record ?? {};
  return {
    subsystem,
    title: sources[subsystem].title,
    performs,
    health: healthOf(record, now),
    registeredAt,
    seenAt,
    everyS,
    missed: record && missedBy(record, now),
    version,
    ...(performs.length > 0 ? { breaker: shown(breaker, tryAtOf(breaker)) } : {}),
  };
};

/** Every subsystem, in the order of the vocabulary, judged as it is now: they are few, so there are no pages. */
export const kernelSubsystems =
  ({ kernel, clock }: Deps): Perform<'kernelSubsystems'> =>
  async () => {
    const [records, breakers] = await Promise.all([kernel.subsystems(Source.options), kernel.breakers(Source.options)]);
    const now = clock.now();
    const items = Source.options.map((name) => rowOf(name, records.get(name), breakers.get(name) ?? neverFailed(name), now));
    return ok({ now: iso(now), items });
  };
