import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { JournalEntry } from '../../shared/contracts/journal.ts';
import { partnersIn } from '../../shared/domain/sharing/partners.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { createAccess } from '../../shared/policy/access/index.ts';
import { barredStore } from '../../shared/stores/barred.ts';
import { channelsStore } from '../../shared/stores/channels.ts';
import { connectionsStore } from '../../shared/stores/connections.ts';
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
  const push = pusher({
    runtime,
    connections,
    barred: barredStore(client, setting(runtime, 'CONNECTIONS_TABLE'), clock),
    access: createAccess(setting(runtime, 'AGENCIES').split(',')),
    partners: partnersIn(setting(runtime, 'PARTNERS')),
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
