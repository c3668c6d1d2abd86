import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import { type Resource, type ResourceStatus, UnitStatus } from '../../shared/contracts/resource.ts';

/** What a unit's own word makes of its record, or why it changes nothing. Pure. */
export type UnitChange = { ok: true; resource: Resource } | { ok: false; reason: string };

/** A held unit stays held whatever it says of itself: its lease ends by release or by lapse. Otherwise the unit's word counts. */
const statusAfter = (was: ResourceStatus | undefined, says: UnitStatus['unit']['status']): ResourceStatus => {
  if (was === 'HELD') return 'HELD';
  return says === 'AVAILABLE' ? 'FREE' : 'OUT_OF_SERVICE';
};

export const unitChange = (event: NormalizedEvent, was: Resource | undefined): UnitChange => {
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
