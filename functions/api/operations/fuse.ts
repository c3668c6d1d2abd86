import { ulid } from 'ulid';
import type { FusionRequested } from '../../../shared/contracts/event-queries.ts';
import { iso, nodeOf } from '../../../shared/lambda/ids.ts';
import { packed } from '../../../shared/lambda/packed.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import type { EventsStore } from '../../../shared/stores/events.ts';
import type { IncidentsStore } from '../../../shared/stores/incidents.ts';
import type { ApiBus } from '../bus.ts';
import type { Ask, Perform } from '../operation.ts';
import { accepted, invalidFields, type Reply, unavailable } from '../reply.ts';

interface Deps {
  events: EventsStore;
  incidents: IncidentsStore;
  put: ApiBus;
  runtime: Pick<Runtime, 'clock' | 'random'>;
}

/** Events looked at by one command: well within the time that one function has. */
const AT_ONCE = { most: 25 };
const KEYS_SHOWN = 100;

const noSuch = (path: string, what: string): Reply => invalidFields([{ path, message: `There is no ${what} of that name` }]);

/** What is to be looked at: the incident as it stands, and its members, or the one event of them. */
const around = async ({ events, incidents }: Deps, { body }: Ask<'fuseEvents'>): Promise<{ id: string; keys: string[] } | Reply> => {
  const { eventKey, incidentId = '' } = body;
  const stored = eventKey === undefined ? undefined : await events.get(eventKey);
  if (eventKey !== undefined && !stored?.event.incidentId) return noSuch('eventKey', 'event in an incident');
  const standing = await incidents.standing(stored?.event.incidentId ?? incidentId);
  if (!standing) return noSuch('incidentId', 'incident');
  const { id } = standing.incident;
  return { id, keys: stored ? [stored.key] : await incidents.members(id) };
};

/** Asks that events are related anew, by the rules and the neighbours of now. What is one incident already stays one; the journal says what changed. */
export const fuseEvents =
  (deps: Deps): Perform<'fuseEvents'> =>
  async (ask) => {
    const found = await around(deps, ask);
    if ('status' in found) return found;
    const { clock, random } = deps.runtime;
    const { id, keys } = found;
    const parts = packed(keys.map(nodeOf), AT_ONCE);
    const requestId = ulid(clock.now(), random);
    for (const [index, nodes] of parts.entries()) {
      const about = { requestId, part: index + 1, parts: parts.length, incidentId: id, nodes, reason: ask.body.reason };
      const detail: FusionRequested = { ...about, by: ask.caller.sub, role: ask.role, at: iso(clock.now()) };
      const busId = await deps.put({ source: 'swoe', type: 'fusion.requested', detail });
      if (!busId) return unavailable('The bus did not take the request whole: ask again, what was looked at already stays as it is');
    }
    return accepted({ requestId, incidentId: id, events: keys.length, eventKeys: keys.slice(0, KEYS_SHOWN) });
  };
