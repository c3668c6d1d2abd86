import { partId } from '../../shared/domain/part.ts';
import type { Delivery } from '../../shared/lambda/doors.ts';

const known = new WeakMap<Delivery, readonly Delivery[]>();

const made = (delivery: Delivery, count: number): readonly Delivery[] =>
  Array.from({ length: count }, (_, place) => ({ ...delivery, raw: { ...delivery.raw, id: partId(delivery.raw.id, place) } }));

/**
 * A delivery for each of the events that a message carries, so that each is stored, dropped or buried under an id of its own, and once
 * however often the message comes. Asked again within an invocation it answers the same objects: by them the screen knows whom it let through.
 */
export const partsOf = (delivery: Delivery, count: number): readonly Delivery[] => {
  if (count === 1) return [delivery];
  const parts = known.get(delivery) ?? made(delivery, count);
  known.set(delivery, parts);
  return parts;
};
