import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import type { Usage } from './capacity.ts';
import type { Context } from './context.ts';
import { createExpiry } from './expiry.ts';
import { noSuchTable } from './faults.ts';
import type { LogRecord } from './log-record.ts';
import { checkInput, OPERATIONS, type Operations, STREAM_OPERATIONS } from './operations/operations.ts';
import { ENGINE, Store } from './store.ts';
import type { TableDefinition } from './tables/definition.ts';
import type { Lag } from './tables/secondary-index.ts';
import type { Stream, StreamRecord } from './tables/stream.ts';

export type { TableDefinition } from './tables/definition.ts';
export type { StreamRecord } from './tables/stream.ts';

/** DynamoDB in this process: its API's shapes, its own log records, and the streams that event source mappings read. */
export interface DynamoDb extends Durable {
  /** Makes a table; again with the same definition does nothing, with another one throws. Before `replay`. */
  define(table: TableDefinition): void;
  /** Answers one call in the wire's shapes. What it returns is frozen or the caller's own. */
  readonly serve: Serve;
  /** The same for DynamoDB Streams, a service of its own (`dynamodbstreams`). */
  readonly streams: Serve;
  streamArn(tableName: string): string;
  /** Up to `limit` records after the one numbered `afterSequence`, oldest first; sequence numbers count from 1. None where the table or its stream is gone. */
  readStream(tableName: string, afterSequence: number, limit: number): StreamRecord[];
  /** Calls `listener` in the turn in which records were added; returns what ends that. */
  onStream(tableName: string, listener: () => void): () => void;
  /** Forgets the records up to and including this sequence number. */
  trimStream(tableName: string, upTo: number): void;
  /** Removes items whose time to live is past, with their stream records. The engine calls it itself, at most once a minute. */
  expire(): void;
}

const unknownOperation = (service: string, operation: string, covered: Operations): AwsError => {
  const what = /Statement|ExecuteTransaction/.test(operation) ? `PartiQL (${operation})` : operation;
  const answers = Object.keys(covered).join(', ');
  return new AwsError('UnknownOperationException', `The local ${service} engine does not cover ${what}; it answers ${answers}`);
};

export interface DynamoDbOptions {
  /** Up to how many milliseconds a global index may lag behind its table, drawn for each change; 0, the default, is not at all. */
  readonly indexLagMs?: number | undefined;
}

/** Until `resume` nothing lags: what is replayed happened long ago. */
const lagOf = ({ scheduler }: Ground, most: number, running: () => boolean): Lag => ({
  now: () => scheduler.now(),
  due: () => scheduler.now() + (running() ? Math.floor(scheduler.random() * (most + 1)) : 0),
});

export const createDynamoDb = (ground: Ground, { indexLagMs = 0 }: DynamoDbOptions = {}): DynamoDb => {
  let running = false;
  const lag = indexLagMs > 0 ? lagOf(ground, indexLagMs, () => running) : undefined;
  const store: Store = new Store(ground, () => armExpiry(), lag);
  const armExpiry = createExpiry(
    ground.scheduler,
    () => store.nextDate(),
    () => store.expire(),
  );
  /** The request that is being answered: it is, in one turn. */
  let asked: [operation: string, input: Record<string, unknown>] = ['', {}];
  const bill = (usage: Usage): void => {
    ground.meter(ENGINE, usage.unit, usage.total);
    ground.spent?.(...asked, usage.unit, usage.total);
  };
  const context: Context = { store, bill };

  const serving =
    (service: string, operations: Operations): Serve =>
    async (name, input) => {
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!operation) throw unknownOperation(service, name, operations);
      ground.meter(ENGINE, 'requests', 1);
      checkInput(name, operation, input);
      asked = [name, input];
      const output = operation.run(context, input);
      if (operation.writes) await ground.log.settled();
      return output;
    };

  const streamOf = (tableName: string): Stream => {
    const { stream } = store.table(tableName);
    if (!stream) throw noSuchTable();
    return stream;
  };

  return {
    name: ENGINE,
    define: (table) => store.catalogue.define(table),
    serve: serving('DynamoDB', OPERATIONS),
    streams: serving('DynamoDB Streams', STREAM_OPERATIONS),
    streamArn: (tableName) => streamOf(tableName).arn,
    readStream: (tableName, afterSequence, limit) => store.catalogue.find(tableName)?.stream?.read(afterSequence, limit) ?? [],
    onStream: (tableName, listener) => streamOf(tableName).listen(listener),
    trimStream: (tableName, upTo) => store.trim(tableName, upTo),
    expire: () => store.expire(),
    replay: (record) => store.replay(record as LogRecord),
    snapshot: () => store.snapshot(),
    resume: () => {
      running = true;
      armExpiry();
    },
  };
};
