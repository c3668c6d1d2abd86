import type { Source } from '../shared/contracts/vocabulary.ts';

/** What a room of functions/ may be given, and the words in which it is said. */

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
  'sources',
  'kernel',
  'joint',
  'vault',
] as const;
export type TableName = (typeof tableNames)[number];

type TableAction = 'GetItem' | 'BatchGetItem' | 'BatchWriteItem' | 'Query' | 'ConditionCheckItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

/** A queue's or a stream's poller, a state machine, a gateway and a user pool wait for the answer; the schedule does not. */
export type Caller = 'queue' | 'machine' | 'stream' | 'schedule' | 'gateway' | 'pool';

export interface FunctionSpec {
  readonly calledBy: Caller;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes; Lambda gives processor time in proportion. */
  readonly memory: number;
  /** Executions at once, at most. */
  readonly concurrency: number;
  readonly tables: Partial<Record<TableName, readonly TableAction[]>>;
  /** What it reads besides, in a stage that has agreements with other agencies: what these lend, see and answer. */
  readonly forGuests?: Partial<Record<TableName, readonly TableAction[]>>;
  readonly indexes?: Partial<Record<TableName, readonly string[]>>;
  /**
   * `own`: events of source `swoe` only. `any`: for callers whom the API has authorised as well. A list: in the name of these sources, and never of
   * `swoe`. `out`: on the bus that leads to other agencies, and on no other.
   */
  readonly bus?: 'own' | 'any' | 'out' | readonly Source[];
  /** What it may do with the key under which subjects' keys are wrapped. It then reads VAULT_KEY_ARN. */
  readonly vaultKey?: readonly ('GenerateDataKey' | 'Decrypt')[];
  /** Deployed only where the stage switches this on. */
  readonly onlyWith?: 'polls' | 'agreements';
  readonly machines?: readonly ('StartExecution' | 'SendTaskSuccess' | 'SendTaskFailure')[];
  readonly executions?: readonly ('StopExecution' | 'DescribeExecution')[];
  /** Of the one-time schedules of executions' deadlines. It then reads DEADLINE_GROUP, DEADLINE_QUEUE_ARN and DEADLINE_ROLE_ARN. */
  readonly schedules?: readonly ('CreateSchedule' | 'UpdateSchedule' | 'DeleteSchedule')[];
  /** Reads STATE_MACHINE_PREFIX. */
  readonly knowsMachines?: boolean;
  /** Reads AGENCIES and PARTNERS: whose people are served, and with whom there is an agreement. */
  readonly knowsAgencies?: boolean;
  /** Reads PARTNER_TERMS: what was agreed with state and federal systems. */
  readonly knowsPartners?: boolean;
  /** What it does to WebSocket connections: POST is a push, DELETE a hanging up. It then reads WEBSOCKET_ENDPOINT. */
  readonly pushes?: readonly ('POST' | 'DELETE')[];
}

/** The table's name as the rooms read it: `dead-letters` is DEAD_LETTERS_TABLE. */
export const tableVariable = (table: string): string => `${table.toUpperCase().replaceAll('-', '_')}_TABLE`;
