import type { Entry } from '../../shared/contracts/journal.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { Spooled, SpoolStore } from '../../shared/stores/spool.ts';

interface Deps {
  readonly spool: Pick<SpoolStore, 'waiting' | 'taken'>;
  readonly journal: Pick<JournalStore, 'commit'>;
  readonly log: LogSink;
  /** Wakes whoever is called at night: so much was done since then that the journal does not know of. */
  readonly alarm: (letter: { since: string; waiting: number }) => Promise<void>;
}

/** What was set aside as the journal tells it now, after a word of its own: each says that it is late, and when it really was. */
const lateEntries = ({ at, entries }: Spooled, actor: string): Entry[] => {
  const { incidentId, executionId } = entries[0] ?? {};
  const kinds = entries.map(({ kind }) => kind);
  return [
    { kind: 'audit.spooled', actor, incidentId, executionId, data: { since: at, kinds } },
    ...entries.map((entry) => ({ ...entry, data: { ...entry.data, spooled: true, happenedAt: at } })),
  ];
};

/** In the order in which it was done; of two who do it one does. Where one fails what comes after it in its chain waits with it. */
const write = async ({ spool, journal, log }: Deps, waiting: readonly Spooled[], actor: string): Promise<void> => {
  const stuck = new Set<string>();
  for (const one of waiting) {
    if (stuck.has(one.subject)) continue;
    try {
      await journal.commit(one.subject, lateEntries(one, actor), [spool.taken(one)]);
    } catch (error) {
      stuck.add(one.subject);
      say(log, 'error', 'audit.spooled', { since: one.at, ...errorFields(error) });
    }
  }
};

/** Writes into the journal what was done while it could not be written, and says so where it is heard: each minute until it is written. */
export const unspool =
  (deps: Deps) =>
  async (actor: string): Promise<void> => {
    const waiting = await deps.spool.waiting();
    const [first] = waiting;
    if (!first) return;
    try {
      await deps.alarm({ since: first.at, waiting: waiting.length });
    } catch (error) {
      say(deps.log, 'error', 'audit.spooled', { since: first.at, ...errorFields(error) });
    }
    await write(deps, waiting, actor);
  };
