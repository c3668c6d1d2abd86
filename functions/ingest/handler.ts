import { ownBus } from '../../shared/lambda/bus.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { type Delivery, type HandleBatch, lazily, setting, sqsBatchDoor } from '../../shared/lambda/doors.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { deadLettersStore } from '../../shared/stores/dead-letters.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { factsStore } from '../../shared/stores/facts.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { type IngestDeps, ingest } from './ingest.ts';
import { isRequest, reevaluate } from './reevaluate.ts';
import { screen } from './screen.ts';

/** What people ask goes first and each for itself: one that fails is delivered again alone. */
const ingestOrReevaluate = (deps: IngestDeps): HandleBatch => {
  const [take, anew] = [ingest(deps), reevaluate(deps)];
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
    return events.length > 0 ? [...failed, ...(await take(events))] : failed;
  };
};

/** The door of `ingest`: raw events from the bus. What it does with a batch stands in ingest.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock, log, pause } = runtime;
  const events = eventsStore(client, setting(runtime, 'EVENTS_TABLE'));
  return sqsBatchDoor(
    runtime,
    ingestOrReevaluate({
      events,
      incidents: incidentsStore(client, setting(runtime, 'INCIDENTS_TABLE'), events),
      facts: factsStore(client, setting(runtime, 'FACTS_TABLE')),
      deadLetters: deadLettersStore(client, setting(runtime, 'DEAD_LETTERS_TABLE')),
      journal: journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime }),
      bus: ownBus(runtime),
      screen,
      clock,
      log,
      pause,
    }),
  );
};

export const handler = lazily(create);
