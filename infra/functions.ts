/** What each room of functions/ is given: time, memory, tables with the calls it may make on them, and nothing else. */

export const tableNames = [
  'events',
  'incidents',
  'executions',
  'resources',
  'facts',
  'journal',
  'channels',
  'connections',
  'dead-letters',
] as const;
export type TableName = (typeof tableNames)[number];

export type TableAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'ConditionCheckItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

/** A transaction needs the permission of each of its parts, a condition check included. */
const read = ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'] as const;
/** Writes without taking away: nothing that runs may delete from the journal. */
const append = [...read, 'PutItem', 'UpdateItem'] as const;
const write = [...append, 'DeleteItem'] as const;

export interface FunctionSpec {
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes; Lambda gives processor time in proportion. */
  readonly memory: number;
  /** Executions at once, at most. */
  readonly concurrency: number;
  readonly tables: Partial<Record<TableName, readonly TableAction[]>>;
  readonly indexes?: Partial<Record<TableName, readonly string[]>>;
  /** `own`: events of source `swoe` only. `any`: for callers whom the API has authorised as well. */
  readonly bus?: 'own' | 'any';
  readonly machines?: readonly ('StartExecution' | 'SendTaskSuccess' | 'SendTaskFailure')[];
  readonly executions?: readonly ('StopExecution' | 'DescribeExecution')[];
  /** Reads STATE_MACHINE_PREFIX. */
  readonly knowsMachines?: boolean;
  /** Pushes to WebSocket connections and reads WEBSOCKET_ENDPOINT. */
  readonly sockets?: boolean;
}

export const functions = {
  ingest: {
    timeout: 30,
    memory: 512,
    concurrency: 50,
    tables: { events: write, incidents: write, facts: write, journal: append, 'dead-letters': append },
    bus: 'own',
  },
  register: { timeout: 30, memory: 256, concurrency: 10, tables: { resources: write, journal: append, executions: append } },
  trigger: {
    timeout: 30,
    memory: 1024,
    concurrency: 50,
    tables: { executions: write, incidents: append, facts: read, resources: read, journal: append },
    bus: 'own',
    machines: ['StartExecution'],
    executions: ['StopExecution'],
    knowsMachines: true,
  },
  step: {
    timeout: 30,
    memory: 1024,
    concurrency: 100,
    tables: { executions: write, incidents: read, resources: write, facts: read, journal: append },
    bus: 'own',
    machines: ['SendTaskSuccess', 'SendTaskFailure'],
  },
  settle: {
    timeout: 30,
    memory: 512,
    concurrency: 50,
    tables: { executions: write, resources: write, incidents: read, journal: append },
    bus: 'own',
    machines: ['SendTaskSuccess', 'SendTaskFailure'],
  },
  finish: { timeout: 60, memory: 512, concurrency: 20, tables: { executions: write, resources: write, journal: append }, bus: 'own' },
  publish: { timeout: 30, memory: 512, concurrency: 10, tables: { channels: write, connections: write }, sockets: true },
  sweep: {
    timeout: 55,
    memory: 512,
    concurrency: 1,
    tables: { executions: write, resources: write, journal: append },
    bus: 'own',
    machines: ['StartExecution', 'SendTaskSuccess', 'SendTaskFailure'],
    executions: ['StopExecution', 'DescribeExecution'],
    knowsMachines: true,
  },
  connect: { timeout: 10, memory: 256, concurrency: 20, tables: { connections: write, channels: read }, sockets: true },
  authorizer: { timeout: 5, memory: 256, concurrency: 50, tables: { connections: write } },
  api: {
    timeout: 15,
    memory: 1024,
    concurrency: 50,
    tables: {
      events: read,
      incidents: read,
      executions: append,
      resources: read,
      facts: read,
      journal: append,
      channels: read,
      connections: append,
      'dead-letters': read,
    },
    indexes: { events: ['byDay'], incidents: ['byDay'], journal: ['byDay', 'byIncident'] },
    bus: 'any',
    executions: ['StopExecution'],
  },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof functions;
export const functionNames = Object.keys(functions) as FunctionName[];

/** The table's name as the rooms read it: `dead-letters` is DEAD_LETTERS_TABLE. */
export const tableVariable = (table: string): string => `${table.toUpperCase().replaceAll('-', '_')}_TABLE`;
