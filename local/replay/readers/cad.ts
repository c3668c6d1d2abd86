import { cadFeed } from '../../../functions/ingest/formats/cad-feed.ts';
import { type Read, type Reader, record, unreadable } from '../record.ts';
import { firstLine } from '../text.ts';

/** A CAD feed as changes, one JSON object a line. What a line means is ingest's own word: the very adapter that would take the raw line from the bus. */

const rowIn = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

const toEvent = (row: unknown, line: number): Read => {
  if (row === undefined) return unreadable(line, 'it is not JSON');
  if (!cadFeed.recognises(row)) return unreadable(line, 'it lacks id, observed or change');
  const adapted = cadFeed.adapt(row, 0);
  if (!adapted.ok) return unreadable(line, adapted.reason);
  const { specversion, id, source, type, time, data } = adapted.envelope;
  return record({ specversion, id, source, type, ...(time ? { time } : {}), data }, time ? Date.parse(time) : undefined);
};

export const cad: Reader = {
  name: 'CAD change feed',
  recognises: (head) => cadFeed.recognises(rowIn(firstLine(head))),
  *read(text) {
    for (const [at, line] of text.split('\n').entries()) if (line.trim() !== '') yield toEvent(rowIn(line), at + 1);
  },
};
