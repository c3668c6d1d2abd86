import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Normal } from '../../../../functions/ingest/delivery.ts';
import { screen } from '../../../../functions/ingest/screen/screen.ts';
import type { Judged } from '../../../../functions/ingest/screen/screened.ts';
import { Priority } from '../../../../shared/contracts/vocabulary.ts';
import { dynamoDb } from '../../../../shared/lambda/clients.ts';
import { sourcesStore } from '../../../../shared/stores/sources.ts';
import { rooms } from '../../../support/rooms.ts';
import { normal, specsWith } from './ground.ts';

const SCREENERS = 8;
const BATCHES = 6;
const SPEC = { rate: { perSecond: 20, burst: 40 }, buffer: 100 };

/** Eight instances of the room at once, every call of theirs a turn of its own in a seeded order. */
const race = async (seed: number, priorities: readonly Priority[]) => {
  const ground = rooms({ seed, shuffle: true });
  const { clock, log } = ground.runtime;
  const deps = { sources: sourcesStore(dynamoDb(ground.runtime), 'sources'), specs: specsWith('cctv_network', SPEC), clock, log };
  let n = 0;
  const batch = (): Normal[] =>
    Array.from({ length: 10 }, () => {
      n += 1;
      return normal({ id: `e${n}`, priority: priorities[n % priorities.length] ?? 'LOW' });
    });
  const judged: Judged[] = [];
  const one = async (): Promise<void> => {
    const judge = screen(deps);
    for (let at = 0; at < BATCHES; at += 1) judged.push(await judge(batch()));
  };
  await ground.settle(Promise.all(Array.from({ length: SCREENERS }, one)));
  const [state] = (await ground.stores.sources.health()).filter(({ source }) => source === 'cctv_network');
  const all = <List extends keyof Judged>(list: List) => judged.flatMap((one) => one[list] as Judged[List][number][]);
  return { all, state, came: n, now: ground.scheduler.now() };
};

const mixes = fc.array(fc.constantFrom(...Priority.options), { minLength: 1, maxLength: 12 });

describe('eight screeners on one source', () => {
  test.prop([fc.nat(), mixes], { numRuns: 15 })('give no turn twice, and let no more wait than may', async (seed, mix) => {
    const { all, state, came } = await race(seed, mix);
    const turns = all('later').map(({ turn }) => turn);
    expect(new Set(turns).size).toBe(turns.length);
    expect(turns.length).toBeLessThanOrEqual(SPEC.buffer);
    expect(all('pass').filter(({ event }) => event.priority !== 'CRITICAL').length).toBeLessThanOrEqual(SPEC.rate.burst);
    expect(all('failed')).toEqual([]);
    expect(all('pass').length + turns.length + all('shed').length).toBe(came);
    expect(state?.received).toBe(came);
  });

  test.prop([fc.nat(), mixes], { numRuns: 15 })('count what they delayed and shed, each by its priority', async (seed, mix) => {
    const { all, state } = await race(seed, mix);
    const counted = (normals: Normal[]): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const { event } of normals) counts[event.priority] = (counts[event.priority] ?? 0) + 1;
      return counts;
    };
    expect(state?.fates.delayed).toEqual(counted(all('later').map((one) => one.normal)));
    expect(state?.fates.shed).toEqual(counted(all('shed').map((one) => one.normal)));
  });

  test('shed INFO only where 60 in a hundred wait, and take what room is left in full', async () => {
    const { all } = await race(7, ['INFO', 'HIGH']);
    expect(all('shed').some(({ normal: { event } }) => event.priority === 'INFO')).toBe(true);
    expect(all('later')).toHaveLength(SPEC.buffer);
    expect(all('pass')).toHaveLength(SPEC.rate.burst);
  });
});
