import { envelope } from '../../client/envelope.ts';
import { place, type Read, type Reader, record, unreadable } from '../record.ts';
import { firstLine } from '../text.ts';

/** A CAD feed as changes: one JSON object a line with `observed`, `change` and the incident's `id`. */

const CHANGES = new Set(['opened', 'updated', 'cleared']);
/** What a dispatcher's geocoded address is good for, in metres. */
const ADDRESS_RADIUS_M = 50;

type Row = Record<string, unknown> & { observed: string; change: string; id: string };

const rowIn = (line: string): Row | string => {
  try {
    const row = JSON.parse(line) as Partial<Row> | null;
    if (typeof row?.id !== 'string' || typeof row.observed !== 'string' || typeof row.change !== 'string')
      return 'it lacks id, observed or change';
    if (!CHANGES.has(row.change)) return `its change is ${row.change}, not opened, updated or cleared`;
    return row as Row;
  } catch {
    return 'it is not JSON';
  }
};

const toEvent = (row: Row): Read => {
  const observed = Date.parse(row.observed);
  const at = Number.isNaN(observed) ? undefined : observed;
  const what = typeof row['category'] === 'string' ? row['category'] : 'Call';
  const data = {
    ...place(row['latitude'], row['longitude'], ADDRESS_RADIUS_M),
    entities: [{ kind: 'cad-incident', id: row.id }],
    summary: `${what} ${row.change} (${row.id})`,
    record: row,
  };
  return record(
    envelope({ id: `${row.id}/${row.observed}/${row.change}`, source: 'cad_system', type: `call.${row.change}`, at, data }),
    at,
  );
};

export const cad: Reader = {
  name: 'CAD change feed',
  recognises: (head) => typeof rowIn(firstLine(head)) === 'object',
  *read(text) {
    for (const [at, line] of text.split('\n').entries()) {
      if (line.trim() === '') continue;
      const row = rowIn(line);
      yield typeof row === 'string' ? unreadable(at + 1, row) : toEvent(row);
    }
  },
};
