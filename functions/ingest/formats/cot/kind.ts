import type { Priority } from '../../../../shared/contracts/vocabulary.ts';
import { type CotEvent, inDetail } from './read.ts';

export interface Kind {
  readonly type: string;
  readonly priority: Priority;
  readonly says: string;
}

const kind = (type: string, priority: Priority, says: string): Kind => ({ type, priority, says });

/** TAK's emergency button: "911 Alert" and "In Contact". */
const DISTRESS = new Set(['b-a-o-tbl', 'b-a-o-opn']);

const CANCELLED = kind('beacon.cancelled', 'MEDIUM', 'A beacon was cancelled');
const BEACON = kind('beacon.raised', 'HIGH', 'A beacon was raised');

/** Longest first. What is none of these is kept, and starts nothing. */
const BY_PREFIX: readonly (readonly [string, Kind])[] = [
  ['a-f', kind('unit.position', 'INFO', 'A unit said where it is')],
  ['a', kind('track.reported', 'LOW', 'A track was reported')],
  ['b-a-g', kind('geofence.breached', 'MEDIUM', 'A geofence was breached')],
  ['b-a', BEACON],
  ['b-r-f-h-c', kind('evacuation.requested', 'HIGH', 'A medical evacuation was asked for')],
  ['b-m-p', kind('marker.reported', 'INFO', 'A point was marked')],
  ['t-x-c-t', kind('subsystem.heartbeat', 'INFO', 'A gateway is there')],
];

const isUnder = (type: string, prefix: string): boolean => type === prefix || type.startsWith(`${prefix}-`);

/** Exercises and simulations say so in `opex`. */
export const isDrill = ({ opex = '' }: Pick<CotEvent, 'opex'>): boolean => /^[es]/i.test(opex);

const isCancelled = (event: CotEvent): boolean =>
  event.type.startsWith('b-a-o-can') || inDetail(event, 'emergency')?.attributes.get('cancel')?.toLowerCase() === 'true';

/** By its convention a track is dropped by a stale time before its start. */
const isDropped = ({ start, stale }: CotEvent): boolean => Date.parse(stale) < Date.parse(start);

/**
 * What an event of Cursor on Target is to SWOE. `distress` is what an emergency button means at this source: `officer.distress` for
 * officers' own devices, where a doubt is a reason to look. From all others it is a beacon, which a person looks at. A cancellation calls
 * nobody off: only the officer's voice does.
 */
export const kindOf = (event: CotEvent, distress: Kind | undefined): Kind => {
  const type = event.type.split(';', 1)[0] ?? '';
  if (isDrill(event)) return kind('exercise.reported', 'INFO', 'An exercise reports');
  if (isUnder(type, 'b-a') && isCancelled(event)) return CANCELLED;
  if (DISTRESS.has(type)) return distress ?? BEACON;
  if (isUnder(type, 'a') && isDropped(event)) return kind('track.dropped', 'INFO', 'A track was dropped');
  return BY_PREFIX.find(([prefix]) => isUnder(type, prefix))?.[1] ?? kind('cot.reported', 'INFO', 'A Cursor on Target event');
};

export const OFFICER_DISTRESS = kind('officer.distress', 'CRITICAL', 'An officer’s device raised an emergency');
