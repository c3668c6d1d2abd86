import type { SQSEvent } from 'aws-lambda';
import { createDynamoDb } from '../../local/engines/dynamodb/engine.ts';
import { createKeys, newSigningKey } from '../../local/engines/keys/keys.ts';
import type { Ground } from '../../local/kernel/engine.ts';
import { memoryLog } from '../../local/kernel/log.ts';
import { createVirtualScheduler } from '../../local/kernel/virtual-scheduler.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { vaultFor } from '../../shared/restricted/index.ts';
import { deadLettersStore } from '../../shared/stores/dead-letters.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { factsStore } from '../../shared/stores/facts.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { jointStore } from '../../shared/stores/joint.ts';
import { journalStore, STREAMS } from '../../shared/stores/journal.ts';
import { kernelStore } from '../../shared/stores/kernel.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { sourcesStore } from '../../shared/stores/sources.ts';
import { noLending } from './lending.ts';

const INDEXES: Record<string, [string, string][]> = {
  executions: [['byDay', 'day']],
  facts: [['byDay', 'day']],
  'dead-letters': [['byDay', 'day']],
  journal: [
    ['byDay', 'day'],
    ['byIncident', 'incidentId'],
    ['byWeek', 'week'],
  ],
};
const TABLES = [
  'events',
  'incidents',
  'executions',
  'resources',
  'facts',
  'journal',
  'channels',
  'connections',
  'dead-letters',
  'sources',
  'kernel',
  'joint',
  'vault',
];

const VAULT_KEY_ARN = 'arn:aws:kms:us-east-1:000000000000:key/vault';
const signing = newSigningKey();

/** One of our tables, as the template defines it. */
export const definition = (name: string) => {
  const indexes = INDEXES[name] ?? [];
  const attributes = ['pk', 'sk', ...new Set(indexes.flatMap(([, pk]) => [pk, 'order']))];
  return {
    TableName: name,
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes:
      indexes.length === 0
        ? undefined
        : indexes.map(([IndexName, pk]) => ({
            IndexName,
            KeySchema: [
              { AttributeName: pk, KeyType: 'HASH' },
              { AttributeName: 'order', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          })),
    BillingMode: 'PAY_PER_REQUEST',
  };
};

export interface Told {
  type: string;
  source: string;
  detail: Record<string, unknown>;
}

/** What the rooms asked of Step Functions: operation and input, in order. */
export interface Asked {
  operation: string;
  input: Record<string, unknown>;
}

/**
 * The ground under rooms tested alone: the real local DynamoDB engine on a virtual clock, a bus that remembers what was put,
 * and a Step Functions that remembers what was asked. With `shuffle`, every SDK call takes a turn of its own in a seeded
 * order, so handlers that run at once really interleave.
 */
export const rooms = ({
  seed = 1,
  shuffle = false,
  start = Date.UTC(2026, 10, 22, 17),
}: {
  seed?: number;
  shuffle?: boolean;
  start?: number;
} = {}) => {
  const scheduler = createVirtualScheduler({ seed, shuffle, start });
  const ground: Ground = { scheduler, log: memoryLog(), region: 'us-east-1', account: '000000000000', meter: () => {} };
  const engine = createDynamoDb(ground);
  for (const name of TABLES) engine.define(definition(name));
  const keys = createKeys(ground, signing);
  keys.define({ Arn: VAULT_KEY_ARN });
  const told: Told[] = [];
  const asked: Asked[] = [];
  /** Makes a call of this operation fail with an error of this name, once. */
  const faults: { service: string; operation: string; error: string }[] = [];

  const answer = async (service: string, operation: string, input: unknown): Promise<object> => {
    const fault = faults.findIndex((planned) => planned.service === service && planned.operation === operation);
    if (fault >= 0) {
      const [planned] = faults.splice(fault, 1);
      throw Object.assign(new Error(`planned: ${planned?.error}`), { name: planned?.error });
    }
    if (service === 'kms') return keys.serve(operation, input as Record<string, unknown>);
    if (service === 'dynamodb') return engine.serve(operation, input as Record<string, unknown>);
    if (service === 'events') {
      const { Entries } = input as { Entries: { DetailType: string; Source: string; Detail: string }[] };
      told.push(
        ...Entries.map((entry) => ({
          type: entry.DetailType,
          source: entry.Source,
          detail: JSON.parse(entry.Detail) as Record<string, unknown>,
        })),
      );
      return { FailedEntryCount: 0, Entries: Entries.map((_, index) => ({ EventId: `told-${told.length}-${index}` })) };
    }
    asked.push({ operation, input: input as Record<string, unknown> });
    return {};
  };

  const runtime: Runtime = {
    env: {
      EVENTS_TABLE: 'events',
      INCIDENTS_TABLE: 'incidents',
      EXECUTIONS_TABLE: 'executions',
      RESOURCES_TABLE: 'resources',
      FACTS_TABLE: 'facts',
      JOURNAL_TABLE: 'journal',
      CHANNELS_TABLE: 'channels',
      CONNECTIONS_TABLE: 'connections',
      DEAD_LETTERS_TABLE: 'dead-letters',
      SOURCES_TABLE: 'sources',
      KERNEL_TABLE: 'kernel',
      JOINT_TABLE: 'joint',
      VAULT_TABLE: 'vault',
      VAULT_KEY_ARN,
      AGENCIES: 'rbpd,riviera-beach-pd',
      OTHER_ACCOUNTS: '{"111122223333":["drone_ops"]}',
      BUS_NAME: 'swoe',
      STATE_MACHINE_PREFIX: 'arn:aws:states:us-east-1:000000000000:stateMachine:swoe-dev-',
      DEADLINE_GROUP: 'swoe-dev-deadlines',
      DEADLINE_QUEUE_ARN: 'arn:aws:sqs:us-east-1:000000000000:swoe-dev-finish',
      DEADLINE_ROLE_ARN: 'arn:aws:iam::000000000000:role/swoe-dev-deadlines',
      TRIGGER_QUEUE_URL: 'http://127.0.0.1:4566/000000000000/swoe-dev-trigger-critical',
      INGEST_QUEUE_URLS: 'http://127.0.0.1:4566/000000000000/swoe-dev-ingest,http://127.0.0.1:4566/000000000000/swoe-dev-ingest-critical',
      AGENCY_ACCOUNTS: '{}',
      PARTNERS: '[]',
      PARTNER_TERMS: '[]',
      SETTLE_QUEUE_URL: 'http://127.0.0.1:4566/000000000000/swoe-dev-settle',
      ALARM_QUEUE_URL: 'http://127.0.0.1:4566/000000000000/swoe-dev-sweep-dlq',
      FINISH_QUEUE_URL: 'http://127.0.0.1:4566/000000000000/swoe-dev-finish',
    },
    clock: { now: () => scheduler.now() },
    random: () => scheduler.random(),
    // Without `shuffle` nobody moves the clock, and calls never interleave.
    pause: (ms) => (shuffle ? new Promise((resolve) => scheduler.after(ms, resolve)) : Promise.resolve()),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    aws: async (service, operation, input) => {
      if (shuffle) await new Promise<void>((resolve) => scheduler.after(0, resolve));
      return answer(service, operation, input);
    },
  };

  const client = dynamoDb({ ...runtime, aws: answer });
  const journal = journalStore({ client, name: 'journal', runtime });
  const vault = vaultFor({ ...runtime, aws: answer }, journal);
  const events = eventsStore(client, 'events');
  return {
    runtime,
    scheduler,
    told,
    asked,
    faults,
    stores: {
      events,
      incidents: incidentsStore(client, 'incidents', events),
      executions: executionsStore(client, 'executions'),
      resources: resourcesStore(client, 'resources'),
      facts: factsStore(client, 'facts', runtime.clock),
      deadLetters: deadLettersStore(client, 'dead-letters'),
      sources: sourcesStore(client, 'sources'),
      kernel: kernelStore(client, 'kernel'),
      joint: jointStore(client, 'joint'),
      lending: noLending,
      journal,
      vault,
    },
    /** Every entry of every chain. */
    entries: async () =>
      (await Promise.all([...Array(STREAMS).keys()].map((n) => journal.stream(`journal-${String(n).padStart(2, '0')}`)))).flat(),
    /** Lets work that runs on this clock come to its end. */
    settle: async <T>(work: Promise<T>): Promise<T> => {
      let done = false;
      const watched = work.finally(() => {
        done = true;
      });
      watched.catch(() => {});
      await scheduler.run(() => done);
      return watched;
    },
  };
};

export type Rooms = Awaited<ReturnType<typeof rooms>>;

/** Bus events as an SQS delivery to a room. */
export const delivery = (...events: BusEvent[]): SQSEvent => ({
  Records: events.map((event, index) => ({
    messageId: `m-${index}-${event.id}`,
    receiptHandle: 'r',
    body: JSON.stringify(event),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 's', ApproximateFirstReceiveTimestamp: '0' },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:swoe-dev-ingest',
    awsRegion: 'us-east-1',
  })),
});

let next = 0;

/** A raw event as the bus delivers it. */
export const raw = (source: string, detail: unknown, more: Partial<BusEvent> = {}): BusEvent => {
  next += 1;
  return { id: `bus-${next}`, 'detail-type': 'test', source, time: '2026-11-22T17:00:00Z', detail, ...more };
};

/** A gunshot heard by a sensor at the Riviera Beach marina, unless said otherwise. */
export const gunshot = (id: string, data: object = {}, more: object = {}) => ({
  specversion: '1.0',
  id,
  source: 'sensor-12',
  type: 'gunshot.detected',
  time: '2026-11-22T16:59:50.000Z',
  data: { location: { lat: 26.7753, lon: -80.0581, radiusM: 25 }, confidence: 0.93, reviewed: true, ...data },
  ...more,
});
