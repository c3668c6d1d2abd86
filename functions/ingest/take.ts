import type { Delivery, HandleBatch } from '../../shared/lambda/doors.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import { type IngestDeps, ingest } from './ingest.ts';
import { isRequest, reevaluate } from './reevaluate.ts';

/** A batch of the queue: what people ask goes first and each for itself, so that one that fails is delivered again alone; then all events at once. */
export const take = (deps: IngestDeps): HandleBatch => {
  const [takeIn, anew] = [ingest(deps), reevaluate(deps)];
  const one = async (delivery: Delivery): Promise<string[]> => {
    try {
      await anew(delivery);
      return [];
    } catch (error) {
      say(deps.log, 'warn', 'message.failed', { messageId: delivery.record.messageId, ...errorFields(error) });
      return [delivery.record.messageId];
    }
  };
  return async (deliveries) => {
    const failed: string[] = [];
    for (const delivery of deliveries.filter(isRequest)) failed.push(...(await one(delivery)));
    const events = deliveries.filter((delivery) => !isRequest(delivery));
    return events.length > 0 ? [...failed, ...(await takeIn(events))] : failed;
  };
};
