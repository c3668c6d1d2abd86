import { partnersIn } from '../../shared/domain/sharing/partners.ts';
import { outgoingBus } from '../../shared/lambda/bus.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { lazily, setting, sqsDoor } from '../../shared/lambda/doors.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { factsStore } from '../../shared/stores/facts.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { sharingStore } from '../../shared/stores/sharing.ts';
import { share } from './share.ts';

/** The door of `share`: what happened here and may concern others. What leaves, and to whom, stands in share.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock, log } = runtime;
  return sqsDoor(
    runtime,
    share({
      events: eventsStore(client, setting(runtime, 'EVENTS_TABLE')),
      sharing: sharingStore(client, setting(runtime, 'EVENTS_TABLE')),
      facts: factsStore(client, setting(runtime, 'FACTS_TABLE'), runtime.clock),
      journal: journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime }),
      bus: outgoingBus(runtime),
      partners: partnersIn(setting(runtime, 'PARTNERS')),
      home: setting(runtime, 'HOME_AGENCY'),
      clock,
      log,
    }),
  );
};

export const handler = lazily(create);
