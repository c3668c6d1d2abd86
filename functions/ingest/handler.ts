import { ownBus } from '../../shared/lambda/bus.ts';
import { dynamoDb, sqs } from '../../shared/lambda/clients.ts';
import { lazily, setting, sqsBatchDoor } from '../../shared/lambda/doors.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { vaultFor } from '../../shared/restricted/index.ts';
import { sources } from '../../shared/sources/index.ts';
import { deadLettersStore } from '../../shared/stores/dead-letters.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { factsStore } from '../../shared/stores/facts.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { sourcesStore } from '../../shared/stores/sources.ts';
import { agencyAccountsIn } from './agency.ts';
import { countRefused } from './screen/refusals.ts';
import { screening } from './screen/screening.ts';
import { speakersIn } from './speaker.ts';
import { take } from './take.ts';

/** The door of `ingest`: raw events from the bus. What it does with a batch stands in ingest.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock, log, pause } = runtime;
  const journal = journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime });
  const known = sourcesStore(client, setting(runtime, 'SOURCES_TABLE'));
  const screen = screening({
    sources: known,
    specs: sources,
    journal,
    queue: sqs(runtime),
    queueUrls: setting(runtime, 'INGEST_QUEUE_URLS').split(','),
    clock,
    log,
  });
  const events = eventsStore(client, setting(runtime, 'EVENTS_TABLE'));
  return sqsBatchDoor(
    runtime,
    take({
      events,
      incidents: incidentsStore(client, setting(runtime, 'INCIDENTS_TABLE'), events),
      facts: factsStore(client, setting(runtime, 'FACTS_TABLE'), runtime.clock),
      deadLetters: deadLettersStore(client, setting(runtime, 'DEAD_LETTERS_TABLE')),
      journal,
      vault: vaultFor(runtime, journal),
      bus: ownBus(runtime),
      screen,
      speakers: speakersIn(setting(runtime, 'OTHER_ACCOUNTS')),
      agencies: agencyAccountsIn(setting(runtime, 'AGENCY_ACCOUNTS')),
      countRefused: countRefused({ sources: known, clock, log }),
      clock,
      log,
      pause,
    }),
  );
};

export const handler = lazily(create);
