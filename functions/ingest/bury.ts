import { burialOf } from '../../shared/domain/burial.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import type { Vault } from '../../shared/restricted/index.ts';
import { sealedBurial } from '../../shared/restricted/letter.ts';
import type { DeadLettersStore } from '../../shared/stores/dead-letters.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';

export interface BuryDeps extends Pick<Runtime, 'clock' | 'log'> {
  vault: Vault;
  journal: JournalStore;
  deadLetters: DeadLettersStore;
}

/** Refused for good: kept with its reason, counted once however often it is delivered. */
export const bury =
  ({ journal, deadLetters, vault, clock, log }: BuryDeps) =>
  async (raw: BusEvent, why: string, path?: string): Promise<void> => {
    const letter = await sealedBurial(vault)(raw, burialOf(raw, clock.now(), why, path));
    const { reason } = letter;
    say(log, 'warn', 'event.refused', { busId: raw.id, reason });
    const source = raw.source.slice(0, 60);
    await journal.commit(
      raw.id,
      [
        { kind: 'event.accepted', actor: 'system/ingest', data: { items: [{ busId: raw.id, source }] } },
        { kind: 'event.dead-lettered', actor: 'system/ingest', data: { busId: raw.id, source, reason } },
      ],
      deadLetters.bury(letter),
    );
  };
