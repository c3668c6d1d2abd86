import { envelope } from '../../../client/envelope.ts';
import { fromNewYork } from '../new-york.ts';
import { place, type Read, type Reader, record, unreadable } from '../record.ts';
import { hasColumns, type TableRow, table } from './table.ts';

/** Acoustic gunshot detections as CSV: place rounded to 100 m, local time, one round or several. */

const RADIUS_M = 100;
/** The file keeps what was reviewed as gunfire; how sure, it does not say. */
const CONFIDENCE = 0.8;
const TIME = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?$/;

const timeIn = (text: string): number | undefined => {
  const [, month, day, short, hour, minute, second] = TIME.exec(text)?.map(Number) ?? [];
  if (month === undefined || day === undefined || short === undefined || hour === undefined || minute === undefined) return undefined;
  const year = short < 100 ? 2000 + short : short;
  return fromNewYork({ year, month, day, hour, minute, second: Number.isNaN(second) ? 0 : second });
};

const toEvent = ({ line, row }: TableRow): Read => {
  const id = row['Incident ID'];
  if (!id) return unreadable(line, 'it has no Incident ID');
  const at = timeIn(row['Date Time'] ?? '');
  const rounds = /multiple/i.test(row['Type'] ?? '') ? 'multiple' : 'single';
  const data = {
    ...place(row['Latitude-100meter'], row['Longitude-100meter'], RADIUS_M),
    confidence: CONFIDENCE,
    summary: `${row['Type'] || 'Gunshot'} (${id})`,
    rounds,
    record: row,
  };
  return record(envelope({ id, source: 'gunshot_detection', type: 'gunshot.detected', at, data }), at);
};

export const gunshots: Reader = {
  name: 'gunshot detections',
  recognises: (head) => hasColumns(head, ['Incident ID', 'Date Time', 'Type', 'Latitude-100meter', 'Longitude-100meter']),
  read: (text) => table(text).map(toEvent),
};
