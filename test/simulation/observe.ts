import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Machine } from '../../local/machine.ts';
import type { Frame } from '../../shared/contracts/channel.ts';
import { eventKey, type NormalizedEvent } from '../../shared/contracts/event.ts';
import type { ApprovalRecord, Execution, StepRecord, TriggerMatch } from '../../shared/contracts/execution.ts';
import type { IncidentGroup, IncidentSummary } from '../../shared/contracts/incident.ts';
import type { JournalEntry } from '../../shared/contracts/journal.ts';
import type { Resource } from '../../shared/contracts/resource.ts';
import { type Published, toFrame } from '../../shared/stores/channels.ts';
import { type HourCount, toHour } from '../../shared/stores/hours.ts';
import type { City } from './outside/city.ts';
import type { Put } from './outside/client.ts';
import type { Line } from './world.ts';

type Item = Record<string, unknown> & { pk: string; sk: string };

export interface StoredEvent {
  readonly key: string;
  readonly node: string;
  readonly incidentId?: string;
  readonly isFused: boolean;
  readonly event: NormalizedEvent;
}

export interface StoredHead {
  readonly id: string;
  readonly parent?: string;
  readonly events: number;
  readonly groups?: readonly IncidentGroup[];
}

/** Everything that a run left behind, inside and outside. */
export interface Observation {
  readonly journal: readonly JournalEntry[];
  readonly executions: readonly Execution[];
  readonly steps: readonly StepRecord[];
  readonly matches: readonly TriggerMatch[];
  readonly approvals: readonly ApprovalRecord[];
  /** Rows that list what is not over: `ACTIVE`, `APPROVALS`, `UNTOLD` and `SPOOL`. */
  readonly open: readonly Item[];
  /** Rows of what waits for the engine. */
  readonly waiting: readonly Item[];
  readonly units: readonly Resource[];
  readonly unitRows: readonly Item[];
  readonly events: readonly StoredEvent[];
  /** Nodes that somebody met and whose event nobody stored. */
  readonly awaited: readonly string[];
  /** Heads that are stored: an incident of one event has none. One that outgrew its span was split into `groups`. */
  readonly incidents: readonly StoredHead[];
  /** Incidents that others know to have absorbed: `parent child`. */
  readonly absorbed: ReadonlySet<string>;
  readonly deadLetters: readonly Item[];
  readonly frames: readonly Frame[];
  readonly published: readonly Published[];
  readonly hours: readonly HourCount[];
  /** What Step Functions says of each execution, by name. */
  readonly machines: ReadonlyMap<string, string>;
  /** Messages in each queue that holds any. */
  readonly queues: ReadonlyMap<string, { visible: number; inFlight: number; delayed: number }>;
  readonly city: City;
  readonly puts: readonly Put[];
  readonly lines: readonly Line[];
  /** How far a clock was wrong at most (ms). */
  readonly skewMs: number;
  /** Nothing went wrong on purpose. */
  readonly calm: boolean;
  /** Whatever went wrong cost less time than any step has. */
  readonly brief: boolean;
  /** Complaints raised while the run was under way. */
  readonly noticed: readonly string[];
}

const scan = async (machine: Machine, table: string): Promise<Item[]> => {
  const items: Item[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const page = await machine.call(machine.localUser, 'dynamodb', 'Scan', { TableName: `swoe-dev-${table}`, ExclusiveStartKey });
    for (const item of page['Items'] as Parameters<typeof unmarshall>[0][]) items.push(unmarshall(item) as Item);
    ExclusiveStartKey = page['LastEvaluatedKey'];
  } while (ExclusiveStartKey);
  return items;
};

const statuses = async (machine: Machine): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for (const { ref: stateMachineArn } of machine.template.ofType('AWS::StepFunctions::StateMachine')) {
    const { executions } = (await machine.call(machine.localUser, 'states', 'ListExecutions', { stateMachineArn, maxResults: 1000 })) as {
      executions: { name: string; status: string }[];
    };
    for (const { name, status } of executions) found.set(name, status);
  }
  return found;
};

export const queueCounts = (machine: Machine): [name: string, counts: { visible: number; inFlight: number; delayed: number }][] =>
  machine.template
    .ofType('AWS::SQS::Queue')
    .map(({ attributes }) => [String(attributes['QueueName']), machine.engines.queues.counts(String(attributes['Arn']))]);

const as = <T>(items: readonly Item[], is: (item: Item) => boolean): T[] => items.filter(is) as unknown as T[];

const nodeOf = ({ pk }: Item): string => pk.slice('EVT#'.length);

const toEvent = (item: Item): StoredEvent => {
  const event = JSON.parse(String(item['event'])) as NormalizedEvent;
  const incidentId = item['incidentId'] as string | undefined;
  return { key: eventKey(event), node: nodeOf(item), isFused: item['fused'] !== undefined, event, ...(incidentId ? { incidentId } : {}) };
};

const headsIn = (items: readonly Item[]): StoredHead[] => {
  const groups = new Map(
    items.filter(({ sk }) => sk === 'GROUPS').map(({ pk, groups: all }) => [pk, JSON.parse(String(all)) as IncidentGroup[]]),
  );
  return items
    .filter(({ pk, sk }) => pk.startsWith('INC#') && sk === 'HEAD')
    .map(({ pk, id, parent, fold, split }) => ({
      id: String(id),
      events: (fold as IncidentSummary).events,
      ...(parent ? { parent: String(parent) } : {}),
      ...(split && !parent ? { groups: groups.get(pk) ?? [] } : {}),
    }));
};

/** Reads all tables of the machine that is up. */
export const observe = async (
  machine: Machine,
  outside: Pick<Observation, 'city' | 'puts' | 'lines' | 'skewMs' | 'calm' | 'brief' | 'noticed'>,
): Promise<Observation> => {
  const [journal, executions, resources, events, incidents, letters, channels, kernel] = (await Promise.all(
    ['journal', 'executions', 'resources', 'events', 'incidents', 'dead-letters', 'channels', 'kernel'].map((table) =>
      scan(machine, table),
    ),
  )) as [Item[], Item[], Item[], Item[], Item[], Item[], Item[], Item[]];
  return {
    ...outside,
    journal: as<JournalEntry>(journal, () => true),
    executions: as(executions, ({ pk, sk }) => pk.startsWith('EXE#') && sk === 'HEAD'),
    steps: as(executions, ({ sk }) => sk.startsWith('STEP#')),
    matches: as(executions, ({ pk }) => pk.startsWith('MATCH#')),
    approvals: as(executions, ({ sk }) => sk.startsWith('APPROVAL#')),
    open: executions.filter(({ pk }) => ['ACTIVE', 'APPROVALS', 'UNTOLD', 'SPOOL'].includes(pk)),
    waiting: kernel.filter(({ pk }) => /^(QUEUE$|WAITS#)/.test(pk)),
    units: as(resources, ({ pk, sk }) => pk.startsWith('RES#') && sk === 'HEAD'),
    unitRows: resources.filter(({ pk }) => /^(FREE#|BUSY#|HELD#|LEASES|DISPLACED|LINE)/.test(pk)),
    events: events.filter(({ sk, met }) => sk === 'EVENT' && !met).map(toEvent),
    awaited: events.filter(({ met }) => met).map(nodeOf),
    incidents: headsIn(incidents),
    absorbed: new Set(incidents.filter(({ sk }) => sk.startsWith('MERGED#')).map(({ pk, child }) => `${pk.slice('INC#'.length)} ${child}`)),
    deadLetters: letters,
    frames: as<Item>(channels, ({ sk }) => sk.startsWith('FROM#')).map(toFrame),
    hours: as<Item>(channels, ({ pk }) => pk.startsWith('HOURS#')).map(toHour),
    published: as<Published & Item>(channels, ({ sk }) => sk === 'LEDGER').map((item) => ({
      ...item,
      stream: item.pk.slice('STREAM#'.length),
    })),
    machines: await statuses(machine),
    queues: new Map(queueCounts(machine).filter(([, { visible, inFlight, delayed }]) => visible + inFlight + delayed > 0)),
  };
};
