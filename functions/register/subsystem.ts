import { eventKey, type NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { type SubsystemRecord, SubsystemWord } from '../../shared/contracts/subsystem.ts';
import { heardFrom } from '../../shared/domain/kernel/heartbeat.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { KernelStore } from '../../shared/stores/kernel.ts';

export interface SubsystemDeps {
  kernel: Pick<KernelStore, 'subsystem' | 'seen'>;
  journal: JournalStore;
}

const ATTEMPTS = 10;

/** What there is to tell of a word: that it came, and what it changed. Whoever says something else of itself than before registers anew. */
const entriesOf = (event: NormalizedEvent, was: SubsystemRecord | undefined, now: SubsystemRecord): Entry[] => {
  const entry = (kind: Entry['kind'], more: object): Entry => ({
    kind,
    actor: `source/${event.source}`,
    data: { subsystem: event.source, eventKey: eventKey(event), ...more },
  });
  const { everyS, version } = now;
  const isNew = was?.everyS !== everyS || was.version !== version;
  return [
    entry('subsystem.seen', {}),
    ...(isNew ? [entry('subsystem.registered', { everyS, version })] : []),
    ...(was && was.told !== now.told ? [entry('subsystem.recovered', { was: was.told, silentSince: was.seenAt })] : []),
  ];
};

/** A subsystem says that it is there. It speaks for itself alone: whose word it is, the event's source says. */
export const subsystem =
  ({ kernel, journal }: SubsystemDeps) =>
  async (event: NormalizedEvent): Promise<void> => {
    const word = SubsystemWord.parse(event.data);
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const was = await kernel.subsystem(event.source);
      const now = heardFrom(event.source, was, word, event.receivedAt);
      const writes = now === was ? [] : [kernel.seen(was, now)];
      if ((await journal.commit(event.source, entriesOf(event, was, now), writes)).ok) return;
    }
    throw new Error(`${event.source} was heard ${ATTEMPTS} times while one heartbeat was taken; it will be delivered again`);
  };
