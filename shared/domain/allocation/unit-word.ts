import type { NormalizedEvent } from '../../contracts/event.ts';
import { type Resource, type ResourceStatus, UnitMaintenance, UnitStatus } from '../../contracts/resource.ts';

/** What a unit's own word, or a word on it, makes of its record, or why it changes nothing. Pure. */
export type UnitChange = { ok: true; resource: Resource } | { ok: false; reason: string };

type Word = Pick<NormalizedEvent, 'type' | 'source' | 'occurredAt' | 'agency' | 'location' | 'data'>;
type Says = UnitStatus['unit'];

const OLDER = 'older than what is known of the unit';

/** A held unit stays held whatever it says of itself: its lease ends by release or by lapse. Otherwise the unit's word counts. */
const statusAfter = (was: ResourceStatus | undefined, says: Says['status']): ResourceStatus => {
  if (was === 'HELD') return 'HELD';
  return says === 'AVAILABLE' ? 'FREE' : 'OUT_OF_SERVICE';
};

/** What a held unit is at: what it says, if it speaks under its present claim. One that says it is available is at nothing. */
const activityAfter = (was: Resource | undefined, { status, activity, fence }: Says): Resource['activity'] => {
  if (was?.status !== 'HELD' || status === 'AVAILABLE') return undefined;
  return fence !== undefined && fence < was.fence ? was.activity : (activity ?? was.activity);
};

/** What it says of its condition, over what is known; a drone's charge may stand in its telemetry. Its workshop's windows are not its to say. */
const healthAfter = (was: Resource | undefined, says: Says, telemetry: unknown): Resource['health'] => {
  const charge = (telemetry as { batteryPct?: unknown } | undefined)?.batteryPct;
  return {
    ...(was?.health ?? { faults: [], maintenance: [] }),
    ...(typeof charge === 'number' && charge >= 0 && charge <= 100 ? { batteryPct: charge } : {}),
    ...Object.fromEntries(Object.entries(says.health ?? {}).filter(([, value]) => value !== undefined)),
  };
};

/** Where a known unit is, and nothing else: a position says neither what a unit is nor whether it is free. */
const moved = (event: Word, was: Resource | undefined): UnitChange => {
  // Callsigns are each agency's own: a neighbour's unit may be called as ours is.
  if (event.source === 'partner_agency') return { ok: false, reason: 'source: a neighbour’s word moves no unit of ours' };
  if (!was) return { ok: false, reason: 'unit.id: a position of a unit that has not said what it is' };
  if (!event.location) return { ok: false, reason: 'location: a position without a place' };
  if (was.locatedAt >= event.occurredAt) return { ok: false, reason: OLDER };
  return { ok: true, resource: { ...was, location: event.location, locatedAt: event.occurredAt } };
};

const unread = (error: { issues: readonly { path: PropertyKey[]; message: string }[] }): UnitChange => ({
  ok: false,
  reason: error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
});

/** When a unit is in the workshop; the whole list, in place of the one known before. */
const maintained = (event: Word, was: Resource | undefined): UnitChange => {
  const stated = UnitMaintenance.safeParse({ unit: event.data['unit'] });
  if (!stated.success) return unread(stated.error);
  if (!was) return { ok: false, reason: 'unit.id: maintenance of a unit that has not said what it is' };
  return { ok: true, resource: { ...was, health: { ...was.health, maintenance: stated.data.unit.maintenance } } };
};

const stated = (event: Word, was: Resource | undefined): UnitChange => {
  const read = UnitStatus.safeParse({ unit: event.data['unit'], location: event.location });
  if (!read.success) return unread(read.error);
  const { unit, location } = read.data;
  if (was && was.type !== unit.type) return { ok: false, reason: `unit.type: ${unit.id} is registered as ${was.type}` };
  if (was && was.locatedAt >= event.occurredAt) return { ok: false, reason: OLDER };
  return {
    ok: true,
    resource: {
      ...was,
      id: unit.id,
      type: unit.type,
      name: unit.name ?? was?.name ?? unit.id,
      // A unit that was lent stays its agency's, whoever speaks of it.
      agency: was?.lent ? was.agency : event.agency,
      status: statusAfter(was?.status, unit.status),
      activity: activityAfter(was, unit),
      location,
      locatedAt: event.occurredAt,
      capabilities: unit.capabilities.length > 0 ? unit.capabilities : (was?.capabilities ?? []),
      certifications: unit.certifications ?? was?.certifications ?? [],
      health: healthAfter(was, unit, event.data['telemetry']),
      bookings: was?.bookings ?? [],
      shift: unit.shift === undefined ? was?.shift : (unit.shift ?? undefined),
      fence: was?.fence ?? 0,
      revision: was?.revision ?? 0,
    },
  };
};

const WORDS: Readonly<Record<string, (event: Word, was: Resource | undefined) => UnitChange>> = {
  'unit.position': moved,
  'unit.maintenance': maintained,
};

export const unitChange = (event: Word, was: Resource | undefined): UnitChange => (WORDS[event.type] ?? stated)(event, was);
