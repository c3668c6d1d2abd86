import { expect, test } from 'vitest';
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
