import { afterEach, describe, expect, it } from 'vitest';
import { STANDING } from '../../../local/city/facts.ts';
import { type City, SUBSYSTEMS, startCity } from '../../../local/city/index.ts';
import { ROSTER } from '../../../local/city/roster.ts';
import { VERDICTS } from '../../../local/city/verdicts.ts';
import { Role } from '../../../shared/contracts/vocabulary.ts';
import { cardboardCloud, hasty } from './cloud.ts';
import { request } from './ground.ts';

let city: City | undefined;
let cloud: Awaited<ReturnType<typeof cardboardCloud>> | undefined;

afterEach(async () => {
  await city?.stop();
  cloud?.close();
});

const begin = async () => {
  cloud = await cardboardCloud();
  city = await startCity({ awsEndpoint: cloud.endpoint, scheduler: hasty(), failureRate: 0 });
  return cloud;
};

describe('the city as a client of the bus', () => {
  it('has stated its fleet, its subsystems and its authorisation when it is up', async () => {
    const { put } = await begin();
    const of = (type: string) => put.filter(({ DetailType }) => DetailType === type);
    const units = of('unit.status').map(({ Detail }) => JSON.parse(Detail).data.unit.id);
    expect(new Set(units)).toEqual(new Set(ROSTER.map(({ id }) => id)));
    expect(new Set(of('subsystem.heartbeat').map(({ Source }) => Source))).toEqual(new Set(SUBSYSTEMS));
    expect(of('fact.asserted')).toHaveLength(STANDING.length + 2 * Role.options.length + VERDICTS.length);
    expect(put.every(({ EventBusName }) => EventBusName === 'swoe')).toBe(true);
  });

  it('a watcher that is asked for its verdict states it as a fact of its own, and paperwork is filed once an incident', async () => {
    const { put, send, until, deleted } = await begin();
    send('swoe-dev-actions-moral_compass', 'verdict.requested', { subsystem: 'moral_compass', workflow: 'brand-new' });
    send(
      'swoe-dev-actions-cctv_network',
      'action.requested',
      request({ subsystem: 'cctv_network', action: 'SENSOR_ACTIVATE', actionId: 'r/a/0' }),
    );
    send(
      'swoe-dev-actions-cctv_network',
      'action.requested',
      request({ subsystem: 'cctv_network', action: 'SENSOR_ACTIVATE', actionId: 'r/b/0' }),
    );
    await until(() => deleted.length > 2);
    const facts = put
      .filter(({ DetailType }) => DetailType === 'fact.asserted')
      .map(({ Source, Detail }) => ({ Source, ...JSON.parse(Detail).data.fact }));
    expect(facts).toContainEqual(
      expect.objectContaining({ Source: 'moral_compass', kind: 'moral-verdict', subject: 'workflow/brand-new' }),
    );
    expect(facts.filter(({ kind }) => kind === 'documentation')).toHaveLength(1);
  });

  it('takes a request off its queue, does it, answers on the bus, and only then deletes it', async () => {
    const { put, send, until, deleted } = await begin();
    send('swoe-dev-actions-sensor_grid', 'action.requested', request({ subsystem: 'sensor_grid', action: 'SENSOR_ACTIVATE', units: [] }));
    await until(() => deleted.length > 0);
    const answer = put.find(({ DetailType }) => DetailType === 'action.completed');
    expect(answer?.Source).toBe('sensor_grid');
    expect(JSON.parse(answer?.Detail ?? '{}')).toMatchObject({
      actionId: request().actionId,
      result: { cameras: expect.arrayContaining(['RB-CAMERA-01']) },
    });
    expect(deleted).toEqual(['swoe-dev-actions-sensor_grid/0']);
  });
});
