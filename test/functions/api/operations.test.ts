import { describe, expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { create as createPublish } from '../../../functions/publish/handler.ts';
import { workflows } from '../../../workflows/index.ts';

import { delivery, gunshot, raw } from '../../support/rooms.ts';
import { unit } from '../../support/scene.ts';
import { streamed } from '../publish/ground.ts';
import { type Api, api, withExecution } from './ground.ts';

const ingest = ({ runtime }: Api, ...events: ReturnType<typeof raw>[]) => createIngest(runtime)(delivery(...events) as never);

describe('status', () => {
  test('an engine that has done nothing says so', async () => {
    const { get } = api();
    expect((await get('/status')).body).toMatchObject({
      service: 'swoe',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      now: '2026-11-22T17:00:00.000Z',
      ledger: {
        accepted: 0,
        fused: 0,
        dropped: {},
        deadLettered: 0,
        matched: 0,
        started: 0,
        joined: 0,
        refused: 0,
        queued: 0,
        completed: 0,
        failed: 0,
      },
      inFlight: 0,
      active: 0,
      approvalsWaiting: 0,
    });
  });

  test('the ledger closes over what was taken in, once the journal is published', async () => {
    const ground = api();
    const shot = gunshot('s1');
    await ingest(
      ground,
      raw('gunshot_detection', shot),
      raw('gunshot_detection', shot),
      raw('my_garage', shot),
      raw('cad_system', { nonsense: true }),
    );
    await createPublish(ground.runtime)(streamed(...(await ground.entries())));
    const { body } = await ground.get('/status');
    expect(body).toMatchObject({ ledger: { accepted: 4, fused: 1, dropped: { duplicate: 1 }, deadLettered: 2 }, inFlight: 0 });
  });

  test('executions under way are shown with their steps and without their tokens', async () => {
    const ground = api();
    await withExecution(ground);
    const { body } = await ground.get('/status/active');
    expect(body).toMatchObject({
      total: 1,
      items: [{ id: 'gunfire-response-i1', summary: 'Gunshot', steps: [{ step: 'sendDrone', units: ['drone-1'] }] }],
    });
    expect(JSON.stringify(body)).not.toContain('secret');
    expect((await ground.get('/status')).body).toMatchObject({ active: 1, approvalsWaiting: 1 });
  });

  test('one execution is shown with its questions', async () => {
    const ground = api();
    await withExecution(ground);
    const { body } = await ground.get('/executions/gunfire-response-i1');
    expect(body).toMatchObject({ status: 'RUNNING', steps: [{ step: 'sendDrone' }], approvals: [{ step: 'warnPublic' }] });
    expect(JSON.stringify(body)).not.toContain('secret');
    expect((await ground.get('/executions/none')).status).toBe(404);
  });
});

describe('workflows', () => {
  test('every workflow is listed, and one is shown whole', async () => {
    const { get } = api();
    expect((await get('/workflows')).body.items.map(({ name }) => name)).toEqual(workflows.map(({ name }) => name));
    expect((await get('/workflows/gunfire-response')).body).toEqual(JSON.parse(JSON.stringify(workflows[0])));
    expect((await get('/workflows/nonsense')).body['detail']).toContain('gunfire-response');
  });

  const request = { workflow: 'gunfire-response', location: { lat: 26.77, lon: -80.05 }, reason: 'shots heard by a patrol' };

  test('a request by hand goes on the bus with who asked and in which role', async () => {
    const { post, told } = api();
    const { status, body } = await post('/workflow/execute', request, { roles: ['supervisor', 'dispatcher', 'viewer'] });
    const [event] = told;
    expect([status, body['executionId']]).toEqual([202, `gunfire-response-${event?.detail['requestId']}`]);
    expect(event).toMatchObject({
      source: 'swoe',
      type: 'workflow.requested',
      detail: { by: 'ada', role: 'supervisor', at: '2026-11-22T17:00:00.000Z', reason: request.reason },
    });
  });

  test('a request for an incident runs on the incident it has become', async () => {
    const ground = api();
    await ingest(ground, raw('gunshot_detection', gunshot('s1')));
    const [incident] = (await ground.get('/events/fused')).body.items;
    const { body } = await ground.post('/workflow/execute', {
      workflow: 'gunfire-response',
      incidentId: incident?.['id'],
      reason: 'by hand',
    });
    expect(body['executionId']).toBe(`gunfire-response-${incident?.['id']}`);
    expect(ground.told.at(-1)?.detail).toMatchObject({ incidentId: incident?.['id'], location: { lat: 26.7753 } });
  });

  test.each([
    [{ ...request, workflow: 'nonsense' }, 404],
    [{ ...request, incidentId: 'none' }, 404],
    [{ ...request, location: undefined }, 400],
    [{ ...request, reason: '' }, 400],
  ])('%o is refused', async (body, status) => {
    const { post, told } = api();
    expect((await post('/workflow/execute', body)).status).toBe(status);
    expect(told).toEqual([]);
  });

  test('a bus that does not answer starts nothing and says so', async () => {
    const { post, faults } = api();
    faults.push({ service: 'events', operation: 'PutEvents', error: 'InternalFailure' });
    const answer = await post('/workflow/execute', request);
    expect([answer.status, answer.body['detail']]).toEqual([503, expect.stringContaining('try again')]);
  });
});

describe('events', () => {
  const event = { specversion: '1.0', id: 'e1', source: 'cad_system', type: 'call.shots-fired', data: { priority: 1, 'x-own': [1] } };

  test('an event is put on the bus under its source, as it came', async () => {
    const { post, told } = api();
    expect((await post('/events/ingest', event)).body).toEqual({ id: 'e1', source: 'cad_system', busId: expect.any(String) });
    expect(told).toEqual([{ source: 'cad_system', type: 'call.shots-fired', detail: event }]);
  });

  test('one whose shape is not its source’s is refused by its field, and not put', async () => {
    const { post, told } = api();
    const answer = await post('/events/ingest', { ...event, type: 'call.domestic-violence', data: { weapon: 'yes' } });
    expect([answer.status, answer.body['errors']]).toMatchObject([400, [{ path: 'data.weapon' }]]);
    expect(told).toEqual([]);
  });

  test.each(['fact.asserted', 'unit.status', 'subsystem.heartbeat', 'action.completed'])('a person may not say %s', async (type) => {
    const { post, told } = api();
    expect((await post('/events/ingest', { ...event, type }, { roles: ['supervisor'] })).status).toBe(403);
    expect(told).toEqual([]);
  });

  test('history and incidents are listed newest first, over pages and days', async () => {
    const ground = api();
    for (const id of ['s1', 's2', 's3', 's4', 's5']) {
      await ingest(ground, raw('gunshot_detection', gunshot(id, { location: { lat: 26 + Number(id.slice(1)), lon: -80 } })));
      await ground.settle(new Promise<void>((resolve) => ground.scheduler.after(20 * 24 * 3600_000, resolve)));
    }
    for (const path of ['/events/history', '/events/fused']) {
      const seen: unknown[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < 10 && (pages === 0 || cursor); pages += 1) {
        const { body } = await ground.get(path, { query: { limit: '2', ...(cursor ? { cursor } : {}) } });
        expect(body.items.length).toBeLessThanOrEqual(2);
        seen.push(...body.items.map((item) => item['id'] ?? item['eventKey']));
        cursor = body.next;
      }
      expect(seen).toHaveLength(5);
      expect(new Set(seen).size).toBe(5);
      if (path === '/events/history') expect(seen).toEqual(['s5', 's4', 's3', 's2', 's1']);
    }
  });

  test('an incident names its members and why they joined', async () => {
    const ground = api();
    await ingest(ground, raw('gunshot_detection', gunshot('s1')));
    await ingest(ground, raw('cad_system', gunshot('c1', {}, { type: 'call.shots-fired' })));
    const { body } = await ground.get('/events/fused');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      events: 2,
      members: expect.arrayContaining(['gunshot_detection#s1', 'cad_system#c1']),
      joined: [{ rule: expect.any(String) }],
    });
  });

  test('dead letters show their reason to everyone and their body to those who mend', async () => {
    const ground = api();
    await ingest(ground, raw('my_garage', { name: 'Jane Roe' }));
    const seen = await ground.get('/events/dead-letters', { roles: ['viewer'] });
    expect(seen.body.items).toEqual([expect.objectContaining({ source: 'my_garage', reason: expect.any(String) })]);
    expect(JSON.stringify(seen.body)).not.toContain('Jane');
    expect(JSON.stringify((await ground.get('/events/dead-letters')).body)).toContain('Jane');
  });
});

describe('resources', () => {
  test('every unit is listed over pages', async () => {
    const ground = api();
    for (const id of ['a', 'b', 'c']) {
      await ground.stores.journal.commit(id, [], ground.stores.resources.register(unit(id, 'DRONE', 0)));
    }
    const first = await ground.get('/resources', { query: { limit: '2' } });
    const second = await ground.get('/resources', { query: { limit: '2', cursor: first.body.next ?? '' } });
    expect([...first.body.items, ...second.body.items].map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(second.body.next).toBeUndefined();
  });
});

describe('audit', () => {
  test('reading the audit is in the audit: who, and with which filter', async () => {
    const ground = api();
    await withExecution(ground);
    expect((await ground.get('/audit')).body.items.map(({ kind }) => kind)).toEqual(['workflow.started']);
    await ground.get('/audit', { query: { incidentId: 'i1' }, roles: ['auditor'] });
    const { body } = await ground.get('/audit', { query: { kind: 'audit.read' } });
    expect(body.items).toEqual([
      expect.objectContaining({ actor: 'person/ada', data: { filter: { incidentId: 'i1' }, further: false } }),
      expect.objectContaining({ actor: 'person/ada', data: { filter: {}, further: false } }),
    ]);
  });

  test('entries are found by incident, by execution and by kind', async () => {
    const ground = api();
    await withExecution(ground);
    await withExecution(ground, 'gunfire-response-i2', 'i2');
    const found = async (query: Record<string, string>) =>
      (await ground.get('/audit', { query })).body.items.map(({ executionId }) => executionId);
    expect(await found({ incidentId: 'i2' })).toEqual(['gunfire-response-i2']);
    expect(await found({ executionId: 'gunfire-response-i1' })).toEqual(['gunfire-response-i1']);
    expect((await found({ kind: 'workflow.started' })).sort()).toEqual(['gunfire-response-i1', 'gunfire-response-i2']);
    expect(await found({ executionId: 'gunfire-response-i1', kind: 'step.failed' })).toEqual([]);
  });

  test('a kind that does not exist is refused by listing those that do', async () => {
    const { get } = api();
    expect((await get('/audit', { query: { kind: 'nonsense' } })).body.errors?.[0]).toMatchObject({
      path: 'kind',
      message: expect.stringContaining('event.accepted'),
    });
  });

  test('the whole journal can be walked page by page, each entry once', async () => {
    const ground = api();
    for (let n = 0; n < 12; n += 1)
      await ground.stores.journal.commit(`s${n}`, [{ kind: 'event.accepted', actor: 'system/test', data: { n } }]);
    const seen: unknown[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await ground.get('/audit', { query: { kind: 'event.accepted', limit: '5', ...(cursor ? { cursor } : {}) } });
      seen.push(...body.items.map(({ data }) => (data as { n: number }).n));
      cursor = body.next;
    } while (cursor);
    expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual([...Array(12).keys()]);
  });
});

describe('tickets', () => {
  test('a ticket opens its channel once, for the person who asked', async () => {
    const ground = api();
    const { status, body } = await ground.post('/tickets', { channel: 'alerts' }, { roles: ['viewer'] });
    expect([status, body]).toEqual([
      201,
      {
        ticket: expect.stringMatching(/^[\w-]{43}$/),
        expiresAt: '2026-11-22T17:00:30.000Z',
        path: `/ws/orchestration/alerts?ticket=${body['ticket']}`,
      },
    ]);
    expect(await ground.connections.redeem(String(body['ticket']), 'alerts', ground.now())).toMatchObject({
      sub: 'ada',
      roles: ['viewer'],
    });
  });

  test('there is no ticket for a channel that does not exist', async () => {
    const { post } = api();
    expect((await post('/tickets', { channel: 'everything' })).body.errors?.[0]?.path).toBe('channel');
  });
});
