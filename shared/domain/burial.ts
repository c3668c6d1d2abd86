import type { BusEvent } from '../lambda/doors.ts';
import { iso } from '../lambda/ids.ts';
import type { Burial } from '../stores/dead-letters.ts';

/** An event of the bus as it is kept where it could not be taken in: why, and where in it. `now` is ms since the epoch. */
export const burialOf = (raw: BusEvent, now: number, reason: string, path?: string): Burial => ({
  busId: raw.id,
  at: iso(now),
  sentAt: raw.time,
  source: raw.source,
  detailType: raw['detail-type'],
  reason,
  path,
  body: JSON.stringify(raw.detail) ?? '',
});
