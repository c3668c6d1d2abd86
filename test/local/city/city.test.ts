import { afterEach, describe, expect, it } from 'vitest';
import { type City, startCity } from '../../../local/city/index.ts';
import { ROSTER } from '../../../local/city/roster.ts';
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
    const count = (type: string) => put.filter(({ DetailType }) => DetailType === type).length;
    expect([count('unit.status'), count('subsystem.heartbeat'), count('fact.asserted')]).toEqual([ROSTER.length, 13, 1]);
    expect(put.every(({ EventBusName }) => EventBusName === 'swoe')).toBe(true);
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
