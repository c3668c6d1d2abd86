import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import type { Usage } from './capacity.ts';
import type { Context } from './context.ts';
import { createExpiry } from './expiry.ts';
import { noSuchTable } from './faults.ts';
import type { LogRecord } from './log-record.ts';
import { checkInput, OPERATIONS } from './operations/operations.ts';
import { ENGINE, Store } from './store.ts';
import type { TableDefinition } from './tables/definition.ts';
import type { Stream, StreamRecord } from './tables/stream.ts';

export type { TableDefinition } from './tables/definition.ts';
export type { StreamRecord } from './tables/stream.ts';

/** DynamoDB in this process: its API's shapes, its own log records, and the streams that event source mappings read. */
export interface DynamoDb extends Durable {
  /** Makes a table; again with the same definition does nothing, with another one throws. Before `replay`. */
  define(table: TableDefinition): void;
  /** Answers one call in the wire's shapes. What it returns is frozen or the caller's own. */
  readonly serve: Serve;
  streamArn(tableName: string): string;
  /** Up to `limit` records after the one numbered `afterSequence`, oldest first; sequence numbers count from 1. */
  readStream(tableName: string, afterSequence: number, limit: number): StreamRecord[];
  /** Calls `listener` in the turn in which records were added; returns what ends that. */
  onStream(tableName: string, listener: () => void): () => void;
  /** Forgets the records up to and including this sequence number. */
  trimStream(tableName: string, upTo: number): void;
  /** Removes items whose time to live is past, with their stream records. The engine calls it itself, at most once a minute. */
  expire(): void;
}

const unknownOperation = (operation: string): AwsError => {
  const covered = Object.keys(OPERATIONS).join(', ');
  return new AwsError('UnknownOperationException', `The local DynamoDB engine does not cover ${operation}; it answers ${covered}`);
};

export const createDynamoDb = (ground: Ground): DynamoDb => {
  const store: Store = new Store(ground, () => armExpiry());
  const armExpiry = createExpiry(
    ground.scheduler,
    () => store.nextDate(),
    () => store.expire(),
  );
  const bill = (usage: Usage): void => ground.meter(ENGINE, usage.unit, usage.total);
  const context: Context = { store, bill };

  const serve: Serve = async (name, input) => {
    const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
    if (!operation) throw unknownOperation(name);
    ground.meter(ENGINE, 'requests', 1);
    checkInput(name, operation, input);
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
    define: (table) => store.define(table),
    serve,
    streamArn: (tableName) => streamOf(tableName).arn,
    readStream: (tableName, afterSequence, limit) => streamOf(tableName).read(afterSequence, limit),
    onStream: (tableName, listener) => streamOf(tableName).listen(listener),
    trimStream: (tableName, upTo) => store.trim(store.table(tableName), upTo),
    expire: () => store.expire(),
    replay: (record) => store.replay(record as LogRecord),
    snapshot: () => store.snapshot(),
    resume: () => armExpiry(),
  };
};
