import type { KeptRecord } from './log-record.ts';
import type { Table } from './tables/table.ts';
import type { Tokens } from './tokens.ts';
import { freeze } from './values/attribute.ts';

/** What a table holds, as records: what its stream kept first, then its items. */
function* tableRecords({ name, stream, collection }: Table): Generator<KeptRecord> {
  if (stream) {
    yield { keep: 'stream', table: name, trimmed: stream.trimmed };
    for (const change of stream.changes()) yield { keep: 'change', table: name, ...change };
  }
  for (const { item } of collection.scan()) yield { keep: 'item', table: name, item };
}

/** The whole state at `now`. Items are shared with the tables: they never change. */
export function* snapshotOf(tables: Iterable<Table>, tokens: Tokens, now: number): Generator<KeptRecord> {
  for (const table of tables) yield* tableRecords(table);
  for (const kept of tokens.known(now)) yield { keep: 'token', ...kept };
}

/** Repeats one of those records. What is of no table any more is passed over. */
export const restore = (record: KeptRecord, tableOf: (name: string) => Table | undefined, tokens: Tokens): void => {
  switch (record.keep) {
    case 'token':
      tokens.remember(record.token, record.digest, record.at);
      return;
    case 'stream':
      tableOf(record.table)?.stream?.beginAfter(record.trimmed);
      return;
    case 'change':
      tableOf(record.table)?.stream?.append({
        at: record.at,
        old: freeze(record.old),
        next: freeze(record.next),
        expired: record.expired,
      });
      return;
    case 'item':
      tableOf(record.table)?.load(record.item);
  }
};
