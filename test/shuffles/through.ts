import { create } from '../../functions/ingest/handler.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { delivery, type Rooms, rooms } from '../support/rooms.ts';
import { dice, shuffled } from './order.ts';
import { NOW, type Told } from './records.ts';

const BATCH = 10;

/** Member sets as they stand in the store. */
const standing = async ({ stores }: Rooms, all: readonly Told[]): Promise<string[]> => {
  const sets = new Map<string, string[]>();
  // A file may hold a record twice.
  for (const [node, key] of new Map(all.map(({ seen }) => [seen.node, seen.eventKey]))) {
    const { incident } = await stores.incidents.root(node);
    sets.set(incident.id, [...(sets.get(incident.id) ?? []), key]);
  }
  return [...sets.values()].map((keys) => keys.sort().join(' ')).sort();
};

/**
 * The records through the rooms of `ingest`, into tables of the local DynamoDB engine: in a random order, a tenth of them twice (as the same delivery, or as
 * another one), by `hands` ingesters at once whose every call is a turn in a seeded order. What fails is delivered again. Each hand
 * takes a batch a second, so that no source says more than it was promised.
 */
export const through = async (all: readonly Told[], seed: number, hands = 8): Promise<string[]> => {
  const ground = rooms({ seed, shuffle: true, start: NOW });
  const roll = dice(seed + 1);
  const known = new Set<string>();
  const queue: BusEvent[] = shuffled(all, seed).map(({ raw }) => {
    const again = known.has(raw.id) && roll() < 0.5;
    known.add(raw.id);
    return again ? { ...raw, id: `${raw.id}-again` } : raw;
  });
  const hand = async (): Promise<void> => {
    const ingest = create(ground.runtime);
    for (let batch = queue.splice(0, BATCH); batch.length > 0; batch = queue.splice(0, BATCH)) {
      const { batchItemFailures } = await ingest(delivery(...batch));
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      queue.push(...batch.filter(({ id }, index) => failed.has(`m-${index}-${id}`)));
      // Eight hands at ten records a second are within what any source is promised: none has to wait for its turn.
      await ground.runtime.pause(1000);
    }
  };
  await ground.settle(Promise.all(Array.from({ length: hands }, hand)));
  return standing(ground, all);
};
