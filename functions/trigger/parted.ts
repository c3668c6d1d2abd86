import type { EventCorrected } from '../../shared/contracts/correction.ts';
import { eventKey as keyOf, type NormalizedDetail } from '../../shared/contracts/event.ts';
import type { TriggerMatch } from '../../shared/contracts/execution.ts';
import type { Incident } from '../../shared/contracts/incident.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { detailOf } from '../../shared/domain/announced.ts';
import { isRetracted } from '../../shared/domain/correction.ts';
import { STALE_MS } from '../../shared/domain/stale.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { EventsStore } from '../../shared/stores/events.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { Wanted } from './plan.ts';
import { wantedByEvent } from './wanted.ts';

export interface PartedDeps {
  events: Pick<EventsStore, 'get'>;
  executions: Pick<ExecutionsStore, 'matchesOf' | 'runsOn'>;
  clock: Clock;
  take: (wanted: Wanted) => Promise<void>;
  standingOf: (incidentId: string) => Promise<{ incident: Incident; absorbed: readonly string[] }>;
  matches: (event: NormalizedDetail) => Workflow[];
}

interface Split {
  readonly into: string;
  readonly from: string;
  readonly members: readonly string[];
}

/** What an event's own match comes to where the run is for it, or is to be. */
const OWN: ReadonlySet<TriggerMatch['outcome']> = new Set(['pending', 'queued', 'started']);

/** So many events of those that left are looked at: one that starts something is enough. */
const LOOKED_AT = 25;

/**
 * Events that left their incident with others, and are an incident without it now: whoever answered that one may not come to them.
 * What starts here starts once however often it is told (`by`).
 */
export const responsesOfParted = ({ events, executions, clock, take, standingOf, matches }: PartedDeps) => {
  const told = async (incident: Incident, keys: readonly string[]): Promise<NormalizedDetail[]> => {
    const found: NormalizedDetail[] = [];
    for (const key of keys.slice(0, LOOKED_AT)) {
      const stored = await events.get(key);
      if (stored && !isRetracted(stored.event)) found.push(detailOf(stored, incident));
    }
    return found;
  };

  /** What an event started itself goes on under its old incident; a workflow that it only joined was started for another. */
  const startedBy = async (key: string): Promise<string[]> =>
    (await executions.matchesOf(key)).filter(({ outcome }) => OWN.has(outcome)).map(({ workflow }) => workflow);

  return {
    /** By a correction: whatever they start is taken, since the corrected event may have been what others came for. */
    byCorrection: async ({ parted, by }: EventCorrected): Promise<void> => {
      for (const { incidentId, members } of parted) {
        const { incident } = await standingOf(incidentId);
        for (const event of await told(incident, members))
          for (const workflow of matches(event)) await take({ ...wantedByEvent(workflow, incident, event), by: `${by}~${keyOf(event)}` });
      }
    },

    /** By a split: what has no run on the incident where they are now, and was not started by one of them. */
    bySplit: async ({ into, from, members }: Split): Promise<void> => {
      const { incident, absorbed } = await standingOf(into);
      const fresh = (await told(incident, members)).filter(({ receivedAt }) => Date.parse(receivedAt) + STALE_MS > clock.now());
      if (fresh.every((event) => matches(event).length === 0)) return;
      const runs = await executions.runsOn([incident.id, ...absorbed]);
      const started = await Promise.all(fresh.map((event) => startedBy(keyOf(event))));
      const answered = new Set([...runs.map(({ workflow }) => workflow), ...started.flat()]);
      for (const event of fresh)
        for (const workflow of matches(event))
          if (!answered.has(workflow.name))
            await take({ ...wantedByEvent(workflow, incident, event), by: `split#${from}~${keyOf(event)}` });
    },
  };
};
