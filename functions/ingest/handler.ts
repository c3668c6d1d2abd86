import { ownBus } from '../../shared/lambda/bus.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { lazily, setting, sqsBatchDoor } from '../../shared/lambda/doors.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { deadLettersStore } from '../../shared/stores/dead-letters.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { factsStore } from '../../shared/stores/facts.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { ingest } from './ingest.ts';
import { screen } from './screen.ts';

/** The door of `ingest`: raw events from the bus. What it does with a batch stands in ingest.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock, log, pause } = runtime;
  const events = eventsStore(client, setting(runtime, 'EVENTS_TABLE'));
  return sqsBatchDoor(
    runtime,
    ingest({
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
