import { iso } from '../../shared/lambda/ids.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { AsksStore } from '../../shared/stores/asks.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';

interface Deps {
  readonly asks: AsksStore;
  readonly journal: JournalStore;
  readonly clock: Clock;
}

/** Writes down what took two persons and got one in time. An answer that comes meanwhile stands. */
export const expireAsks =
  ({ asks, journal, clock }: Deps) =>
  async (actor: string): Promise<void> => {
    for (const ask of await asks.unanswered()) {
      const { id, operation, by, expiresAt } = ask;
      if (expiresAt > iso(clock.now())) continue;
      const entry = { kind: 'ask.expired' as const, actor, data: { askId: id, operation, by, expiresAt } };
      await journal.commit(id, [entry], [asks.move(ask, { state: 'expired' })]);
    }
  };
