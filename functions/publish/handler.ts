import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { JournalEntry } from '../../shared/contracts/journal.ts';
import { partiesIn } from '../../shared/domain/joint/parties.ts';
import { createScopes } from '../../shared/domain/joint/scope.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { createAccess } from '../../shared/policy/access/index.ts';
import { barredStore } from '../../shared/stores/barred.ts';
import { channelsStore } from '../../shared/stores/channels.ts';
import { connectionsStore } from '../../shared/stores/connections.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { jointStore } from '../../shared/stores/joint.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import type { Gap } from './plan.ts';
import { pusher } from './push.ts';
import { record } from './record.ts';

const entriesOf = ({ Records }: DynamoDBStreamEvent): JournalEntry[] =>
  Records.flatMap(({ eventName, dynamodb }) =>
    eventName === 'INSERT' && dynamodb?.NewImage
      ? [JournalEntry.parse(unmarshall(dynamodb.NewImage as Record<string, AttributeValue>))]
      : [],
  );

/** The door of `publish`: what the journal's stream delivers. What is counted and told stands in plan.ts, how it is pushed in push.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock } = runtime;
  const channels = channelsStore(client, setting(runtime, 'CHANNELS_TABLE'));
  const connections = connectionsStore(client, setting(runtime, 'CONNECTIONS_TABLE'));
  const journal = journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime });
  const missed = ({ stream, from, to }: Gap) => journal.between(stream, from, to);
  const recorded = record({ channels, clock, missed });
  const parties = partiesIn(runtime);
  const incidents = incidentsStore(client, setting(runtime, 'INCIDENTS_TABLE'), eventsStore(client, setting(runtime, 'EVENTS_TABLE')));
  const push = pusher({
    runtime,
    connections,
    barred: barredStore(client, setting(runtime, 'CONNECTIONS_TABLE'), clock),
    access: createAccess(parties.ours),
    partners: parties.partners,
    scopes: createScopes({ joint: jointStore(client, setting(runtime, 'JOINT_TABLE')), incidents, parties, clock }),
    endpoint: setting(runtime, 'WEBSOCKET_ENDPOINT'),
  });

  return async (event: DynamoDBStreamEvent): Promise<void> => {
    try {
      await push(await recorded(entriesOf(event)));
    } catch (error) {
      say(runtime.log, 'error', 'invocation.failed', errorFields(error));
      throw error;
    }
  };
};

export const handler = lazily(create);
