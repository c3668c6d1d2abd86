import { describe, expect, test } from 'vitest';
import { create } from '../../../functions/api/handler.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { agreement } from '../../support/agreement.ts';
import { falseAlarm, passOn, SHERIFF, sharing } from '../share/ground.ts';
import { type Api, api } from './ground.ts';

const told = (ground: Api, recipient: string, incidentId: string) =>
  ground.stores.journal.commit(incidentId, [
    {
      kind: 'dissemination.recorded',
      actor: 'system/share',
      incidentId,
      data: {
        recipient,
        agreement: 'MOU-1',
        purpose: 'mutual aid',
        word: 'told',
        eventKey: `cad_system#${incidentId}`,
        fields: ['type', 'location'],
      },
    },
    { kind: 'policy.checked', actor: 'system/api', incidentId, data: {} },
  ]);

const auditor = { roles: ['auditor' as const] };

test('the dissemination record is listed newest first, and found by recipient and by incident', async () => {
  const ground = api();
  for (const [recipient, incidentId] of [
    ['sheriff', 'i1'],
    ['coast-guard', 'i1'],
    ['sheriff', 'i2'],
  ] as const) {
    await told(ground, recipient, incidentId);
    await ground.scheduler.run(ground.now() + 1_000);
  }
  const list = async (query: Record<string, string>) => {
    const { status, body } = await ground.get('/sharing', { ...auditor, query });
    return [status, body.items.map((item) => [item['recipient'], item['incidentId']])];
  };
  expect(await list({})).toEqual([
    200,
    [
      ['sheriff', 'i2'],
      ['coast-guard', 'i1'],
      ['sheriff', 'i1'],
    ],
  ]);
  expect(await list({ recipient: 'sheriff' })).toEqual([
    200,
    [
      ['sheriff', 'i2'],
      ['sheriff', 'i1'],
    ],
  ]);
  expect(await list({ incidentId: 'i1', recipient: 'sheriff' })).toEqual([200, [['sheriff', 'i1']]]);
  const [one] = (await ground.get('/sharing', { ...auditor, query: { incidentId: 'i2' } })).body.items;
  expect(one).toMatchObject({
    agreement: 'MOU-1',
    purpose: 'mutual aid',
    word: 'told',
    eventKey: 'cad_system#i2',
    fields: ['type', 'location'],
  });
});

test('who looked into it is an entry, with what they asked for', async () => {
  const ground = api();
  await ground.get('/sharing', { ...auditor, query: { recipient: 'sheriff' } });
  const { items } = (await ground.get('/audit', { ...auditor, query: { kind: 'audit.read' } })).body;
  expect(items[0]).toMatchObject({ data: { part: 'sharing', filter: { recipient: 'sheriff' } }, via: { to: 'listSharing' } });
});

test('a dispatcher does not look into it', async () => {
  expect((await api().get('/sharing')).status).toBe(403);
});

describe('people of an agency that something is shared with', () => {
  /** A dispatcher of theirs asks; `partners` is what the stage agreed. */
  const asked = async (
    ground: ReturnType<typeof sharing>,
    path: string,
    { partners = [SHERIFF] as object[], agency = 'sheriff', method = 'GET' } = {},
  ) => {
    const env = {
      ...ground.runtime.env,
      WEBSOCKET_ENDPOINT: 'https://a.execute-api.us-east-1.amazonaws.com',
      PARTNERS: JSON.stringify(partners),
    };
    const { statusCode, body } = await create({ ...ground.runtime, env })({
      httpMethod: method,
      path: `/orchestration${path}`,
      body: null,
      requestContext: {
        requestId: 'r-1',
        identity: { sourceIp: '192.0.2.7' },
        authorizer: {
          sub: 'bob',
          roles: 'dispatcher,supervisor,watch_commander,auditor',
          agency,
          exp: String(ground.runtime.clock.now() / 1000 + 600),
        },
      },
    });
    return { status: statusCode, body: JSON.parse(body) as { items: Record<string, unknown>[] } };
  };

  test('see what was told to their agency, as its agreement cuts it, and its correction at once', async () => {
    const ground = sharing([SHERIFF]);
    await ground.shot('shot-1', { weapon: true, caller: '561-555-0100', summary: 'Near the school' });
    await ground.shot('shot-2', { priority: 'LOW', location: { lat: 26.9, lon: -80.1, radiusM: 5 } });
    await passOn(ground);
    const { status, body } = await asked(ground, '/sharing/events');
    expect([status, body.items]).toEqual([
      200,
      [expect.objectContaining({ withdrawn: false, type: 'gunshot.detected', id: ground.left()[0]?.id })],
    ]);
    expect(Object.keys(body.items[0]?.['data'] as object).sort()).toEqual([
      'category',
      'confidence',
      'entities',
      'incident',
      'location',
      'priority',
      'weapon',
    ]);
    expect(JSON.stringify(body)).not.toMatch(/school|561-555|shot-2/);
    await falseAlarm(ground, 'c-1');
    expect((await asked(ground, '/sharing/events')).body.items).toMatchObject([{ withdrawn: true, data: {} }]);
  });

  test('are refused everything else', async () => {
    const ground = sharing([SHERIFF]);
    const open = [];
    for (const { operation, method, path } of endpoints)
      if ((await asked(ground, path.replace(/\{[^}]+\}/g, 'x'), { method })).status !== 403) open.push(operation);
    // The words on a joint operation are for those that are asked into one: of others' they learn nothing, and declare none.
    const words = ['acceptJointOperation', 'declineJointOperation', 'assignJointUnits', 'commandJointOperation', 'renewJointOperation'];
    const joint = ['listJointOperations', 'getJointOperation', ...words, 'endJointOperation'];
    expect(open).toEqual([...joint, 'sharedEvents', 'createTicket']);
    expect(await asked(ground, '/joint-operations')).toMatchObject({ status: 200, body: { items: [] } });
    expect((await asked(ground, '/joint-operations/x')).status).toBe(404);
  });

  test('are refused this, too, once the agreement has ended, and so is another agency', async () => {
    const ground = sharing([SHERIFF]);
    const ended = [{ id: 'sheriff', agreement: agreement({}, { until: '2026-11-22T17:00:00Z' }) }];
    expect((await asked(ground, '/sharing/events', { partners: ended })).status).toBe(403);
    expect((await asked(ground, '/sharing/events', { agency: 'coast-guard' })).status).toBe(403);
  });

  test('our own are shared nothing with', async () => {
    expect((await asked(sharing([SHERIFF]), '/sharing/events', { agency: 'rbpd' })).body.items).toEqual([]);
  });
});
