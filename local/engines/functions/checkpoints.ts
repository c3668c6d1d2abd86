import type { Log } from '../../kernel/log.ts';
import { isQueue, type Mapping, tableOf } from './mapping.ts';
import type { Streams } from './stream-mapping.ts';

export interface CheckpointRecord {
  op: 'checkpoint';
  mapping: string;
  sequence: number;
}

/** How far each stream mapping got. A stream forgets what all its mappings are done with. */
export interface Checkpoints {
  of(mapping: Mapping): number | undefined;
  advance(mapping: Mapping, to: number): void;
  apply(record: CheckpointRecord): void;
  snapshot(): CheckpointRecord[];
}

export const createCheckpoints = (log: Log, streams: Streams, mappings: () => Iterable<Mapping>): Checkpoints => {
  const reached = new Map<string, number>();

  const trim = (table: string): void => {
    const readers = [...mappings()].filter((mapping) => !isQueue(mapping) && tableOf(mapping.sourceArn) === table);
    const all = Math.min(...readers.map(({ id }) => reached.get(id) ?? 0));
    if (all > 0) streams.trimStream(table, all);
  };

  return {
    of: (mapping) => reached.get(mapping.id),
    advance: (mapping, to) => {
      reached.set(mapping.id, to);
      log.write('functions', { op: 'checkpoint', mapping: mapping.id, sequence: to } satisfies CheckpointRecord);
      trim(tableOf(mapping.sourceArn));
    },
    apply: ({ mapping, sequence }) => {
      reached.set(mapping, sequence);
    },
    snapshot: () => Array.from(reached, ([mapping, sequence]) => ({ op: 'checkpoint', mapping, sequence })),
  };
};
