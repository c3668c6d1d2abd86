import type { NormalizedDetail } from '../../shared/contracts/event.ts';
import type { Incident } from '../../shared/contracts/incident.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { detailOf } from '../../shared/domain/announced.ts';
import { isRetracted } from '../../shared/domain/correction.ts';
import { matching } from '../../shared/domain/matching.ts';
import type { Announcement } from '../../shared/lambda/bus.ts';
import type { EventsStore, StoredEvent } from '../../shared/stores/events.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';

export interface UnansweredDeps {
  executions: Pick<ExecutionsStore, 'matchesOf'>;
  events: Pick<EventsStore, 'get'>;
  incidents: Pick<IncidentsStore, 'root' | 'members'>;
}

/** An event with the workflows that it should have been matched with and was not; `again` is what is told once more. */
export interface Unanswered {
  readonly again: Announcement;
  readonly lacking: readonly string[];
}

/** The event as if it had been the first of its incident: what it meets then it met in any case. */
const alone = (stored: StoredEvent, incident: Incident): NormalizedDetail =>
  detailOf(stored, { ...incident, sources: [stored.event.source], events: 1, confidence: stored.event.confidence });

/**
 * The workflows that no match of this event names, though it meets their triggers. What it meets only as its incident stands now it may not
 * have met when it was told, and then a later event has: a match of any member will do.
 */
export const unanswered = (deps: UnansweredDeps, workflows: readonly Workflow[]) => {
  const matches = matching(workflows);
  const named = async (key: string): Promise<string[]> => (await deps.executions.matchesOf(key)).map(({ workflow }) => workflow);

  return async (key: string, incidentId: string): Promise<Unanswered | undefined> => {
    const stored = await deps.events.get(key);
    // A false alarm starts nothing any more.
    if (!stored || isRetracted(stored.event)) return undefined;
    const { incident } = await deps.incidents.root(incidentId);
    const detail = detailOf(stored, incident);
    const known = await named(key);
    const open = matches(detail).filter(({ name }) => !known.includes(name));
    if (open.length === 0) return undefined;
    const sure = matches(alone(stored, incident));
    const others = open.every((workflow) => sure.includes(workflow))
      ? []
      : (await Promise.all((await deps.incidents.members(incident.id)).map(named))).flat();
    const lacking = open.filter((workflow) => sure.includes(workflow) || !others.includes(workflow.name)).map(({ name }) => name);
    return lacking.length > 0 ? { again: { type: 'event.normalized', detail }, lacking } : undefined;
  };
};
