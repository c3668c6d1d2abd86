import { FusionRequested } from '../../shared/contracts/event-queries.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import type { Delivery } from '../../shared/lambda/doors.ts';
import type { AcceptDeps } from './accept.ts';
import { changesTold } from './announce.ts';
import { forest, type Told } from './fuse.ts';
import { join } from './join.ts';
import { around, happens, type LookDeps, lookAgain, type Surroundings, seenOf } from './look.ts';
import { restate } from './restate.ts';

export interface ReevaluateDeps extends LookDeps, AcceptDeps {
  bus: OwnBus;
}

export const isRequest = ({ raw }: Delivery): boolean => raw.source === 'swoe' && raw['detail-type'] === 'fusion.requested';

/**
 * Relates stored events anew, as a person asked: by the rules of now, with whoever has left a row where they look. It only ever unites, so it may
 * be done again at any time; a second delivery tells once more what the first may have merged without telling.
 */
export const reevaluate =
  (deps: ReevaluateDeps) =>
  async ({ raw, record }: Delivery): Promise<void> => {
    const { events, incidents, journal, bus } = deps;
    const { requestId, part, parts, incidentId, nodes, reason, by } = FusionRequested.parse(raw.detail);
    const stored = (await events.among(nodes)).filter((one) => happens(one) && one.fused !== undefined);
    // Under a new rule an event may have to be found where nobody looked before.
    await incidents.appear(stored.map(seenOf));
    const surroundings: Surroundings = { near: new Map(), stored: new Map(stored.map((one) => [one.node, one])) };
    await lookAgain(deps, surroundings, stored);
    const woods = forest(deps, []);
    const told: Told[] = [];
    for (const one of stored) {
      if (Number(record.attributes.ApproximateReceiveCount) > 1) told.push(await woods.doneBefore(one.node));
      told.push(...(await join(woods, one, around(surroundings, one))));
    }
    await restate(deps)(told.flatMap(({ splits }) => splits));
    const merged = told.flatMap(({ merges }) => merges.map(({ from }) => from));
    const data = { requestId, part, parts, reason, looked: stored.length, merged };
    const into = stored[0] ? (await woods.incidentOf(stored[0].node)).id : incidentId;
    await journal.commit(
      into,
      [{ kind: 'incident.reevaluated', actor: `person/${by}`, incidentId: into, data }],
      [events.reevaluated(requestId, part, deps.clock.now())],
    );
    await bus.announce(...changesTold(told));
  };
