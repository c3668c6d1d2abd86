import { createHash } from 'node:crypto';
import { envelope } from '../../../client/envelope.ts';
import { fromNewYork } from '../new-york.ts';
import { place, type Read, type Reader, record, unreadable } from '../record.ts';
import { hasColumns, type TableRow, table } from './table.ts';

/** Emergency calls as CSV: lat, lng, title ("EMS: FALL VICTIM"), local timestamp, township, address. */

const SHOTS = /\b(shooting|shots?[ -]fired|gun ?shots?|gunfire)\b/i;
const BY_PREFIX: Readonly<Record<string, string>> = { ems: 'call.medical', fire: 'call.fire', traffic: 'call.traffic' };
const ADDRESS_RADIUS_M = 50;

/** Shots are shots, whoever was called for them. */
export const callType = (title: string): string =>
  SHOTS.test(title) ? 'call.shots-fired' : (BY_PREFIX[(title.split(':')[0] ?? '').trim().toLowerCase()] ?? 'call.other');

const TIME = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?/;

const timeIn = (text: string): number | undefined => {
  const [, year, month, day, hour, minute, second] = TIME.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined) return undefined;
  return fromNewYork({ year, month, day, hour, minute, second: Number.isNaN(second) ? 0 : second });
};

/** The feed has no ids: the same row is the same call, so its own content is its id. */
const idOf = (row: Readonly<Record<string, string>>): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(row).sort()))
    .digest('hex')
    .slice(0, 24);

const toEvent = ({ line, row }: TableRow): Read => {
  const { title, timestamp = '', lat, lng } = row;
  if (!title) return unreadable(line, 'it has no title');
  const at = timeIn(timestamp);
  const data = { ...place(lat, lng, ADDRESS_RADIUS_M), summary: title.slice(0, 500), record: row };
  return record(envelope({ id: idOf(row), source: 'dispatch', type: callType(title), at, data }), at);
};

export const calls911: Reader = {
  name: '911 calls',
  recognises: (head) => hasColumns(head, ['lat', 'lng', 'title', 'timestamp']),
  read: (text) => table(text).map(toEvent),
};
