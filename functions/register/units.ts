import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import { type Resource, type ResourceStatus, UnitStatus } from '../../shared/contracts/resource.ts';

/** What a unit's own word makes of its record, or why it changes nothing. Pure. */
export type UnitChange = { ok: true; resource: Resource } | { ok: false; reason: string };

/** A held unit stays held whatever it says of itself: its lease ends by release or by lapse. Otherwise the unit's word counts. */
const statusAfter = (was: ResourceStatus | undefined, says: UnitStatus['unit']['status']): ResourceStatus => {
  if (was === 'HELD') return 'HELD';
  return says === 'AVAILABLE' ? 'FREE' : 'OUT_OF_SERVICE';
};

/** Where a known unit is, and nothing else: a position says neither what a unit is nor whether it is free. */
const moved = (event: NormalizedEvent, was: Resource | undefined): UnitChange => {
  // Callsigns are each agency's own: a neighbour's unit may be called as ours is.
  if (event.source === 'partner_agency') return { ok: false, reason: 'source: a neighbour’s word moves no unit of ours' };
  if (!was) return { ok: false, reason: 'unit.id: a position of a unit that has not said what it is' };
  if (!event.location) return { ok: false, reason: 'location: a position without a place' };
  if (was.locatedAt >= event.occurredAt) return { ok: false, reason: 'older than what is known of the unit' };
  return { ok: true, resource: { ...was, location: event.location, locatedAt: event.occurredAt } };
};

export const unitChange = (event: NormalizedEvent, was: Resource | undefined): UnitChange => {
  if (event.type === 'unit.position') return moved(event, was);
  const stated = UnitStatus.safeParse({ unit: event.data['unit'], location: event.location });
  if (!stated.success)
    return { ok: false, reason: stated.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') };
  const { unit, location } = stated.data;
  if (was && was.type !== unit.type) return { ok: false, reason: `unit.type: ${unit.id} is registered as ${was.type}` };
  if (was && was.locatedAt >= event.occurredAt) return { ok: false, reason: 'older than what is known of the unit' };
  return {
    ok: true,
    resource: {
      id: unit.id,
      type: unit.type,
      name: unit.name ?? was?.name ?? unit.id,
      agency: event.agency,
      status: statusAfter(was?.status, unit.status),
      location,
      locatedAt: event.occurredAt,
      capabilities: unit.capabilities.length > 0 ? unit.capabilities : (was?.capabilities ?? []),
      fence: was?.fence ?? 0,
      holder: was?.holder,
      step: was?.step,
      leaseUntil: was?.leaseUntil,
    },
  };
};
