import { Source } from '../../shared/contracts/vocabulary.ts';
import { missedBy, worseThanTold } from '../../shared/domain/kernel/heartbeat.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { KernelStore } from '../../shared/stores/kernel.ts';

export interface SilenceDeps {
  kernel: Pick<KernelStore, 'subsystems' | 'seen'>;
  journal: JournalStore;
  clock: Clock;
}

/** Subsystems whose heartbeats do not come, each told once as degraded and once as silent; one that speaks in this moment is left alone. */
export const tellSilent = async ({ kernel, journal, clock }: SilenceDeps, actor: string): Promise<void> => {
  const now = clock.now();
  for (const record of (await kernel.subsystems(Source.options)).values()) {
    const health = worseThanTold(record, now);
    if (!health) continue;
    const { subsystem, seenAt, everyS, revision } = record;
    const missed = missedBy(record, now);
    const reason = `${subsystem} promised a heartbeat every ${everyS} s, and ${missed} did not come`;
    await journal.commit(
      subsystem,
      [{ kind: `subsystem.${health}`, actor, data: { subsystem, seenAt, missed, reason } }],
      [kernel.seen(record, { ...record, told: health, revision: revision + 1 })],
    );
  }
};
