import { wordOn } from '../../shared/domain/corrected-word.ts';
import type { Announcement } from '../../shared/lambda/bus.ts';
import type { EventsStore } from '../../shared/stores/events.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';

export interface UntoldDeps {
  executions: Pick<ExecutionsStore, 'isHeard'>;
  events: Pick<EventsStore, 'get'>;
  incidents: Pick<IncidentsStore, 'root'>;
}

/** What is to be told once more of the correction `by` of the event `of`, where `trigger` has not told everyone of it; undefined where it has, or where it changed nothing. */
export const untold =
  ({ executions, events, incidents }: UntoldDeps) =>
  async (by: string, of: string): Promise<{ again: Announcement } | undefined> => {
    if (await executions.isHeard(by)) return undefined;
    const stored = await events.get(of);
    const correction = stored?.corrected?.by.find((one) => one.by === by);
    if (!stored || !correction) return undefined;
    const { incident } = await incidents.root(String(stored.event.incidentId));
    const detail = wordOn(stored, correction, incident);
    return detail.changed.length > 0 ? { again: { type: 'event.corrected', detail } } : undefined;
  };
