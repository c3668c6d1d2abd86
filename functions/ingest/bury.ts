import type { BusEvent } from '../../shared/lambda/doors.ts';
import { say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import type { DeadLettersStore } from '../../shared/stores/dead-letters.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';

export interface BuryDeps {
  journal: JournalStore;
  deadLetters: DeadLettersStore;
  log: LogSink;
}

/** Refused for good: kept with its reason, counted once however often it is delivered. */
export const bury =
  ({ journal, deadLetters, log }: BuryDeps) =>
  async (raw: BusEvent, reason: string, path?: string): Promise<void> => {
    say(log, 'warn', 'event.refused', { busId: raw.id, reason });
    const data = { busId: raw.id, source: raw.source.slice(0, 60), reason };
    await journal.commit(
      raw.id,
      [
        { kind: 'event.accepted', actor: 'system/ingest', data: { items: [{ busId: raw.id }] } },
        { kind: 'event.dead-lettered', actor: 'system/ingest', data },
      ],
      [
        deadLetters.bury({
          busId: raw.id,
          at: raw.time,
          source: raw.source,
          detailType: raw['detail-type'],
          reason,
          path,
          body: JSON.stringify(raw.detail) ?? '',
        }),
      ],
    );
  };
