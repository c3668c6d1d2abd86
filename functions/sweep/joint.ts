import { entriesOf } from '../../shared/domain/joint/entries.ts';
import { overAt } from '../../shared/domain/joint/operation.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { JointStore } from '../../shared/stores/joint.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';

interface Deps {
  readonly joint: Pick<JointStore, 'standing' | 'move'>;
  readonly journal: JournalStore;
  readonly clock: Clock;
}

/** Writes down that the time of a joint operation is over. What it opened closed at that moment, whenever this is written; one that is renewed meanwhile stands. */
export const endJoint =
  ({ joint, journal, clock }: Deps) =>
  async (actor: string): Promise<void> => {
    for (const was of await joint.standing()) {
      const over = overAt(was, clock.now());
      if (over) await journal.commit(was.id, entriesOf(over, { was, by: { actor } }), joint.move(was, over.now));
    }
  };
