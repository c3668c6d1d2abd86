import { beforeAll, describe, expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { responsesOfParted } from '../../../functions/trigger/parted.ts';
import type { Execution, TriggerMatch } from '../../../shared/contracts/execution.ts';
import { matching } from '../../../shared/domain/matching.ts';
import { workflows } from '../../../workflows/index.ts';
import { delivery, gunshot, type Rooms, raw, rooms } from '../../support/rooms.ts';

const KEY = 'gunshot_detection#shot';
const FROM = 'the-incident-before';

describe('an event that a split took out of its incident', () => {
  let ground: Rooms;
  let into: string;
  beforeAll(async () => {
    ground = rooms();
    await createIngest(ground.runtime)(delivery(raw('gunshot_detection', gunshot('shot'))));
    into = String((await ground.stores.events.get(KEY))?.node);
  });

  interface Given {
    outcome?: TriggerMatch['outcome'];
    /** A run of the same workflow stands on the incident where it is now. */
    hasRun?: boolean;
    minutesLater?: number;
  }

  /** The workflows that are asked for, each with what asks. */
  const asked = async ({ outcome, hasRun = false, minutesLater = 1 }: Given): Promise<string[]> => {
    const taken: string[] = [];
    const { incidents, events } = ground.stores;
    const match = { workflow: 'gunfire-response', outcome } as TriggerMatch;
    const { bySplit } = responsesOfParted({
      events,
      executions: {
        matchesOf: async () => (outcome ? [match] : []),
        runsOn: async () => (hasRun ? [{ workflow: 'gunfire-response' } as Execution] : []),
      },
      clock: { now: () => ground.scheduler.now() + minutesLater * 60_000 },
      matches: matching(workflows),
      standingOf: async (id) => {
        const standing = await incidents.standing(id);
        if (!standing) throw new Error(`no incident ${id}`);
        return standing;
      },
      take: async ({ workflow, by, incidentId }) => void taken.push(`${workflow.name} ${incidentId} ${by}`),
    });
    await ground.settle(bySplit({ into, from: FROM, members: [KEY] }));
    return taken;
  };

  const RESPONSE = () => [`gunfire-response ${into} split#${FROM}~${KEY}`];

  test('is given the response that it only joined before', async () => {
    expect(await asked({ outcome: 'joined' })).toEqual(RESPONSE());
    expect(await asked({})).toEqual(RESPONSE());
  });

  test('keeps the response that it started itself, which goes on under the old incident', async () => {
    expect(await asked({ outcome: 'started' })).toEqual([]);
    expect(await asked({ outcome: 'pending' })).toEqual([]);
  });

  test('needs none where its incident has one', async () => {
    expect(await asked({ outcome: 'joined', hasRun: true })).toEqual([]);
  });

  test('starts nothing half an hour after it came', async () => {
    expect(await asked({ outcome: 'joined', minutesLater: 29 })).toEqual(RESPONSE());
    expect(await asked({ outcome: 'joined', minutesLater: 31 })).toEqual([]);
  });
});
