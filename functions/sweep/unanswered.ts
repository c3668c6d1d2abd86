import type { NormalizedDetail } from '../../shared/contracts/event.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { detailOf } from '../../shared/domain/announced.ts';
import { isRetracted } from '../../shared/domain/correction.ts';
import { matching } from '../../shared/domain/matching.ts';
import type { Announcement } from '../../shared/lambda/bus.ts';
import type { EventsStore } from '../../shared/stores/events.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';

export interface UnansweredDeps {
  executions: Pick<ExecutionsStore, 'matchesOf'>;
  events: Pick<EventsStore, 'get'>;
  incidents: Pick<IncidentsStore, 'root'>;
}

/** An event with the workflows that it should have been matched with and was not; `again` is what is told once more. */
export interface Unanswered {
  readonly again: Announcement;
  readonly lacking: readonly string[];
}

/** The event as it was told: with as many independent sources as its incident had then. What its incident has become since is for later events. */
const asTold = (detail: NormalizedDetail, independentSources: number): NormalizedDetail => ({
  ...detail,
  incident: { ...detail.incident, independentSources },
});

/** The workflows that no match of this event names, though it met their triggers when it was told. */
export const unanswered = (deps: UnansweredDeps, workflows: readonly Workflow[]) => {
  const matches = matching(workflows);

  return async (key: string, incidentId: string, independent = 1): Promise<Unanswered | undefined> => {
    const stored = await deps.events.get(key);
    // A false alarm starts nothing any more.
    if (!stored || isRetracted(stored.event)) return undefined;
    const { incident } = await deps.incidents.root(incidentId);
    const detail = asTold(detailOf(stored, incident), independent);
    const known = (await deps.executions.matchesOf(key)).map(({ workflow }) => workflow);
    const lacking = matches(detail)
      .map(({ name }) => name)
      .filter((name) => !known.includes(name));
    return lacking.length > 0 ? { again: { type: 'event.normalized', detail }, lacking } : undefined;
  };
};
