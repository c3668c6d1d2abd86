import { burialOf } from '../../shared/domain/burial.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import type { DeadLettersStore } from '../../shared/stores/dead-letters.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';

export interface BuryDeps extends Pick<Runtime, 'clock' | 'log'> {
  journal: JournalStore;
  deadLetters: DeadLettersStore;
}

/** Refused for good: kept with its reason, counted once however often it is delivered. */
export const bury =
  ({ journal, deadLetters, clock, log }: BuryDeps) =>
  async (raw: BusEvent, reason: string, path?: string): Promise<void> => {
    say(log, 'warn', 'event.refused', { busId: raw.id, reason });
    const source = raw.source.slice(0, 60);
    await journal.commit(
      raw.id,
      [
        { kind: 'event.accepted', actor: 'system/ingest', data: { items: [{ busId: raw.id, source }] } },
        { kind: 'event.dead-lettered', actor: 'system/ingest', data: { busId: raw.id, source, reason } },
      ],
      deadLetters.bury(burialOf(raw, clock.now(), reason, path)),
    );
  };
